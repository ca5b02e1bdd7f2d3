/** Alerts joined with what was decided of them, most urgent first; the one view of a run that all surfaces group and count. */
import { byKeys } from '@breakwater/engine/lib/order';
import { type Action, type Bucket, bucketOf, type Finding, type Run, severityRank, type Verdict } from '@breakwater/model';

export interface Judged {
  readonly finding: Finding;
  readonly verdict: Verdict;
  readonly bucket: Bucket;
}

/** What is asked of the reader: the action, or nothing where the alert is shown not to affect the application. */
export type Asked = 'act' | 'attend' | 'track' | 'not affected';

const NOT_AFFECTED: readonly Bucket[] = ['not-shipped', 'never-loaded', 'unreachable'];
const REACH = ['executed', 'reachable', 'loaded', 'unknown', 'unreachable'];

/** A run never changes, and every surface asks a dozen times. */
const views = new WeakMap<Run, readonly Judged[]>();

/** Every finding of kind `fail`. One without a verdict is a defect of ours and is shown as one to act on, never dropped. */
export const judged = (run: Run): readonly Judged[] => {
  const view = views.get(run) ?? judge(run);
  views.set(run, view);
  return view;
};

const judge = (run: Run): readonly Judged[] => {
  const verdicts = new Map(run.decision.verdicts.map((v) => [v.fingerprint, v]));
  return run.findings
    .filter((finding) => finding.kind === 'fail')
    .map((finding) => {
      const verdict = verdicts.get(finding.fingerprint) ?? undecided(finding);
      return { finding, verdict, bucket: bucketOf(finding, verdict.action) };
    })
    .sort(byUrgency);
};

export const askedOf = ({ bucket, verdict }: Judged): Asked => {
  if (NOT_AFFECTED.includes(bucket)) return 'not affected';
  return plain(verdict.action);
};

/** `track*` is watched more closely and counted as track. */
export const plain = (action: Action): 'act' | 'attend' | 'track' => (action === 'track*' ? 'track' : action);

/** Known exploited, then severity, then how near it is to what runs, then the text. */
export const byUrgency = byKeys<Judged>(
  ({ finding }) => (finding.properties.exploitation?.kev ? 0 : 1),
  ({ finding }) => severityRank(finding.severity),
  ({ finding }) => nearness(finding),
  ({ finding }) => finding.message,
  ({ finding }) => finding.fingerprint,
);

/** Code, settings and secrets have no reachability of their own: they stand where they run. */
const nearness = (finding: Finding): number => {
  const status = finding.properties.reachability?.status;
  return REACH.indexOf(status ?? 'reachable');
};

/** A path to it is known, or it was seen running. */
export const isReached = ({ properties: { reachability } }: Finding): boolean =>
  reachability?.status === 'reachable' || reachability?.status === 'executed';

const undecided = (finding: Finding): Verdict => ({
  fingerprint: finding.fingerprint,
  action: 'act',
  rule: 'undecided',
  because: ['no verdict was given: a defect of Breakwater, please report it'],
});
