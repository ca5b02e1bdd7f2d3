/** Which two versions tell what a fix changed: for each branch the first fixed one, and the last vulnerable one before it. */
import { compare, diff, gt, lt, parse, prerelease, valid } from 'semver';
import type { AdvisoryFacts, DerivedFunctions } from '../../extractors/facts.ts';

export interface Pair {
  readonly vulnerable: string;
  readonly fixed: string;
  readonly distance: DerivedFunctions['distance'];
  /** Vulnerable versions before, newest first: to walk back to when the two are equal. */
  readonly earlier: readonly string[];
}

const MAX_PAIRS = 4;
const WALK_BACK = 5;
const RANK = { patch: 0, minor: 1, major: 2, inexact: 3 } as const;

interface Span {
  /** undefined = from the first version on. */
  readonly introduced: string | undefined;
  readonly fixed: string;
}

/** `patched` stands in where a range ends in the last affected version. */
const spansOf = ({ ranges, patched }: Pick<AdvisoryFacts, 'ranges' | 'patched'>): readonly Span[] =>
  ranges.flatMap(({ events }) => {
    const spans: Span[] = [];
    let introduced: string | undefined;
    for (const event of events) {
      if (event.introduced !== undefined) introduced = valid(event.introduced) ?? undefined;
      const fixed = valid(event.fixed ?? (event.last_affected === undefined ? undefined : patched) ?? null);
      if (fixed !== null) spans.push({ introduced, fixed });
    }
    return spans;
  });

const isStable = (version: string): boolean => prerelease(version) === null;

const distanceOf = (vulnerable: string, fixed: string): Pair['distance'] => {
  const step = diff(vulnerable, fixed);
  if (step === 'major' || step === 'premajor') return 'major';
  return step === 'minor' || step === 'preminor' ? 'minor' : 'patch';
};

const pairOf = ({ introduced, fixed }: Span, versions: readonly string[]): readonly Pair[] => {
  const major = parse(fixed)?.major;
  const there = versions.includes(fixed) ? fixed : versions.find((one) => gt(one, fixed) && isStable(one) && parse(one)?.major === major);
  const inside = versions.filter((one) => lt(one, fixed) && (introduced === undefined || compare(one, introduced) >= 0)).reverse();
  const stable = inside.filter(isStable);
  const [vulnerable, ...earlier] = stable.length > 0 ? stable : inside;
  if (there === undefined || vulnerable === undefined) return [];
  const distance = there === fixed ? distanceOf(vulnerable, fixed) : 'inexact';
  return [{ vulnerable, fixed: there, distance, earlier: earlier.slice(0, WALK_BACK) }];
};

/** Nearest first, and of equal ones the newest branch; at most four. `published` in any order. */
export const pairsOf = (facts: Pick<AdvisoryFacts, 'ranges' | 'patched'>, published: readonly string[]): readonly Pair[] => {
  const versions = published.filter((one) => valid(one) === one).sort(compare);
  const pairs = spansOf(facts).flatMap((span) => pairOf(span, versions));
  const unique = new Map(pairs.map((pair) => [`${pair.vulnerable} ${pair.fixed}`, pair]));
  return [...unique.values()].sort((a, b) => RANK[a.distance] - RANK[b.distance] || compare(b.fixed, a.fixed)).slice(0, MAX_PAIRS);
};
