/** One range of an advisory against one version: the events that the version has reached, in the order of the ecosystem. @see https://ossf.github.io/osv-schema/#evaluation */
import type { Ordering, Parsed } from '../../../ecosystems/versions/ordering.ts';
import type { OsvEvent } from '../../../extractors/facts.ts';

/** `undecidable`: a version that cannot be ordered stands in the way, or the ecosystem has no order. */
export type Judgement = 'affected' | 'not-affected' | 'undecidable';

/** `0` sorts before everything, so no version is needed to know that it is reached. */
const BEFORE_ALL = '0';
const START = Symbol('before all versions');
const NO_LIMIT = '*';

interface Step {
  readonly kind: 'introduced' | 'fixed' | 'last_affected';
  readonly at: Parsed | typeof START;
}

/** `undefined` = an event that cannot be ordered. A limit is no step. */
const stepsOf = (event: OsvEvent, ordering: Ordering): readonly Step[] | undefined => {
  if (event.introduced === BEFORE_ALL) return [{ kind: 'introduced', at: START }];
  for (const kind of ['introduced', 'fixed', 'last_affected'] as const) {
    const text = event[kind];
    if (text === undefined) continue;
    const at = ordering.parse(text);
    return at === undefined ? undefined : [{ kind, at }];
  }
  return [];
};

/** Events of one version keep the order of the record. */
const byPlace =
  ({ compare }: Ordering) =>
  ({ at: a }: Step, { at: b }: Step): number => {
    if (a === START || b === START) return Number(b === START) - Number(a === START);
    return compare(a, b);
  };

const isReached = ({ kind, at }: Step, version: Parsed, { compare }: Ordering): boolean => {
  if (at === START) return true;
  const order = compare(version, at);
  return kind === 'last_affected' ? order > 0 : order >= 0;
};

/** A version must be below one of them. `undefined` = one that cannot be ordered. */
const limitsOf = (events: readonly OsvEvent[], { parse }: Ordering): readonly Parsed[] | 'none' | undefined => {
  const limits = events.flatMap((event) => event.limit ?? []);
  if (limits.length === 0 || limits.includes(NO_LIMIT)) return 'none';
  const parsed = limits.map(parse).filter((limit) => limit !== undefined);
  return parsed.length < limits.length ? undefined : parsed;
};

/** Every version there is or will be: no need to order one. */
export const isAll = (events: readonly OsvEvent[]): boolean =>
  events.length > 0 && events.every((event) => event.introduced === BEFORE_ALL);

export const judgeRange = (events: readonly OsvEvent[], version: Parsed, ordering: Ordering): Judgement => {
  const limits = limitsOf(events, ordering);
  const ordered: Step[] = [];
  for (const event of events) {
    const steps = stepsOf(event, ordering);
    if (steps === undefined || limits === undefined) return 'undecidable';
    ordered.push(...steps);
  }
  ordered.sort(byPlace(ordering));
  const below = limits === 'none' || limits?.some((limit) => ordering.compare(version, limit) < 0);
  const last = ordered.findLast((step) => isReached(step, version, ordering));
  return below === true && last?.kind === 'introduced' ? 'affected' : 'not-affected';
};
