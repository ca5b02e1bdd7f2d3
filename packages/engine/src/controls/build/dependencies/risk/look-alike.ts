/** Which much-used name a name imitates: one slip of a finger, a separator more or less, or a scope spelt wrong. */
import type { PopularNames } from '../../../../extractors/facts.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** In shorter names one letter more is a different word: `ws`, `rc`, `got`, `jest`. */
const SHORTEST = 6;

function* transposed(name: string): Generator<string> {
  for (let at = 0; at + 1 < name.length; at += 1) yield `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
}

/** `lodahs`, `lodasch`, `lodsh`; never a digit, which mostly tells versions apart, and never an s at the end, which makes a plural. */
function* oneLetterOff(name: string): Generator<string> {
  for (let at = 0; at < name.length; at += 1) {
    if (!/[a-z]/.test(name[at] ?? '')) continue;
    yield name.slice(0, at) + name.slice(at + 1);
    for (const letter of LETTERS) yield name.slice(0, at) + letter + name.slice(at + 1);
  }
  for (let at = 0; at <= name.length; at += 1) for (const letter of LETTERS) yield name.slice(0, at) + letter + name.slice(at);
}

const pluralOrTense = (a: string, b: string): boolean => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long === `${short}s` || long === `${short}d` || long === `${short}r` || long === `${short}x` || long === `${short}z`;
};

const isPlain = (name: string): boolean => !name.startsWith('@');

/** Reads the same but for `-`, `_` and `.`: `cross-env` and `crossenv`. */
const withoutSeparators = (name: string): string => name.replace(/[-_.]/g, '');

export interface LookAlikes {
  /** undefined: imitates nothing, or is itself well known. */
  of(name: string): string | undefined;
}

const scopeOf = (name: string): string => name.slice(0, Math.max(name.indexOf('/'), 0));

/** Tables of one ecosystem, made once. */
export const lookAlikes = ({ imitated, known }: PopularNames): LookAlikes => {
  const bySqueezed = new Map([...imitated].filter(isPlain).map((name) => [withoutSeparators(name), name]));
  const scopes = new Set([...imitated].filter((name) => !isPlain(name)).map(scopeOf));
  const knownScopes = new Set([...known].filter((name) => !isPlain(name)).map(scopeOf));
  const plain = (name: string): string | undefined => {
    if (name.length < SHORTEST) return undefined;
    const squeezed = bySqueezed.get(withoutSeparators(name));
    if (squeezed !== undefined && squeezed !== name) return squeezed;
    for (const near of [...transposed(name), ...oneLetterOff(name)]) {
      if (near.length >= SHORTEST && near !== name && imitated.has(near) && !pluralOrTense(near, name)) return near;
    }
    return undefined;
  };
  /** `@babbel/core`: only a scope that nobody knows, beside one that everybody does. */
  const scoped = (name: string): string | undefined => {
    const scope = scopeOf(name).slice(1);
    if (scope.length < SHORTEST - 1 || knownScopes.has(`@${scope}`)) return undefined;
    for (const near of [...transposed(scope), ...oneLetterOff(scope)]) {
      if (scopes.has(`@${near}`) && !pluralOrTense(near, scope)) return `@${near}${name.slice(scope.length + 1)}`;
    }
    return undefined;
  };
  return { of: (name) => (known.has(name) ? undefined : isPlain(name) ? plain(name) : scoped(name)) };
};
