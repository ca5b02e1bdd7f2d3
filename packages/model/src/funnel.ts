/** The funnel: every alert stands in exactly one bucket, and the sums are checked before they are shown. */
import type { Action, Verdict } from './decision.ts';
import { BreakwaterError } from './error.ts';
import type { Finding } from './finding.ts';
import { isDelivered } from './finding.ts';

/** In the order in which they are subtracted. */
export const BUCKETS = ['not-shipped', 'never-loaded', 'unreachable', 'loaded', 'unknown', 'reachable', 'act'] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Funnel {
  readonly alerts: number;
  /** What is left after each wall: alerts ≥ shipped ≥ loaded ≥ reachable ≥ act. */
  readonly shipped: number;
  readonly loaded: number;
  readonly reachable: number;
  readonly act: number;
  readonly buckets: Readonly<Record<Bucket, number>>;
  /** act + attend + track + notAffected = alerts. */
  readonly attend: number;
  readonly track: number;
  readonly notAffected: number;
  /** How the findings of each bucket were decided, for the caption: `5 attend, 16 track`. */
  readonly decided: Readonly<Record<Bucket, { readonly attend: number; readonly track: number }>>;
}

/** What acts is counted as such whatever wall it passed; everything else by the first wall that holds it. */
export const bucketOf = (finding: Finding, action: Action): Bucket => {
  if (action === 'act') return 'act';
  if (finding.component !== undefined && !isDelivered(finding.component)) return 'not-shipped';
  const reach = finding.properties.reachability;
  if (reach === undefined || reach.status === 'reachable' || reach.status === 'executed') return 'reachable';
  if (reach.status === 'unreachable') return reach.granularity === 'function' ? 'unreachable' : 'never-loaded';
  return reach.status;
};

const NOT_AFFECTED: readonly Bucket[] = ['not-shipped', 'never-loaded', 'unreachable'];

/** Fails (a defect of ours) when a finding has no verdict or the sums do not add up. */
export const funnelOf = (findings: readonly Finding[], verdicts: readonly Verdict[]): Funnel => {
  const actions = new Map(verdicts.map((v) => [v.fingerprint, v.action]));
  const alerts = findings.filter((f) => f.kind === 'fail');
  const buckets = perBucket(() => 0);
  const decided = perBucket(() => ({ attend: 0, track: 0 }));
  for (const finding of alerts) {
    const action = actions.get(finding.fingerprint);
    if (action === undefined)
      throw new BreakwaterError('BW5010', `no verdict for ${finding.fingerprint}`, 'Report this as a defect of Breakwater.');
    const bucket = bucketOf(finding, action);
    buckets[bucket] += 1;
    if (action === 'attend') decided[bucket].attend += 1;
    else if (action !== 'act') decided[bucket].track += 1;
  }
  return checked(sum(alerts.length, buckets, decided));
};

const perBucket = <T>(make: () => T): Record<Bucket, T> => ({
  'not-shipped': make(),
  'never-loaded': make(),
  unreachable: make(),
  loaded: make(),
  unknown: make(),
  reachable: make(),
  act: make(),
});

const sum = (alerts: number, buckets: Record<Bucket, number>, decided: Record<Bucket, { attend: number; track: number }>): Funnel => {
  const counted = BUCKETS.filter((b) => !NOT_AFFECTED.includes(b));
  const shipped = alerts - buckets['not-shipped'];
  const loaded = shipped - buckets['never-loaded'];
  const reachable = loaded - buckets.unreachable - buckets.loaded - buckets.unknown;
  return {
    alerts,
    shipped,
    loaded,
    reachable,
    act: reachable - buckets.reachable,
    buckets,
    decided,
    attend: counted.reduce((n, b) => n + decided[b].attend, 0),
    track: counted.reduce((n, b) => n + decided[b].track, 0),
    notAffected: NOT_AFFECTED.reduce((n, b) => n + buckets[b], 0),
  };
};

const checked = (funnel: Funnel): Funnel => {
  const whole = funnel.act + funnel.attend + funnel.track + funnel.notAffected;
  if (funnel.act === funnel.buckets.act && whole === funnel.alerts) return funnel;
  throw new BreakwaterError(
    'BW5011',
    `the funnel does not add up: ${whole} of ${funnel.alerts} alerts, ${funnel.act} of ${funnel.buckets.act} to act on`,
    'Report this as a defect of Breakwater.',
  );
};
