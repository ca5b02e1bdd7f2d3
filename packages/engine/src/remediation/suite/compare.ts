/** Whether a test that passed before the change fails after it. */
import type { Ended } from '../sandbox/process.ts';
import type { Counts } from './counts.ts';
import { readCounts } from './counts.ts';

export interface SuiteRun {
  readonly exit: number | undefined;
  readonly ended: Ended['ended'];
  readonly counts?: Counts;
  readonly durationMs: number;
  /** The end of what the tests printed. */
  readonly output: string;
}

export const suiteRun = (ended: Ended): SuiteRun => {
  const counts = readCounts(ended.output);
  return { exit: ended.exit, ended: ended.ended, ...(counts && { counts }), durationMs: ended.durationMs, output: ended.output };
};

export interface Comparison {
  readonly ok: boolean;
  readonly detail: string;
  /** Names of tests that fail only with the change. */
  readonly broken: readonly string[];
}

/** Counts decide where both runs give them; the exit code must not get worse in any case. */
export const compare = (before: SuiteRun, after: SuiteRun): Comparison => {
  const broken = after.counts?.failing.filter((name) => !before.counts?.failing.includes(name)) ?? [];
  const no = (detail: string): Comparison => ({ ok: false, detail, broken });
  if (after.ended !== 'by-itself') return no(`the tests did not end: ${after.ended}`);
  if (before.ended !== 'by-itself') return no(`the tests did not end before the change either: ${before.ended}`);
  if (before.exit === 0 && after.exit !== 0) return no(`${summary(after)}; they pass without the change`);
  if (before.counts && after.counts) return byCounts(before.counts, after.counts, after.exit === 0, broken);
  if (after.exit === 0) return { ok: true, detail: summary(after), broken };
  return no('the tests fail without the change too, and cannot be told apart');
};

const byCounts = (before: Counts, after: Counts, passes: boolean, broken: readonly string[]): Comparison => {
  const detail = `${after.passed} of ${after.passed + after.failed} pass, before ${before.passed} of ${before.passed + before.failed}`;
  if (after.passed < before.passed || after.failed > before.failed) return { ok: false, detail, broken };
  if (passes) return { ok: true, detail, broken };
  const named = before.failing.length === before.failed && after.failing.length === after.failed;
  if (broken.length > 0 || !named) return { ok: false, detail: `${detail}; others may fail now than did before`, broken };
  return { ok: true, detail: `${detail}; the same fail without the change`, broken };
};

const summary = (run: SuiteRun): string =>
  run.counts
    ? `${run.counts.passed} of ${run.counts.passed + run.counts.failed} pass`
    : run.exit === 0
      ? 'exit code 0'
      : `exit code ${run.exit ?? 'none'}`;
