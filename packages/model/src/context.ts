/** What a plugin needs from the world and what it is given; the engine refuses, visibly, to run what it cannot provide. */
import type { Timestamp } from './scalar.ts';

export interface Requirements {
  readonly network: boolean;
  readonly execution: 'none' | 'sandboxed';
  /** Programs on the PATH, e.g. `git`. */
  readonly tools?: readonly string[];
}

export interface Context {
  readonly signal: AbortSignal;
  readonly now: () => Timestamp;
  readonly log: (event: string, fields: object) => void;
}
