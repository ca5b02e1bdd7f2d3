/** How much each changed function speaks for being the vulnerable one: the fix itself, one of many changes, or a sweep over the package. */
import type { DerivedFunction, DerivedFunctions } from '../../extractors/facts.ts';
import { byKeys } from '../../lib/order.ts';
import type { Candidate } from './compare.ts';
import type { Pair } from './pairs.ts';

export interface Compared {
  readonly pair: Pair;
  readonly candidates: readonly Candidate[];
}

type Tier = DerivedFunction['tier'];

/** Equal edits in this many functions are a sweep, unless they look like a fix. */
const SWEEP = 4;
const LOOKS_LIKE_FIX = 3;
/** So few changes in a patch release are taken for the fix. */
const FEW = 5;
/** More say nothing. */
const MANY = 20;
const MAX_KEPT = 40;
/** Of those that only hint at where to look. */
const MAX_HINTS = 20;

const sweptOf = (candidates: readonly Candidate[]): ReadonlySet<Candidate> => {
  const groups = new Map<string, Candidate[]>();
  for (const item of candidates) {
    if (item.edit === undefined || item.twin === true) continue;
    const group = groups.get(item.edit) ?? [];
    group.push(item);
    groups.set(item.edit, group);
  }
  const swept = [...groups.values()].filter((group) => group.length >= SWEEP && (group[0]?.score ?? 0) < LOOKS_LIKE_FIX);
  return new Set(swept.flat());
};

/** One branch may have a function where another has a class. */
const bare = ({ name }: Candidate): string => name.replace(/\.constructor$/, '');

/** Names that every branch of the fix changed; empty where there is one branch only, or none in common. */
const commonOf = (all: readonly Compared[]): ReadonlySet<string> => {
  const [first, ...rest] = all.map(({ candidates }) => new Set(candidates.map(bare)));
  if (first === undefined || rest.length === 0) return new Set();
  return new Set([...first].filter((name) => rest.every((names) => names.has(name))));
};

interface Ranked {
  readonly item: Candidate;
  readonly tier: Tier;
}

const rank = ({ pair, candidates }: Compared, common: ReadonlySet<string>): readonly Ranked[] => {
  const swept = sweptOf(candidates);
  const counted = candidates.filter((item) => !swept.has(item) && item.twin !== true).length;
  const isFew = pair.distance === 'patch' && counted <= FEW;
  return candidates.map((item) => {
    if (common.has(bare(item))) return { item, tier: 'core' };
    return { item, tier: swept.has(item) ? 'swept' : isFew ? 'core' : 'wide' };
  });
};

const ORDER: readonly Tier[] = ['core', 'wide', 'swept'];

/** `all`: each with candidates, nearest first. */
export const rankFunctions = (all: readonly Compared[]): Pick<DerivedFunctions, 'functions' | 'moduleOnly'> => {
  const common = commonOf(all);
  const [first = [], ...others] = all.map((one) => rank(one, common));
  const counted = countOf(first);
  const tooMany = counted > MANY && !first.some(({ tier }) => tier === 'core');
  // an older branch may have the function in another file
  const rest = others.filter((branch) => countOf(branch) <= MANY).flat();
  const onlyHints = tooMany || all[0]?.pair.distance === 'inexact';
  const functions = kept([...first, ...rest], onlyHints ? MAX_HINTS : MAX_KEPT);
  return tooMany ? { moduleOnly: `${counted} functions changed`, functions } : { functions };
};

const countOf = (ranked: readonly Ranked[]): number => ranked.filter(({ tier, item }) => tier !== 'swept' && item.twin !== true).length;

const kept = (ranked: readonly Ranked[], most: number): readonly DerivedFunction[] => {
  const unique = new Map([...ranked].reverse().map((one) => [`${one.item.file}\n${one.item.name}`, one]));
  const best = [...unique.values()].sort(
    byKeys(
      ({ tier }) => ORDER.indexOf(tier),
      ({ item }) => -item.score,
      ({ item }) => item.file,
      ({ item }) => item.name,
    ),
  );
  return best
    .slice(0, most)
    .map(({ item: { file, name, kind }, tier }): DerivedFunction => ({ file, name, kind, tier }))
    .sort(
      byKeys(
        ({ tier }) => ORDER.indexOf(tier),
        ({ file }) => file,
        ({ name }) => name,
      ),
    );
};
