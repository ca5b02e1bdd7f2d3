/** The functions that a fix changed, for one advisory of one npm package: the release before it against the release with it. */
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';
import type { Comparison } from './compare.ts';
import { compareReleases } from './compare.ts';
import type { Pair } from './pairs.ts';
import { pairsOf } from './pairs.ts';
import type { Failure, Published, Registry } from './registry.ts';
import type { Release } from './scope.ts';
import { rankFunctions } from './tiers.ts';

/** In the cache's keys: raised whenever the same two releases may give another answer. */
export const DERIVATION = 'derive/1';

export type Derivable = Pick<AdvisoryFacts, 'ranges' | 'patched' | 'malicious'>;

/** Two releases, and what lies between them. */
interface Between extends Comparison {
  readonly dependenciesChanged: boolean;
}

export interface PackageDeriver {
  /** undefined = no release with the fix to compare with; an error of the registry may go away. */
  derive(facts: Derivable): Promise<Result<DerivedFunctions | undefined, Failure>>;
}

/** For the advisories of one package, which often share releases. */
export const packageDeriver = (registry: Registry, name: string): PackageDeriver => new Deriver(registry, name);

class Deriver implements PackageDeriver {
  readonly #registry: Registry;
  readonly #name: string;
  readonly #between = new Map<string, Promise<Result<Between, Failure>>>();
  #published: Promise<Result<readonly Published[], Failure>> | undefined;

  constructor(registry: Registry, name: string) {
    this.#registry = registry;
    this.#name = name;
  }

  async derive(facts: Derivable): Promise<Result<DerivedFunctions | undefined, Failure>> {
    if (facts.malicious === true) return ok(undefined);
    this.#published ??= this.#registry.versionsOf(this.#name);
    const published = await this.#published;
    if (!published.ok) return published.error.gone ? ok(undefined) : published;
    const pairs = pairsOf(
      facts,
      published.value.map((one) => one.version),
    );
    return pairs.length === 0 ? ok(undefined) : this.#ofPairs(pairs);
  }

  async #ofPairs(pairs: readonly Pair[]): Promise<Result<DerivedFunctions | undefined, Failure>> {
    const seen: { readonly pair: Pair; readonly between: Between }[] = [];
    for (const pair of pairs) {
      const between = await this.#compared(pair.vulnerable, pair.fixed);
      if (between.ok) seen.push({ pair, between: between.value });
      else if (!between.error.gone) return between;
    }
    const telling = seen.map(({ pair, between }) => ({ pair, candidates: between.candidates })).filter((one) => one.candidates.length > 0);
    if (telling.length > 0) return ok(derivedOf(telling));
    const [first] = seen;
    return first === undefined ? ok(undefined) : this.#walkBack(first.pair, first.between);
  }

  /** The range of the record may be off by some releases. */
  async #walkBack(pair: Pair, between: Between): Promise<Result<DerivedFunctions, Failure>> {
    const { vulnerable, fixed } = pair;
    const why = nothingOf(between);
    for (const earlier of why === undefined ? pair.earlier : []) {
      const found = await this.#compared(earlier, fixed);
      if (!found.ok && !found.error.gone) return found;
      if (!found.ok || found.value.candidates.length === 0) continue;
      const { functions } = rankFunctions([{ pair: { ...pair, distance: 'inexact' }, candidates: found.value.candidates }]);
      const moduleOnly = `the release with the fix changes no function; compared with ${earlier}`;
      return ok({ pair: { vulnerable: earlier, fixed }, distance: 'inexact', moduleOnly, functions });
    }
    return ok({ pair: { vulnerable, fixed }, distance: pair.distance, moduleOnly: why ?? 'no code changed', functions: [] });
  }

  #compared(vulnerable: string, fixed: string): Promise<Result<Between, Failure>> {
    const key = `${vulnerable} ${fixed}`;
    const known = this.#between.get(key) ?? this.#compare(vulnerable, fixed);
    this.#between.set(key, known);
    return known;
  }

  async #compare(vulnerable: string, fixed: string): Promise<Result<Between, Failure>> {
    const [before, after] = [await this.#release(vulnerable), await this.#release(fixed)];
    if (!before.ok) return before;
    if (!after.ok) return after;
    const dependencies = [before.value, after.value].map(({ manifest }) => JSON.stringify(manifest['dependencies'] ?? {}));
    return ok({ ...compareReleases(before.value, after.value), dependenciesChanged: dependencies[0] !== dependencies[1] });
  }

  async #release(version: string): Promise<Result<Release, Failure>> {
    const published = await (this.#published ?? this.#registry.versionsOf(this.#name));
    if (!published.ok) return published;
    const one = published.value.find((item) => item.version === version);
    return one === undefined ? err({ why: 'the registry does not have it', gone: true }) : this.#registry.releaseOf(this.#name, one);
  }
}

/** Why no function is told although something changed; undefined = nothing changed at all. */
const nothingOf = ({ moduleChanged, minified, dependenciesChanged }: Between): string | undefined => {
  if (minified) return 'minified';
  if (moduleChanged) return 'only code outside functions changed';
  return dependenciesChanged ? 'only a dependency changed' : undefined;
};

const NOT_PUBLISHED = 'the fixed version that the record names is not published';

const derivedOf = (
  telling: readonly { readonly pair: Pair; readonly candidates: Comparison['candidates'] }[],
): DerivedFunctions | undefined => {
  const [first, ...rest] = telling;
  if (first === undefined) return undefined;
  const { vulnerable, fixed, distance } = first.pair;
  const { functions, moduleOnly } = rankFunctions(telling);
  const why = distance === 'inexact' ? NOT_PUBLISHED : moduleOnly;
  const others = rest.map(({ pair }) => ({ vulnerable: pair.vulnerable, fixed: pair.fixed }));
  return {
    pair: { vulnerable, fixed },
    ...(others.length > 0 ? { others } : {}),
    distance,
    ...(why === undefined ? {} : { moduleOnly: why }),
    functions,
  };
};
