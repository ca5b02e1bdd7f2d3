/** Runs the selected controls side by side, each in its own worker. */
import type { Finding, Problem, StepOutcome } from '@breakwater/model';
import { mapLimit } from '../lib/async.ts';
import { missingFor } from './detect.ts';
import type { ScanOptions } from './options.ts';
import type { Surroundings } from './protocol.ts';
import type { Selection } from './select.ts';
import type { StepOptions, StepResult } from './steps.ts';
import { runStep } from './steps.ts';

export interface ControlsResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly outcomes: readonly StepOutcome[];
  /** `dependencies (no lockfile)` */
  readonly absent: readonly string[];
}

export const stepOptions = (options: ScanOptions): StepOptions => ({
  limits: { timeoutMs: options.timeoutMs, memoryMb: options.memoryMb },
  signal: options.signal,
  clock: options.clock,
  onDoing: (id, what) => options.onEvent({ kind: 'doing', id, what }),
});

export const runControls = async (selection: Selection, surroundings: Surroundings, options: ScanOptions): Promise<ControlsResult> => {
  const { files, kind } = surroundings.inventory;
  const present = selection.ids.filter((id) => kind === 'sbom' || missingFor(id, files) === undefined);
  const results = await mapLimit(present, options.jobs, async (id): Promise<StepResult> => {
    options.onEvent({ kind: 'started', id, steps: present.length });
    const result = await runStep({ kind: 'control', id, surroundings }, stepOptions(options));
    options.onEvent({ ...result.outcome, kind: 'ended' });
    return result;
  });
  options.signal.throwIfAborted();
  const absent = selection.ids.filter((id) => !present.includes(id));
  return {
    findings: results.flatMap((result) => result.findings),
    problems: results.flatMap((result) => result.problems),
    outcomes: [...results.map((result) => result.outcome), ...absent.map(notApplicable)],
    absent: absent.map((id) => `${id.split('/').pop() ?? id} (${missingFor(id, surroundings.inventory.files) ?? ''})`),
  };
};

const notApplicable = (id: string): StepOutcome => ({ id, kind: 'control', status: 'not-applicable', looked: '', durationMs: 0 });
