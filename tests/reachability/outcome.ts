/** What is known of one fact after a run. */
import type { Reachability } from '@breakwater/model';
import type { AppKind } from './apps.ts';
import type { Half } from './facts.ts';
import type { StepCheck } from './path-check.ts';
import type { Truth } from './truth.ts';

export interface Outcome {
  readonly id: string;
  readonly class: string;
  readonly half: Half;
  readonly kind: AppKind;
  readonly fixed: boolean;
  /** Qualified name of the function around the sink. */
  readonly fn?: string;
  readonly sinkFile?: string;
  readonly reached: Truth['reached'];
  readonly timedOut: boolean;
  /** What the program said on standard error, cut. */
  readonly said: string;
  readonly verdict?: Reachability;
  readonly error?: string;
  readonly ms: number;
  readonly peakMb: number;
  /** One for each step of a claimed path. */
  readonly steps: readonly StepCheck[];
}
