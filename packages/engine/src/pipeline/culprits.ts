/** Which parts of a change brought new alerts, so that the others can be tried without them. */
import type { Finding } from '@breakwater/model';
import type { RemedyItem, RemedyReport } from '../remediation/remedy.ts';

export interface Culprit {
  readonly item: RemedyItem;
  readonly reason: string;
}

/** One package that would bring a new alert must not hold up the others: what brought it is left out. None when nothing else is left. */
export const culpritsOf = (report: RemedyReport, after: readonly Finding[]): readonly Culprit[] => {
  if (report.outcome !== 'not-proven') return [];
  const patches = report.items.flatMap((item) => (item.kind === 'patch' ? [item] : []));
  const culprits = new Map<RemedyItem, Culprit>();
  for (const finding of after.filter((one) => report.proof?.added.includes(one.fingerprint))) {
    const item = nearest(patches, finding);
    if (item !== undefined && !culprits.has(item))
      culprits.set(item, { item, reason: `${item.name} would bring a new alert: ${finding.message}` });
  }
  return culprits.size < patches.length ? [...culprits.values()] : [];
};

type Patch = Extract<RemedyItem, { kind: 'patch' }>;

/** The change that moved the package itself, else the one that moved what is nearest above it on its way in. */
const nearest = (patches: readonly Patch[], finding: Finding): Patch | undefined => {
  const above = (finding.codeFlow ?? []).map((step) => (step.fullyQualifiedName ?? '').replace(/@[^@]*$/, '')).reverse();
  const movers = [nameOf(finding), ...above].flatMap((name) =>
    patches.filter((item) => item.name === name || item.moves.some((move) => move.name === name)),
  );
  return movers[0];
};

/** `pkg:npm/%40scope/name@1.0.0` → `@scope/name` */
const nameOf = ({ component }: Finding): string => {
  const path = component?.purl.replace(/^pkg:[^/]+\//, '') ?? '';
  return decodeURIComponent(path.slice(0, Math.max(0, path.lastIndexOf('@'))));
};
