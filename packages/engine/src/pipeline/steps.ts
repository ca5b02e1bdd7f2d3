/** Runs one control or one enricher in its worker and turns every way it can end into an outcome and problems. */
import type { ErrorCode, Finding, Problem, Sha256, StepOutcome } from '@breakwater/model';
import type { DependencyGraph } from '../extractors/facts.ts';
import type { WorkerEnd, WorkerLimits } from '../lib/io/worker.ts';
import { runWorker } from '../lib/io/worker.ts';
import type { Job, Said } from './protocol.ts';

export interface StepResult {
  readonly outcome: StepOutcome;
  readonly findings: readonly Finding[];
  readonly values: ReadonlyMap<Sha256, unknown>;
  readonly problems: readonly Problem[];
  readonly graphs: readonly DependencyGraph[];
}

export interface StepOptions {
  readonly limits: WorkerLimits;
  readonly signal: AbortSignal;
  readonly onDoing: (id: string, what: string) => void;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

interface Heard {
  readonly findings: Finding[];
  readonly values: Map<Sha256, unknown>;
  readonly problems: Problem[];
  readonly looked: Set<string>;
  readonly graphs: DependencyGraph[];
  failed?: string;
  done: boolean;
}

const ENTRY = new URL('./worker.js', import.meta.url);

export const runStep = async (job: Job, options: StepOptions): Promise<StepResult> => {
  const started = options.clock();
  const heard: Heard = { findings: [], values: new Map(), problems: [], looked: new Set(), graphs: [], done: false };
  const source = job.id.split('/').pop() ?? job.id;
  const hear = (message: unknown): void => listen(heard, source, message as Said, (what) => options.onDoing(job.id, what)); // our own worker speaks
  const end = await runWorker(ENTRY, job, options.limits, options.signal, hear);
  const broken = problemOf(end, heard, source);
  const problems = broken === undefined ? heard.problems : [...heard.problems, broken];
  const status = statusOf(end, broken !== undefined, problems);
  const outcome: StepOutcome = {
    id: job.id,
    kind: job.kind === 'enricher' ? 'enricher' : 'control',
    status,
    looked: [...heard.looked].join(', '),
    durationMs: Math.round(options.clock() - started),
  };
  return { outcome, findings: heard.findings, values: heard.values, problems, graphs: heard.graphs };
};

const listen = (heard: Heard, source: string, said: Said, onDoing: (what: string) => void): void => {
  if (said.kind === 'findings') heard.findings.push(...said.findings);
  else if (said.kind === 'values') for (const [fingerprint, value] of said.values) heard.values.set(fingerprint, value);
  else if (said.kind === 'graphs') heard.graphs.push(...said.graphs);
  else if (said.kind === 'problem') heard.problems.push({ ...said.problem, source });
  else if (said.kind === 'doing') onDoing(said.what);
  else if (said.kind === 'looked') heard.looked.add(said.what);
  else if (said.kind === 'failed') heard.failed = said.message;
  else heard.done = true;
};

/** A worker that ended without its last word did not look at everything. */
const problemOf = (end: WorkerEnd, heard: Heard, source: string): Problem | undefined => {
  if (end.kind === 'cancelled') return undefined;
  if (end.kind === 'timed-out')
    return broken(
      'BW5004',
      source,
      `${source} was stopped after ${Math.round(end.afterMs / 1000)} s`,
      'Give it more time with --timeout, or exclude what it is slow on.',
    );
  if (end.kind === 'out-of-memory')
    return broken(
      'BW5005',
      source,
      `${source} needed more than ${end.limitMb} MB`,
      'Exclude the large file with a reason in breakwater.yaml.',
    );
  if (heard.failed !== undefined)
    return broken(
      'BW5003',
      source,
      `${source} failed: ${heard.failed}`,
      'The other results stand. If this is not about your data, report it as a defect.',
    );
  if (end.kind === 'crashed')
    return broken('BW5003', source, `${source} crashed: ${end.message}`, 'The other results stand. Report this as a defect of Breakwater.');
  return heard.done
    ? undefined
    : broken('BW5003', source, `${source} ended early`, 'The other results stand. Report this as a defect of Breakwater.');
};

const broken = (code: ErrorCode, source: string, message: string, hint: string): Problem => ({
  code,
  source,
  message,
  hint,
  incomplete: true,
});

const statusOf = (end: WorkerEnd, failed: boolean, problems: readonly Problem[]): StepOutcome['status'] => {
  if (end.kind === 'timed-out') return 'timed-out';
  if (failed) return 'failed';
  return problems.some((problem) => problem.incomplete) ? 'partial' : 'complete';
};
