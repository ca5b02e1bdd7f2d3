/** The rows of the funnel in words: what stands in a bucket, how that is known, how it was decided. */
import type { Bucket, Finding, Funnel, Run } from '@breakwater/model';
import { isReached, judged } from './judged.ts';
import { count, list, plural } from './numbers.ts';

const LABELS: Readonly<Record<Exclude<Bucket, 'reachable'>, string>> = {
  'not-shipped': 'not in what ships',
  'never-loaded': 'never loaded',
  unreachable: 'unreachable, proven',
  loaded: 'loaded, no path found',
  unknown: 'unknown',
  act: 'to act on',
};

/** The name of a row. The last bucket before `act` is named after what this run has in it. */
export const bucketLabel = (run: Run, bucket: Bucket): string =>
  bucket === 'reachable' ? lastLabel(inBucket(run, bucket)) : LABELS[bucket];

const lastLabel = (findings: readonly Finding[]): string => {
  if (findings.some((f) => !isReached(f) && f.component !== undefined)) return 'not ruled out, not to act on';
  if (!findings.every(isReached)) return 'reachable or exposed, not to act on';
  return findings.every((f) => f.severity !== 'critical' && f.severity !== 'high')
    ? 'reachable, medium or low'
    : 'reachable, not to act on';
};

/** How it is known, without what was decided; empty for what needs no words. */
export const bucketReason = (run: Run, bucket: Bucket): string => {
  switch (bucket) {
    case 'not-shipped':
      return run.target.kind === 'container-image' ? 'absent from the image' : 'only for development and tests';
    case 'never-loaded':
      return 'no entry point loads them';
    case 'unreachable':
      return 'every call is closed';
    case 'loaded':
      return 'not proven, so counted';
    case 'unknown':
      return openSites(inBucket(run, bucket));
    case 'reachable':
      return lastReason(inBucket(run, bucket));
    default:
      return '';
  }
};

/** `5 attend, 16 track`; empty for buckets that are not affected or act. */
export const bucketDecided = ({ decided }: Funnel, bucket: Bucket): string => {
  const { attend, track } = decided[bucket];
  return [attend > 0 ? `${count(attend)} attend` : '', track > 0 ? `${count(track)} track` : ''].filter((part) => part !== '').join(', ');
};

/** The second column of the funnel in a terminal: `not proven, so counted: 5 attend, 16 track`. */
export const bucketCaption = (run: Run, bucket: Bucket): string => {
  const counted = bucket === 'loaded' || bucket === 'unknown' || bucket === 'reachable';
  const reason = bucketReason(run, bucket);
  const decided = counted ? bucketDecided(run.funnel, bucket) : '';
  return [reason, decided].filter((part) => part !== '').join(': ');
};

const inBucket = (run: Run, bucket: Bucket): readonly Finding[] =>
  judged(run)
    .filter((alert) => alert.bucket === bucket)
    .map((alert) => alert.finding);

/** The open site that stands behind most, and how many others there are. */
const openSites = (findings: readonly Finding[]): string => {
  const tally = new Map<string, number>();
  for (const finding of findings)
    for (const site of finding.properties.reachability?.because.slice(0, 1) ?? []) tally.set(site, (tally.get(site) ?? 0) + 1);
  const [first, ...others] = [...tally].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([site]) => site);
  if (first === undefined) return 'could not be told';
  return others.length === 0 ? first : `${first}; and ${plural(others.length, 'other open place')}`;
};

const lastReason = (findings: readonly Finding[]): string => {
  const reached = findings.filter(isReached).length;
  const own = findings.filter((f) => !isReached(f) && f.component === undefined).length;
  const open = findings.length - reached - own;
  const parts = [
    reached > 0 ? `${count(reached)} with a path` : '',
    own > 0 ? `${count(own)} in code and settings` : '',
    open > 0 ? `${plural(open, 'package alert')} whose reach was not analysed` : '',
  ].filter((part) => part !== '');
  return own === 0 && open === 0 ? '' : list(parts);
};
