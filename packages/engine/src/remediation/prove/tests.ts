/** The project's tests without and with the change, each in its own installed copy. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyProject, readIfThere } from '../files.ts';
import { cloneTree } from '../scratch.ts';
import type { Applied } from '../npm/apply.ts';
import type { NpmOptions } from '../npm/registry.ts';
import { folderOf } from '../npm/targets.ts';
import type { Gate, Proof, RemedyOptions } from '../remedy.ts';
import type { NoSandbox, Sandbox } from '../sandbox/sandbox.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import type { StepLog } from '../steps.ts';
import type { Comparison, SuiteRun } from '../suite/compare.ts';
import { compare } from '../suite/compare.ts';
import { install } from '../suite/install.ts';
import { runSuite, testScript } from '../suite/run-suite.ts';

export interface TestJob {
  readonly root: string;
  readonly scratch: string;
  readonly manifests: readonly string[];
  readonly npm: NpmOptions;
  readonly legacyPeerDeps: (manifest: string) => boolean;
  readonly options: RemedyOptions;
  readonly log: StepLog;
  readonly signal?: AbortSignal;
}

export interface TestProof {
  readonly gate: Gate;
  readonly tests?: Proof['tests'];
}

/** What is known before the change is ready: the tests as they stand, or why they cannot be run. */
export type Baseline =
  | { readonly kind: 'none' | 'not-run'; readonly detail: string }
  | { readonly kind: 'run'; readonly sandbox: Sandbox; readonly suites: readonly { readonly manifest: string; readonly before: SuiteRun }[] };

const TEST_MS = 600_000;

/** Never rejects but on abort: what goes wrong is why the tests were not run. */
export const openBaseline = async (job: TestJob): Promise<Baseline> => {
  const manifests = await withTests(job);
  if (manifests.length === 0) return { kind: 'none', detail: 'the project has no test script' };
  if (job.options.noTests === true) return { kind: 'not-run', detail: 'left out by --no-tests' };
  const sandbox = await openSandbox(job.scratch, job.options.trust === true);
  if (sandbox.kind === 'none') return { kind: 'not-run', detail: noSandbox(sandbox) };
  try {
    const folder = join(job.scratch, 'run-before');
    await copyProject(job.root, folder, job.signal);
    for (const manifest of manifests) await install(join(folder, folderOf(manifest)), manifest.split('/').at(-1) ?? '', job.npm, job.legacyPeerDeps(manifest));
    await copyInstalled(job, folder);
    const suites = [];
    for (const manifest of manifests) suites.push({ manifest, before: await suite(job, sandbox, folder, manifest) });
    return { kind: 'run', sandbox, suites };
  } catch (error) {
    job.signal?.throwIfAborted();
    return { kind: 'not-run', detail: error instanceof Error ? error.message : String(error) };
  }
};

/** The installed tree is the start of the second one: only what changes is fetched and unpacked again. */
const copyInstalled = (job: TestJob, from: string): Promise<void> => cloneTree(from, join(job.scratch, 'run-after'));

const noSandbox = (none: NoSandbox): string => `no sandbox works on this machine (${none.reason}); --trust runs the tests without one`;

const withTests = async (job: TestJob): Promise<readonly string[]> => {
  const found = await Promise.all(
    job.manifests.map(async (manifest) => {
      const text = await readIfThere(job.root, [folderOf(manifest), 'package.json'].filter((part) => part !== '').join('/'));
      return text !== undefined && testScript(JSON.parse(text.replace(/^\uFEFF/, ''))) !== undefined ? [manifest] : [];
    }),
  );
  return found.flat();
};

const suite = (job: TestJob, sandbox: Sandbox, folder: string, manifest: string): Promise<SuiteRun> =>
  runSuite(sandbox, join(folder, folderOf(manifest)), job.options.testMs ?? TEST_MS, job.signal);

/** Installs the change into the second copy and runs the tests there. */
export const proveTests = async (job: TestJob, baseline: Baseline, applied: readonly Applied[]): Promise<TestProof> => {
  if (baseline.kind !== 'run') {
    await job.log.run('test', async () => ({ value: undefined, state: 'skipped', note: baseline.detail }));
    return { gate: { name: 'tests', result: baseline.kind, detail: baseline.detail } };
  }
  const folder = join(job.scratch, 'run-after');
  try {
    await job.log.run('install', async () => ({ value: await installChange(job, folder, baseline, applied), note: 'scripts off' }));
  } catch (error) {
    job.signal?.throwIfAborted();
    return { gate: { name: 'tests', result: 'failed', detail: error instanceof Error ? error.message : String(error) } };
  }
  return job.log.run('test', async () => {
    const runs = [];
    for (const { manifest, before } of baseline.suites) {
      const after = await suite(job, baseline.sandbox, folder, manifest);
      runs.push({ before, after, comparison: compare(before, after) });
    }
    job.signal?.throwIfAborted();
    const value = proofOf(runs);
    return { value, state: value.gate.result === 'ok' ? 'done' : 'failed', note: noteOf(value, baseline.sandbox) };
  });
};

const installChange = async (job: TestJob, folder: string, baseline: Baseline & { readonly kind: 'run' }, applied: readonly Applied[]): Promise<void> => {
  for (const edit of applied.flatMap((one) => one.edits)) await writeFile(join(folder, edit.uri), edit.after);
  for (const { manifest } of baseline.suites) {
    await install(join(folder, folderOf(manifest)), manifest.split('/').at(-1) ?? '', job.npm, job.legacyPeerDeps(manifest));
  }
};

const noteOf = (proof: TestProof, sandbox: Sandbox): string =>
  proof.gate.result === 'ok' ? `npm test ${sandbox.kind === 'bare' ? 'without a sandbox' : 'in a sandbox, no network'}` : proof.gate.detail;

interface Pair {
  readonly before: SuiteRun;
  readonly after: SuiteRun;
  readonly comparison: Comparison;
}

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

const total = (runs: readonly SuiteRun[]): { readonly passed: number; readonly failed: number } | undefined => {
  const counts = runs.flatMap((run) => run.counts ?? []);
  if (counts.length < runs.length) return undefined;
  return { passed: counts.reduce((sum, c) => sum + c.passed, 0), failed: counts.reduce((sum, c) => sum + c.failed, 0) };
};
