/** Findings that one change settles, together: the same package version reached the same way; anything else stands alone. */
import type { Component, Finding, Run, Verdict } from '@breakwater/model';
import { fixCommand, fixHints, ruleFinder } from './fix.ts';
import { gathered } from './gather.ts';
import { shortIds } from './ids.ts';
import { askedOf, type Judged, judged } from './judged.ts';
import { type Path, pathOf } from './path.ts';

export interface Group {
  /** Of the most urgent finding, for people and as an anchor. */
  readonly id: string;
  /** Message of the most urgent finding. */
  readonly title: string;
  /** Most urgent first, at least one. */
  readonly findings: readonly [Finding, ...Finding[]];
  readonly component?: Component;
  /** Advisory ids, most urgent first; CVE before other names where one is known. */
  readonly advisories: readonly string[];
  readonly path: Path;
  /** Of the most urgent finding: rule, facts, what would change it. */
  readonly verdict: Verdict;
  readonly because: readonly string[];
  readonly owner?: string;
  readonly fixHint: string;
  readonly fixCommand?: string;
}

/** Groups of what was decided so, most urgent first; `track` includes `track*`, and what is not affected is in none. */
export const groupFindings = (run: Run, action: 'act' | 'attend' | 'track'): readonly Group[] => {
  const ids = shortIds(run.findings);
  const ruleOf = ruleFinder(run);
  const alerts = judged(run).filter((alert) => askedOf(alert) === action);
  return [...gathered(alerts, keyOf).values()].map((group) => groupOf(group, ids, ruleOf));
};

const keyOf = ({ finding }: Judged): string =>
  finding.component === undefined
    ? finding.fingerprint
    : ['package', finding.component.purl, ...pathOf(finding).steps.flatMap((step) => [step.text, step.place])].join('\0');

const groupOf = (
  alerts: readonly [Judged, ...Judged[]],
  ids: ReturnType<typeof shortIds>,
  ruleOf: ReturnType<typeof ruleFinder>,
): Group => {
  const [first, ...rest] = alerts;
  const findings = [first.finding, ...rest.map((alert) => alert.finding)] as const;
  const { component, properties } = first.finding;
  const idOf = (finding: Finding): string => ids.get(finding.fingerprint) ?? '';
  const command = fixCommand(findings, idOf);
  return {
    id: idOf(first.finding),
    title: first.finding.message,
    findings,
    ...(component === undefined ? {} : { component }),
    advisories: [...new Set(findings.flatMap(advisoryOf))],
    path: pathOf(first.finding),
    verdict: first.verdict,
    because: first.verdict.because,
    ...(properties.ownership === undefined ? {} : { owner: properties.ownership.owner }),
    fixHint: fixHints(findings, ruleOf),
    ...(command === undefined ? {} : { fixCommand: command }),
  };
};

/** The name people know it by: a CVE if it has one. */
export const advisoryOf = ({ vulnerability }: Finding): readonly string[] => {
  if (vulnerability === undefined) return [];
  return [[vulnerability.id, ...vulnerability.aliases].find((id) => id.startsWith('CVE-')) ?? vulnerability.id];
};
