/** Everything that does not act, a row for each cause: what is not affected by the wall that holds it, the rest by package or rule. */
import { byKeys } from '@breakwater/engine/lib/order';
import { BUCKETS, type Bucket, type Exposure, type Finding, type Run, type Severity, severityRank } from '@breakwater/model';
import { bucketReason } from './bucket.ts';
import { named } from './component.ts';
import { dateText } from './dates.ts';
import { ruleFinder } from './fix.ts';
import { gathered } from './gather.ts';
import { advisoryOf } from './group.ts';
import { type Asked, askedOf, type Judged, judged } from './judged.ts';
import { count, plural } from './numbers.ts';
import { pathOf, placeOf, placeText } from './path.ts';

export interface Cause {
  readonly asked: Exclude<Asked, 'act'>;
  readonly bucket: Bucket;
  readonly what: string;
  /** `high`, or `critical to low`. */
  readonly severity: string;
  readonly reach: string;
  readonly where: string;
  readonly owner: string;
  /** Most urgent first. */
  readonly alerts: readonly [Judged, ...Judged[]];
}

/** Packages named in a row before the rest is a number. */
const MOST_NAMES = 4;
const ASKED: readonly Asked[] = ['attend', 'track', 'not affected'];

export const causesOf = (run: Run): readonly Cause[] => {
  const titleOf = ruleFinder(run);
  const alerts = judged(run).filter((alert) => alert.bucket !== 'act');
  const groups = [...gathered(alerts, keyOf).values()].map((group): Cause => {
    const [first] = group;
    return {
      asked: restOf(first),
      bucket: first.bucket,
      what: whatOf(group, titleOf(first.finding.ruleId)?.name),
      severity: severitiesOf(group.map((alert) => alert.finding.severity)),
      reach: reachText(first),
      where: whereOf(run, group),
      owner: ownerOf(first.finding),
      alerts: group,
    };
  });
  return groups
    .map((cause, index) => ({ cause, index }))
    .sort(byCause)
    .map(({ cause }) => cause);
};

/** Act stands in its own bucket, which is not listed here. */
const restOf = (alert: Judged): Cause['asked'] => {
  const asked = askedOf(alert);
  return asked === 'act' ? 'attend' : asked;
};

const byCause = byKeys<{ cause: Cause; index: number }>(
  ({ cause }) => ASKED.indexOf(cause.asked),
  ({ cause }) => (cause.asked === 'not affected' ? -BUCKETS.indexOf(cause.bucket) : 0),
  ({ index }) => index,
);

const keyOf = (alert: Judged): string => {
  const { finding, verdict, bucket } = alert;
  const asked = askedOf(alert);
  const base = [asked, bucket, ownerOf(finding)];
  if (asked === 'not affected') return base.join('\0');
  const what = finding.component === undefined ? finding.ruleId : finding.component.purl;
  return [...base, what, JSON.stringify(verdict.exception ?? '')].join('\0');
};

const ownerOf = (finding: Finding): string => finding.properties.ownership?.owner ?? '';

const whatOf = (group: readonly [Judged, ...Judged[]], title: string | undefined): string => {
  const [first] = group;
  if (askedOf(first) === 'not affected') return namesOf(group);
  if (first.finding.component === undefined) return group.length === 1 ? first.finding.message : (title ?? first.finding.message);
  const ids = [...new Set(group.flatMap(({ finding }) => advisoryOf(finding)))];
  return [named(first.finding.component).text, ...(ids.length === 1 ? ids : [])].join(', ');
};

/** The packages with the most alerts, and how many others. */
const namesOf = (group: readonly Judged[]): string => {
  const names = [...gathered(group, ({ finding }) => (finding.component === undefined ? finding.message : named(finding.component).name))]
    .map(([name, alerts]) => ({ name, n: alerts.length }))
    .sort(
      byKeys(
        ({ n }) => -n,
        ({ name }) => name,
      ),
    )
    .map(({ name }) => name);
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${count(more)} more` : names.join(', ');
};

export const severitiesOf = (severities: readonly Severity[]): string => {
  const [worst, ...rest] = [...new Set(severities)].sort(byKeys(severityRank));
  const least = rest.at(-1);
  return least === undefined ? (worst ?? '') : `${worst} to ${least}`;
};

const REACH: Readonly<Record<Bucket, string>> = {
  'not-shipped': 'not shipped',
  'never-loaded': 'not loaded',
  unreachable: 'unreachable',
  loaded: 'loaded',
  unknown: 'unknown',
  reachable: 'reachable',
  act: 'to act on',
};

/** The word of a bucket in tables and filters. */
export const reachWord = (bucket: Bucket): string => REACH[bucket];

const EXPOSURE = { internet: 'open to the internet', internal: 'internal', isolated: 'isolated' } as const;

export const exposureText = (exposure: Exposure): string => EXPOSURE[exposure];

/** What is known of one alert; code and settings have an exposure instead of a reach; a dash where nothing was asked. */
export const reachText = ({ finding, bucket }: Judged): string => {
  const { reachability, exposure } = finding.properties;
  if (bucket !== 'reachable' && bucket !== 'act') return REACH[bucket];
  if (reachability !== undefined) return reachability.status;
  if (finding.component !== undefined) return 'not analysed';
  return exposure === undefined ? '–' : exposureText(exposure);
};

const whereOf = (run: Run, group: readonly [Judged, ...Judged[]]): string => {
  const [first] = group;
  const { exception } = first.verdict;
  if (exception !== undefined) return `exception until ${dateText(exception.expires)}, ${exception.owner}: ${exception.reason}`;
  if (askedOf(first) === 'not affected') return sharedReason(group) ?? bucketReason(run, first.bucket);
  if (first.finding.component === undefined) return placesOf(group);
  const path = pathOf(first.finding);
  const start = path.kind === 'calls' || path.kind === 'loads' ? path.steps[0] : undefined;
  const facts = [start === undefined ? '' : placeText(start) || start.text, sharedReason(group) ?? ''];
  return facts.filter((fact) => fact !== '').join('; ') || placesOf(group);
};

const sharedReason = (group: readonly Judged[]): string | undefined => {
  const reasons = new Set(group.map(({ finding }) => finding.properties.reachability?.because[0]));
  return reasons.size === 1 ? [...reasons][0] : undefined;
};

const placesOf = (group: readonly [Judged, ...Judged[]]): string => {
  const places = [...new Set(group.map(({ finding }) => placeOf(finding.locations[0])))];
  const [first = ''] = places;
  return places.length === 1 ? first : `${first} and ${plural(places.length - 1, 'other place')}`;
};
