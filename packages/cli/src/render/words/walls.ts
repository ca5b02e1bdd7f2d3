/** What is left after each wall of the funnel, and whether its parts add up. */
import { BUCKETS, type Run } from '@breakwater/model';
import { isReached, type Judged, judged } from './judged.ts';
import { count, plural } from './numbers.ts';

/** What is left after each wall, for the line on top: 1,811 alerts → 609 in what is shipped → … → 4 to act on. */
export interface Wall {
  readonly n: number;
  readonly name: string;
  /** For narrow surfaces: `shipped`. */
  readonly short: string;
}

export const walls = (run: Run): readonly Wall[] => {
  const { alerts, shipped, loaded, reachable, act } = run.funnel;
  const reached = reachedWord(run);
  return [
    { n: alerts, name: alerts === 1 ? 'alert' : 'alerts', short: alerts === 1 ? 'alert' : 'alerts' },
    { n: shipped, name: 'in what is shipped', short: 'shipped' },
    { n: loaded, name: 'in what is loaded', short: 'loaded' },
    { n: reachable, name: reached, short: reached },
    { n: act, name: 'to act on', short: 'to act on' },
  ];
};

/** `reachable` only when a path is known for all; code, settings and secrets stand in the open, the rest is not ruled out. */
export const reachedWord = (run: Run): string => {
  const findings = judged(run).filter(({ bucket }) => bucket === 'reachable' || bucket === 'act');
  if (findings.every(({ finding }) => isReached(finding))) return 'reachable';
  return findings.every(({ finding }) => isReached(finding) || finding.component === undefined) ? 'reachable or exposed' : 'not ruled out';
};

/** The parts must add up in sight of the reader, and to what is listed. Empty when they do; else the defect, in words. */
export const sumsDefect = (run: Run): string => {
  const { funnel } = run;
  const parts = BUCKETS.reduce((sum, bucket) => sum + funnel.buckets[bucket], 0);
  const whole = funnel.act + funnel.attend + funnel.track + funnel.notAffected;
  const listed = listedIn(judged(run));
  const off = BUCKETS.filter((bucket) => listed[bucket] !== funnel.buckets[bucket]);
  if (parts === funnel.alerts && whole === funnel.alerts && off.length === 0) return '';
  return `the funnel does not add up (${count(parts)} and ${count(whole)} of ${plural(funnel.alerts, 'alert')}): a defect of Breakwater, please report it (BW5011)`;
};

const listedIn = (alerts: readonly Judged[]): Readonly<Record<string, number>> =>
  Object.fromEntries(BUCKETS.map((bucket) => [bucket, alerts.filter((alert) => alert.bucket === bucket).length]));
