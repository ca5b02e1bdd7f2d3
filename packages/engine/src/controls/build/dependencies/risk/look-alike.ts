/** Which much-used name a name imitates: one slip of a finger, a separator or a dress more or less, or a scope spelt wrong. */
import type { PopularNames } from '../../../../extractors/facts.ts';
import type { Conventions } from './conventions.ts';
import { NearNames } from './one-slip.ts';

/** In shorter names one letter more is a different word: `ws`, `rc`, `got`, `jest`. */
const SHORTEST = 6;

/** The longer a name, the less likely that two honest ones lie one slip apart: from here on a name need not be among the most used. */
const LONG = 8;

const isPlain = (name: string): boolean => !name.startsWith('@');
const scopeOf = (name: string): string => name.slice(0, Math.max(name.indexOf('/'), 0));

/** Reads the same but for `-`, `_` and `.`: `cross-env` and `crossenv`. */
const withoutSeparators = (name: string): string => name.replace(/[-_.]/g, '');

const SEPARATOR = /[-_.]/;
const wordsOf = (name: string): readonly string[] => name.split(/[-_.]+/);

/** The word around a place of the name. */
const wordAt = (name: string, at: number): string => {
  let start = at;
  while (start > 0 && !SEPARATOR.test(name[start - 1] ?? '')) start -= 1;
  let end = at;
  while (end < name.length && !SEPARATOR.test(name[end] ?? '')) end += 1;
  return name.slice(start, end);
};

export interface LookAlikes {
  /** undefined: imitates nothing, or is itself well known. */
  of(name: string): string | undefined;
}

/** First of those that share a key counts: the lists are sorted by use. */
const firstBy = (names: Iterable<string>, keyOf: (name: string) => string): ReadonlyMap<string, string> => {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(keyOf(name))) byKey.set(keyOf(name), name);
  return byKey;
};

/** A short word under a dress is often a thing of its own: `node-eta`, unless millions use the name. */
const SHORTEST_BARE = 4;

/** What wears another dress, or none, is the same name: it need not be among the most used to be meant. */
const dressedOf = ({ imitated, known }: PopularNames, { undressed }: Conventions) => {
  const byBare = firstBy([...known].filter(isPlain), undressed);
  return (name: string): string | undefined => {
    const bare = undressed(name);
    if (bare === name) return undefined;
    const meant = known.has(bare) ? bare : byBare.get(bare);
    return meant !== undefined && (bare.length >= SHORTEST_BARE || imitated.has(meant)) ? meant : undefined;
  };
};

const plainOf = (popular: PopularNames, conventions: Conventions): LookAlikes => {
  const { imitated, known } = popular;
  const bySqueezed = firstBy([...known].filter(isPlain), withoutSeparators);
  const dressed = dressedOf(popular, conventions);
  const index = new NearNames([...known].filter((name) => isPlain(name) && name.length >= (imitated.has(name) ? SHORTEST : LONG)));
  const words = new Set([...known].filter(isPlain).flatMap(wordsOf));
  // `args-parser` beside `yargs-parser`: another word that others use too is no slip
  const isMeant = (name: string) => (near: string, at: number) => wordAt(near, at) === near || !words.has(wordAt(name, at));
  const of = (name: string): string | undefined => {
    if (conventions.builtIn.has(name)) return `${name} of the standard library`;
    const meant = dressed(name);
    if (meant !== undefined || name.length < SHORTEST) return meant;
    return bySqueezed.get(withoutSeparators(name)) ?? index.find(name, isMeant(name));
  };
  return { of };
};

/** `@babbel/core`: only a scope that nobody knows, beside one that everybody does. */
const scopedOf = ({ imitated, known }: PopularNames): LookAlikes => {
  const scopesOf = (names: ReadonlySet<string>) =>
    new Set([...names].filter((name) => !isPlain(name)).map((name) => scopeOf(name).slice(1)));
  const index = new NearNames(scopesOf(imitated));
  const knownScopes = scopesOf(known);
  const of = (name: string): string | undefined => {
    const scope = scopeOf(name).slice(1);
    if (scope.length < SHORTEST - 1 || knownScopes.has(scope)) return undefined;
    const near = index.find(scope, () => true);
    return near === undefined ? undefined : `@${near}${name.slice(scope.length + 1)}`;
  };
  return { of };
};

/** Tables of one ecosystem, made once. */
export const lookAlikes = (names: PopularNames, conventions: Conventions): LookAlikes => {
  const plain = plainOf(names, conventions);
  const scoped = scopedOf(names);
  return { of: (name) => (names.known.has(name) ? undefined : isPlain(name) ? plain.of(name) : scoped.of(name)) };
};
