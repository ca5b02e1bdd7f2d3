/** The versions that may be chosen: valid, newer, released, not deprecated, old enough, and without a known flaw. */
import semver from 'semver';
import type { Registry, Release } from './registry.ts';

export const DAY = 86_400_000;

/** Why a newer version was passed over. */
export type Unfit = 'prerelease' | 'deprecated' | 'too-young' | 'vulnerable';

export interface Weighed extends Release {
  readonly unfit?: Exclude<Unfit, 'vulnerable'>;
  /** Ids of known flaws, sorted by the one who was asked. */
  readonly flaws: readonly string[];
}

export interface Market {
  /** Every valid version above `than`, ascending, with what speaks against it; undefined when the registry does not know the name. */
  newer(name: string, than: string): Promise<readonly Weighed[] | undefined>;
  flaws(name: string, version: string): Promise<readonly string[]>;
}

export interface MarketOptions {
  readonly registry: Registry;
  readonly isVulnerable: (name: string, version: string) => Promise<readonly string[]>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Days that a release must have been public; 0 waives. */
  readonly cooldownDays: number;
}

/** Registries hold versions such as `1.0.0beta` that no comparison survives: they are dropped before any is made. */
export const openMarket = (options: MarketOptions): Market => {
  const asked = new Map<string, Promise<readonly string[]>>();
  const flaws = (name: string, version: string): Promise<readonly string[]> => {
    const key = `${name}@${version}`;
    const answer = asked.get(key) ?? options.isVulnerable(name, version);
    asked.set(key, answer);
    return answer;
  };
  const weigh = async (name: string, release: Release): Promise<Weighed> => {
    const unfit = unfitness(options, release);
    return { ...release, ...(unfit && { unfit }), flaws: unfit === undefined ? await flaws(name, release.version) : [] };
  };
  const weighed = new Map<string, Promise<readonly Weighed[] | undefined>>();
  const above = async (name: string, than: string): Promise<readonly Weighed[] | undefined> => {
    const releases = (await options.registry.releases(name))?.filter((r) => semver.valid(r.version) !== null && semver.gt(r.version, than));
    return (
      releases && Promise.all(releases.toSorted((a, b) => semver.compare(a.version, b.version)).map((release) => weigh(name, release)))
    );
  };
  return {
    flaws,
    newer: (name, than) => {
      const key = `${name}@${than}`;
      const answer = weighed.get(key) ?? above(name, than);
      weighed.set(key, answer);
      return answer;
    },
  };
};

const unfitness = (options: MarketOptions, release: Release): Weighed['unfit'] => {
  if (semver.prerelease(release.version) !== null) return 'prerelease';
  if (release.deprecated !== undefined) return 'deprecated';
  const age = release.publishedAt === undefined ? Number.POSITIVE_INFINITY : options.now - release.publishedAt;
  return age < options.cooldownDays * DAY ? 'too-young' : undefined;
};
