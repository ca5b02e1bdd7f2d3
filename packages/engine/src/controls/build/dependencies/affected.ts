/** Is this version affected? The evaluation of the OSV standard over SemVer precedence, never npm's range rules. @see https://ossf.github.io/osv-schema/#evaluation */
import semver, { type SemVer } from 'semver';
import type { AdvisoryFacts, OsvEvent } from '../../../extractors/facts.ts';

/** `undecidable`: a version that SemVer cannot order stands in the way. */
export type Judgement = 'affected' | 'not-affected' | 'undecidable';

type Ranges = AdvisoryFacts['ranges'];

/** Versions as people wrote them before SemVer was strict: `v1.2`, `1.2.3beta`. Missing numbers are 0; anything else is not guessed. */
const PARTIAL = /^v?(\d+)(?:\.(\d+))?([-+].*)?$/;

/** `undefined` when it cannot be ordered. */
export const parseVersion = (text: string): SemVer | undefined => {
  const [, major, minor = '0', rest = ''] = PARTIAL.exec(text) ?? [];
  return semver.parse(major === undefined ? text : `${major}.${minor}.0${rest}`, { loose: true }) ?? undefined;
};

/** `0` sorts before everything, so no version is needed to know that it is reached. */
const BEFORE_ALL = '0';
const NO_LIMIT = '*';

interface Step {
  readonly kind: 'introduced' | 'fixed' | 'last_affected';
  readonly at: SemVer | 'start';
}

const stepOf = (event: OsvEvent): readonly Step[] | undefined => {
  if (event.introduced === BEFORE_ALL) return [{ kind: 'introduced', at: 'start' }];
  for (const kind of ['introduced', 'fixed', 'last_affected'] as const) {
    const text = event[kind];
    if (text === undefined) continue;
    const at = parseVersion(text);
    return at === undefined ? undefined : [{ kind, at }];
  }
  return []; // a limit
};

const compareSteps = (a: Step, b: Step): number => {
  if (a.at === 'start' || b.at === 'start') return a.at === b.at ? 0 : a.at === 'start' ? -1 : 1;
  return semver.compare(a.at, b.at); // build metadata has no rank; events of one version keep the order of the record
};

const isReached = ({ kind, at }: Step, version: SemVer): boolean => {
  if (at === 'start') return true;
  const order = semver.compare(version, at);
  return kind === 'last_affected' ? order > 0 : order >= 0;
};

/** Below any of the limits; without one there is none. `undefined` = a limit that cannot be ordered. */
const isBelowLimits = (events: readonly OsvEvent[], version: SemVer): boolean | undefined => {
  const limits = events.flatMap((event) => event.limit ?? []);
  if (limits.length === 0 || limits.includes(NO_LIMIT)) return true;
  const parsed = limits.flatMap((limit) => parseVersion(limit) ?? []);
  if (parsed.length < limits.length) return undefined;
  return parsed.some((limit) => semver.compare(version, limit) < 0);
};

const judgeRange = (events: readonly OsvEvent[], version: SemVer): Judgement => {
  const steps = events.map(stepOf);
  const below = isBelowLimits(events, version);
  const ordered: Step[] = [];
  for (const step of steps) {
    if (step === undefined || below === undefined) return 'undecidable';
    ordered.push(...step);
  }
  ordered.sort(compareSteps);
  const last = ordered.findLast((step) => isReached(step, version));
  return below === true && last?.kind === 'introduced' ? 'affected' : 'not-affected';
};

/** Every version there is or will be: no need to order one. */
const isAll = (events: readonly OsvEvent[]): boolean => events.length > 0 && events.every((event) => event.introduced === BEFORE_ALL);

const judgeRanges = (ranges: Ranges, text: string): Judgement => {
  if (ranges.some(({ events }) => isAll(events))) return 'affected';
  if (ranges.length === 0) return 'not-affected';
  const version = parseVersion(text);
  if (version === undefined) return 'undecidable';
  const judgements = ranges.map(({ events }) => judgeRange(events, version));
  return (['affected', 'undecidable'] as const).find((judgement) => judgements.includes(judgement)) ?? 'not-affected';
};

/** Enumerated versions are compared as text, ranges by SemVer 2.0 precedence: a pre-release of a fixed version is still affected. */
export const judge = (advisory: Pick<AdvisoryFacts, 'ranges' | 'versions'>, version: string): Judgement =>
  advisory.versions.includes(version) ? 'affected' : judgeRanges(advisory.ranges, version);

/** Ascending, each once; versions that cannot be ordered are left out. */
export const fixedVersions = ({ ranges, patched }: Pick<AdvisoryFacts, 'ranges' | 'patched'>): readonly string[] => {
  const fixed = [
    ...new Set([
      ...ranges.flatMap(({ events }) => events.flatMap((event) => event.fixed ?? [])),
      ...(patched === undefined ? [] : [patched]),
    ]),
  ];
  const parsed = fixed.flatMap((text) => {
    const version = parseVersion(text);
    return version === undefined ? [] : [{ text, version }];
  });
  return parsed.sort((a, b) => semver.compareBuild(a.version, b.version)).map(({ text }) => text);
};
