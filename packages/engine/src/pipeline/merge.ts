/** Puts the findings of all controls and the values of all enrichers together, in an order that is the same everywhere. */
import type { Finding, Problem, Sha256, StepOutcome } from '@breakwater/model';
import { byKeys, byText } from '../lib/order.ts';

/** One fingerprint, one finding: what two places share keeps both places. */
export const mergeFindings = (findings: readonly Finding[]): readonly Finding[] => {
  const byPrint = new Map<Sha256, Finding>();
  for (const finding of findings) {
    const known = byPrint.get(finding.fingerprint);
    byPrint.set(finding.fingerprint, known === undefined ? finding : { ...known, locations: [...known.locations, ...finding.locations] });
  }
  return [...byPrint.values()].sort((a, b) => byText(a.fingerprint, b.fingerprint));
};

export const addValues = (findings: readonly Finding[], key: string, values: ReadonlyMap<Sha256, unknown>): readonly Finding[] =>
  findings.map((finding) =>
    values.has(finding.fingerprint)
      ? { ...finding, properties: { ...finding.properties, [key]: values.get(finding.fingerprint) } }
      : finding,
  );

/** Two steps that read the same broken file say so once. */
export const mergeProblems = (problems: readonly Problem[]): readonly Problem[] => {
  const sorted = [...problems].sort(
    byKeys(
      (p) => p.source,
      (p) => p.uri ?? '',
      (p) => p.line ?? 0,
      (p) => p.code,
      (p) => p.message,
    ),
  );
  const seen = new Set<string>();
  return sorted.filter(({ code, uri, line, message }) => {
    const key = JSON.stringify([code, uri, line, message]);
    return !seen.has(key) && seen.add(key);
  });
};

/** A step that only saw what another one already names has nothing of its own left to say: it looked at the rest in full. */
export const settleSteps = (steps: readonly StepOutcome[], problems: readonly Problem[]): readonly StepOutcome[] => {
  const named = new Set(problems.filter((problem) => problem.incomplete).map((problem) => problem.source));
  return steps.map((step) =>
    step.status === 'partial' && !named.has(step.id.split('/').pop() ?? step.id) ? { ...step, status: 'complete' } : step,
  );
};
