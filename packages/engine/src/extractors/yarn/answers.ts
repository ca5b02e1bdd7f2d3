/** Which block answers a wish: the one that lists it; else what an override left, which only the name and the version tell. */
import semver from 'semver';
import { aliasOf, decoded, splitNamed } from '../npm/named.ts';
import type { Block } from './block.ts';

const PROTOCOL = /^[a-z][a-z+]*:/i;

/** Berry writes `npm:^1` for what package.json and older lockfiles write as `^1`. */
const normalWish = (wish: string): string => (PROTOCOL.test(wish) || wish.includes('/') ? wish : `npm:${wish}`);

const keyOf = (name: string, wish: string): string => `${name}@${normalWish(wish)}`;

/** Berry's key for a path says whose path it is, percent-encoded. */
const BOUND = '::locator=';

/** `local@file:./local::locator=member%40workspace%3Apackages%2Fmember` */
const patternKey = (pattern: string): string => {
  const { name, wish } = splitNamed(pattern);
  const at = wish.indexOf(BOUND);
  return at < 0 ? keyOf(name, wish) : `${keyOf(name, wish.slice(0, at))}${BOUND}${decoded(wish.slice(at + BOUND.length))}`;
};

/** `patch:fsevents@npm%3A~2.3.2#…builtin<compat/fsevents>`: Yarn's own patches, for which nobody asks by name. */
const builtinBase = (wish: string): string | undefined => {
  if (!wish.startsWith('patch:') || !wish.includes('builtin<compat/')) return undefined;
  const { name, wish: base } = splitNamed(wish.slice('patch:'.length).split('#', 1)[0] ?? '');
  return keyOf(name, base.replace(/%3A/i, ':'));
};

const LOOSE = { loose: true, includePrerelease: true };

/** undefined for tags and addresses. */
const rangeOf = (wish: string): semver.Range | undefined => {
  const text = aliasOf(wish)?.wish ?? wish.replace(/^(?:npm|workspace):/, '');
  return semver.validRange(text, LOOSE) === null ? undefined : new semver.Range(text, LOOSE);
};

interface Candidate {
  readonly block: Block;
  readonly version: semver.SemVer | null;
}

/** A hostile file may have ten thousand blocks of one name and as many wishes for it; real ones need some thousands of comparisons. */
const COMPARISONS = 200_000;

export class Answers {
  readonly #listed = new Map<string, Block>();
  readonly #byName = new Map<string, Candidate[]>();
  readonly #guessed = new Map<string, Block | undefined>();
  readonly #resolutions: ReadonlyMap<string, string>;
  #comparisons = 0;

  /** `resolutions` of the root's package.json: a pattern such as `a`, `b/a` or `a@npm:^1` → the wish that counts for everybody. */
  constructor(blocks: readonly Block[], resolutions: ReadonlyMap<string, string>) {
    this.#resolutions = new Map([...resolutions].map(([pattern, wish]) => [targetOf(pattern), wish]));
    for (const block of blocks) this.#add(block);
    for (const block of blocks) this.#preferPatch(block);
  }

  /** The block that has exactly this wish among its keys. A path counts from `dependent`, which the key then names. */
  listed(name: string, wish: string, dependent = ''): Block | undefined {
    const key = keyOf(name, wish);
    return this.#listed.get(`${key}${BOUND}${dependent}`) ?? this.#listed.get(key);
  }

  /** What `resolutions` of package.json, or whoever edited the file, made of the wish. undefined: no block of this name can be meant. */
  guessed(name: string, wish: string): Block | undefined {
    const key = keyOf(name, wish);
    if (this.#guessed.has(key)) return this.#guessed.get(key);
    const forced = this.#resolutions.get(name);
    const found = (forced === undefined ? undefined : this.listed(name, forced)) ?? this.fitting(name, wish);
    this.#guessed.set(key, found);
    return found;
  }

  /** The only block of the name, whatever its version, else the highest version that the range allows. */
  fitting(name: string, wish: string): Block | undefined {
    const candidates = this.#byName.get(name) ?? [];
    if (candidates.length <= 1) return candidates[0]?.block;
    this.#comparisons += candidates.length;
    const range = rangeOf(wish);
    if (range === undefined || this.#comparisons > COMPARISONS) return undefined;
    let best: Candidate | undefined;
    for (const candidate of candidates) {
      if (candidate.version === null || !range.test(candidate.version)) continue;
      if (best?.version == null || candidate.version.compare(best.version) > 0) best = candidate;
    }
    return best?.block;
  }

  #add(block: Block): void {
    const names = new Set([block.name]);
    for (const pattern of block.patterns) {
      this.#listed.set(patternKey(pattern), block);
      names.add(splitNamed(pattern).name);
    }
    const candidate = { block, version: semver.parse(block.version, LOOSE) };
    for (const name of names) {
      const known = this.#byName.get(name);
      if (known === undefined) this.#byName.set(name, [candidate]);
      else known.push(candidate);
    }
  }

  #preferPatch(block: Block): void {
    for (const pattern of block.patterns) {
      const base = builtinBase(splitNamed(pattern).wish);
      if (base !== undefined) this.#listed.set(base, block);
    }
  }
}

/** The last name of the pattern, whatever is in front of it or behind it. */
const targetOf = (pattern: string): string => {
  const parts = splitNamed(pattern).name.split('/');
  const last = parts.at(-1) ?? '';
  const scope = parts.at(-2) ?? '';
  return scope.startsWith('@') ? `${scope}/${last}` : last;
};
