/** The last word on a run: what could not be decided, which exceptions are stale, and how it ends. */
import type { Config, Decision, Exception, Finding, Outcome, Problem, Rule, Target } from '@breakwater/model';
import { fingerprint } from '../lib/digest.ts';
import { EXPIRED, UNUSED } from '../policy/exception-rules.ts';
import { reviewExceptions } from '../policy/exceptions.ts';

export const concludeExceptions = (config: Config, findings: readonly Finding[], target: Target, now: string): readonly Finding[] => {
  const { expired, unused } = reviewExceptions(config.exceptions ?? [], findings, now);
  const finding = (rule: Rule, exception: Exception, message: string): Finding => ({
    ruleId: rule.id,
    kind: 'review',
    severity: rule.severity,
    confidence: rule.confidence,
    message,
    target,
    locations: [{ uri: 'breakwater.yaml', fullyQualifiedName: `exceptions.${exception.id}` }],
    fingerprint: fingerprint('exception/v1', rule.id, exception.id, exception.path ?? ''),
    properties: {},
  });
  return [
    ...expired.map((e) => finding(EXPIRED, e, `The exception for ${e.id} ended on ${e.expires}; the finding counts again`)),
    ...unused.map((e) => finding(UNUSED, e, `The exception for ${e.id} covers nothing`)),
  ];
};

/**
 * What a check could not decide, when its answer could have changed the verdict (severity high or critical), makes the run incomplete.
 * One problem for each file, so that a module full of variables is one line and not forty.
 */
export const undecided = (findings: readonly Finding[]): readonly Problem[] => {
  const open = findings.filter((f) => f.kind === 'open' && (f.severity === 'critical' || f.severity === 'high'));
  const files = [...new Set(open.map((f) => f.locations[0].uri))];
  return files.map((uri): Problem => {
    const here = open.filter((f) => f.locations[0].uri === uri);
    const first = here[0]?.locations[0].region?.startLine;
    const message =
      here.length === 1 ? (here[0]?.message ?? '') : `${here.length} checks could not be decided, the first: ${here[0]?.message ?? ''}`;
    const source = here[0]?.ruleId.startsWith('build/') ? 'dependencies' : 'infrastructure';
    return {
      code: 'BW5006',
      source,
      uri,
      ...(first !== undefined && { line: first }),
      message,
      hint: 'Give the value it depends on, or exclude the file with a reason in breakwater.yaml.',
      incomplete: true,
    };
  });
};

interface Ending {
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  readonly problems: readonly Problem[];
  /** Code, a lockfile or infrastructure was there. */
  readonly something: boolean;
}

/** Blocked and incomplete together are blocked (DESIGN §4). */
export const outcomeOf = ({ findings, decision, problems, something }: Ending): Outcome => {
  if (decision.result === 'FAILED') return 'blocked';
  if (problems.some((problem) => problem.incomplete)) return 'incomplete';
  return something || findings.some((f) => f.kind === 'fail') ? 'passed' : 'nothing';
};
