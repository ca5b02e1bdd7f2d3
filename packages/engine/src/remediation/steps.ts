/** Each step of a remediation, announced when it starts and timed when it ends. */
import type { Step, StepEvent, StepName } from './remedy.ts';

export interface Ending<T> {
  readonly value: T;
  readonly state?: Step['state'];
  readonly note: string;
  /** Time of the same step that was spent beside another one. */
  readonly besideMs?: number;
}

export interface StepLog {
  readonly done: readonly Step[];
  /** A step that throws is recorded as failed; the error goes on. */
  run<T>(step: StepName, work: () => Promise<Ending<T>>): Promise<T>;
}

export const stepLog = (onStep: ((event: StepEvent) => void) | undefined): StepLog => {
  const done: Step[] = [];
  const end = (step: StepName, state: Step['state'], since: number, note: string, besideMs = 0): void => {
    const event: Step = { step, state, durationMs: performance.now() - since + besideMs, note };
    done.push(event);
    onStep?.(event);
  };
  return {
    done,
    run: async (step, work) => {
      const since = performance.now();
      onStep?.({ step, state: 'started' });
      try {
        const { value, state = 'done', note, besideMs } = await work();
        end(step, state, since, note, besideMs);
        return value;
      } catch (error) {
        end(step, 'failed', since, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
};

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
