/** What of a run and its decision goes on record: facts and fingerprints, never a message, a snippet or a value that might hold a secret. */
import type { Action, Run, Sha256, Verdict } from '@breakwater/model';
import { ACTIONS, BUCKETS, SEVERITIES } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import { byKeys, byText } from '../lib/order.ts';
import { canonical } from './canonical.ts';
import type { Draft } from './record.ts';
import { publicTarget, subjectOf } from './subject.ts';

export const RUN_TYPE = 'https://breakwater.dev/evidence/run/v1';
export const DECISION_TYPE = 'https://breakwater.dev/evidence/decision/v1';

/** What was looked at, with which rules and data, how far each step came, and the sums. Speaks of the population, not only of what acts. */
export const runStatement = (run: Run): Draft => ({
  predicateType: RUN_TYPE,
  subject: subjectOf(run.target, findingsDigest(run)),
  predicate: {
    tool: run.tool,
    application: run.application,
    target: publicTarget(run.target),
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    rules: run.rulesDigest,
    advisories: run.advisories,
    steps: run.steps.map(({ id, kind, status, looked, durationMs }) => ({ id, kind, status, looked, durationMs })),
    problems: run.problems.map(({ code, source, uri, line, incomplete }) => ({ code, source, uri, line, incomplete })),
    notLookedAt: run.notLookedAt,
    funnel: funnelOf(run),
    findings: {
      digest: findingsDigest(run),
      count: run.findings.length,
      kinds: countBy(run.findings.map((f) => f.kind)),
      severities: severitiesOf(run),
    },
    outcome: run.outcome,
  },
});

/** Every alert by fingerprint under its action and the gate rule that fired; exceptions with who answers for them and until when. */
export const decisionStatement = (run: Run): Draft => ({
  predicateType: DECISION_TYPE,
  subject: subjectOf(run.target, findingsDigest(run)),
  predicate: {
    tool: run.tool,
    target: publicTarget(run.target),
    findings: findingsDigest(run),
    policy: run.decision.policy,
    result: run.decision.result,
    outcome: run.outcome,
    verdicts: verdictGroups(run.decision.verdicts),
    exceptions: run.decision.verdicts
      .flatMap(({ fingerprint, action, exception }) => (exception === undefined ? [] : [{ fingerprint, action, ...exception }]))
      .sort(byKeys((e) => e.fingerprint)),
  },
});

/** One digest for all findings with their verdicts: binds a record to a SARIF or JSON report of the same run. */
export const findingsDigest = (run: Run): Sha256 => {
  const actions = new Map(run.decision.verdicts.map((v) => [v.fingerprint, v.action]));
  const rows = run.findings.map((f) => [f.fingerprint, f.ruleId, f.kind, f.severity, actions.get(f.fingerprint) ?? null]);
  return sha256(canonical(rows.map((row) => canonical(row)).sort(byText)));
};

const funnelOf = ({ funnel }: Run): object => ({
  alerts: funnel.alerts,
  shipped: funnel.shipped,
  loaded: funnel.loaded,
  reachable: funnel.reachable,
  act: funnel.act,
  attend: funnel.attend,
  track: funnel.track,
  notAffected: funnel.notAffected,
  buckets: Object.fromEntries(BUCKETS.map((bucket) => [bucket, funnel.buckets[bucket]])),
});

const severitiesOf = (run: Run): object => {
  const counted = countBy(run.findings.filter((f) => f.kind === 'fail').map((f) => f.severity));
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, counted[severity] ?? 0]));
};

const countBy = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
};

interface VerdictGroup {
  readonly action: Action;
  readonly rule: string;
  readonly fingerprints: readonly Sha256[];
}

/** Grouped, so that a thousand tracked findings cost one fingerprint each and no more. */
const verdictGroups = (verdicts: readonly Verdict[]): readonly VerdictGroup[] => {
  const groups = new Map<string, { action: Action; rule: string; fingerprints: Sha256[] }>();
  for (const { action, rule, fingerprint } of verdicts) {
    const key = `${action} ${rule}`;
    const group = groups.get(key) ?? { action, rule, fingerprints: [] };
    group.fingerprints.push(fingerprint);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, fingerprints: sorted(group.fingerprints) }))
    .sort(
      byKeys(
        (g) => ACTIONS.indexOf(g.action),
        (g) => g.rule,
      ),
    );
};

const sorted = <T extends string>(texts: readonly T[]): readonly T[] => [...texts].sort(byText);
