/** The project's tests as they stand, run beside the planning of the change: what was red before must not count against it. */
import { join } from 'node:path';
import { copyProject, readIfThere } from '../files.ts';
import { isImporter, readLockfile } from '../npm/lockfile.ts';
import type { NpmOptions } from '../npm/registry.ts';
import { folderOf } from '../npm/targets.ts';
import type { RemedyOptions } from '../remedy.ts';
import type { NoSandbox, Sandbox } from '../sandbox/sandbox.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { cloneTree } from '../scratch.ts';
import type { StepLog } from '../steps.ts';
import type { SuiteRun } from '../suite/compare.ts';
import { install } from '../suite/install.ts';
import { runSuite, testScript } from '../suite/run-suite.ts';
import { keep, keptFolder, takeKept } from './kept-install.ts';

export interface TestJob {
  readonly root: string;
  readonly scratch: string;
  readonly manifests: readonly string[];
  readonly npm: NpmOptions;
  readonly legacyPeerDeps: (manifest: string) => boolean;
  readonly options: RemedyOptions;
  readonly log: StepLog;
  readonly cache?: string;
  readonly signal?: AbortSignal;
}

/** What is known before the change is ready: the tests as they stand, or why they cannot be run. */
export type Baseline =
  | { readonly kind: 'none' | 'not-run'; readonly detail: string }
  | {
      readonly kind: 'run';
      readonly sandbox: Sandbox;
      readonly suites: readonly { readonly manifest: string; readonly before: SuiteRun }[];
      /** Installed like the first copy; no test has run in it. */
      readonly copy: string;
      readonly installMs: number;
      readonly testMs: number;
    };

const TEST_MS = 600_000;

/** Never rejects but on abort: what goes wrong is why the tests were not run. */
export const openBaseline = async (job: TestJob): Promise<Baseline> => {
  const manifests = await withTests(job);
  if (manifests.length === 0) return { kind: 'none', detail: 'the project has no test script' };
  if (job.options.noTests === true) return { kind: 'not-run', detail: 'left out by --no-tests' };
  const sandbox = await openSandbox(job.scratch, job.options.trust === true);
  if (sandbox.kind === 'none') return { kind: 'not-run', detail: noSandbox(sandbox) };
  try {
    return await runBaseline(job, sandbox, manifests);
  } catch (error) {
    job.signal?.throwIfAborted();
    return { kind: 'not-run', detail: error instanceof Error ? error.message : String(error) };
  }
};

const runBaseline = async (job: TestJob, sandbox: Sandbox, manifests: readonly string[]): Promise<Baseline> => {
  const [folder, copy] = [join(job.scratch, 'run-before'), join(job.scratch, 'run-after')];
  const started = performance.now();
  await copyProject(job.root, folder, job.signal);
  for (const manifest of manifests) await installBase(job, folder, manifest, sandbox.layered);
  await cloneTree(folder, copy, sandbox.layered);
  const installed = performance.now();
  const suites = [];
  for (const manifest of manifests) suites.push({ manifest, before: await suite(job, sandbox, folder, manifest) });
  return { kind: 'run', sandbox, suites, copy, installMs: installed - started, testMs: performance.now() - installed };
};

/** Trees share files only where the tests of each run in a layer of their own. */
const installBase = async (job: TestJob, folder: string, manifest: string, linked: boolean): Promise<void> => {
  const project = join(folder, folderOf(manifest));
  const kept = await keptFor(job, project, manifest);
  const taken = kept !== undefined && (await takeKept(kept, project, linked));
  await installIn(job, folder, manifest);
  if (kept !== undefined && !taken) await keep(kept, project, linked);
};

/** Workspaces install into several folders: their trees are not kept. */
const keptFor = async (job: TestJob, project: string, manifest: string): Promise<string | undefined> => {
  const text = await readIfThere(job.root, manifest);
  const single = text !== undefined && [...readLockfile(text).packages.keys()].every((place) => place === '' || !isImporter(place));
  if (!single || job.cache === undefined) return undefined;
  return keptFolder(job.cache, join(project, lockName(manifest)), join(project, 'package.json'));
};

/** What is there already and matches the lockfile is left alone. */
export const installIn = (job: TestJob, folder: string, manifest: string): Promise<void> =>
  install(join(folder, folderOf(manifest)), lockName(manifest), job.npm, job.legacyPeerDeps(manifest));

const lockName = (manifest: string): string => manifest.split('/').at(-1) ?? '';

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

export const suite = (job: TestJob, sandbox: Sandbox, folder: string, manifest: string): Promise<SuiteRun> =>
  runSuite(sandbox, join(folder, folderOf(manifest)), job.options.testMs ?? TEST_MS, job.signal);
