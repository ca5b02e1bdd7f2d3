/** The project's tests with the change, set against those without it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Applied } from '../npm/apply.ts';
import type { Gate, Proof, TestCounts } from '../remedy.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Comparison, SuiteRun } from '../suite/compare.ts';
import { compare } from '../suite/compare.ts';
import type { Baseline, TestJob } from './baseline.ts';
import { installIn, suite } from './baseline.ts';

export interface TestProof {
  readonly gate: Gate;
  readonly tests?: Proof['tests'];
}

/** Installs the change into the second copy and runs the tests there. */
export const proveTests = async (job: TestJob, baseline: Baseline, applied: readonly Applied[]): Promise<TestProof> => {
  if (baseline.kind !== 'run') {
    await job.log.run('test', async () => ({ value: undefined, state: 'skipped', note: baseline.detail }));
    return { gate: { name: 'tests', result: baseline.kind, detail: baseline.detail } };
  }
  try {
    await job.log.run('install', async () => {
      const value = await installChange(job, baseline, applied);
      return { value, note: 'scripts off', besideMs: baseline.installMs };
    });
  } catch (error) {
    job.signal?.throwIfAborted();
    return { gate: { name: 'tests', result: 'failed', detail: error instanceof Error ? error.message : String(error) } };
  }
  return job.log.run('test', async () => {
    const value = proofOf(await runPairs(job, baseline));
    const state = value.gate.result === 'ok' ? 'done' : 'failed';
    return { value, state, note: noteOf(value, baseline.sandbox), besideMs: baseline.testMs };
  });
};

type Run = Baseline & { readonly kind: 'run' };

const installChange = async (job: TestJob, baseline: Run, applied: readonly Applied[]): Promise<void> => {
  for (const edit of applied.flatMap((one) => one.edits)) await writeFile(join(baseline.copy, edit.uri), edit.after);
  for (const { manifest } of baseline.suites) await installIn(job, baseline.copy, manifest);
};

interface Pair {
  readonly before: SuiteRun;
  readonly after: SuiteRun;
  readonly comparison: Comparison;
}

const runPairs = async (job: TestJob, baseline: Run): Promise<readonly Pair[]> => {
  const pairs: Pair[] = [];
  for (const { manifest, before } of baseline.suites) {
    const after = await suite(job, baseline.sandbox, baseline.copy, manifest);
    pairs.push({ before, after, comparison: compare(before, after) });
  }
  job.signal?.throwIfAborted();
  return pairs;
};

const noteOf = (proof: TestProof, sandbox: Sandbox): string =>
  proof.gate.result === 'ok' ? `npm test ${sandbox.kind === 'bare' ? 'without a sandbox' : 'in a sandbox, no network'}` : proof.gate.detail;

const proofOf = (runs: readonly Pair[]): TestProof => {
  const before = total(runs.map((run) => run.before));
  const after = total(runs.map((run) => run.after));
  const failed = runs.find((run) => !run.comparison.ok);
  return {
    gate: { name: 'tests', result: failed === undefined ? 'ok' : 'failed', detail: runs.map((run) => run.comparison.detail).join('; ') },
    tests: {
      ...(before && { before }),
      ...(after && { after }),
      broken: runs.flatMap((run) => run.comparison.broken),
      output: (failed ?? runs.at(-1))?.after.output.slice(-20_000) ?? '',
    },
  };
};

const total = (runs: readonly SuiteRun[]): TestCounts | undefined => {
  const counts = runs.flatMap((run) => run.counts ?? []);
  if (counts.length < runs.length) return undefined;
  return { passed: counts.reduce((sum, c) => sum + c.passed, 0), failed: counts.reduce((sum, c) => sum + c.failed, 0) };
};
