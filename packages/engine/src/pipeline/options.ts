/** What a surface may ask of a scan. Time comes in from outside, so that a test can hold it still. */
import type { Config, StatedVex } from '@breakwater/model';
import type { NamedEvidence } from '../extractors/reading.ts';

export type ScanEvent =
  | { readonly kind: 'started'; readonly id: string; readonly steps: number }
  | { readonly kind: 'doing'; readonly id: string; readonly what: string }
  | { readonly kind: 'ended'; readonly id: string; readonly looked: string; readonly status: string; readonly durationMs: number };

export interface ScanOptions {
  /** Absolute. */
  readonly root: string;
  /** As the user named it. */
  readonly uri: string;
  /** Absolute path of a bill of materials that is scanned in place of a tree; `root` is then its folder. */
  readonly sbom?: string;
  /** What VEX documents named by the user state. */
  readonly vex?: readonly StatedVex[];
  /** V8 coverage and CPU profiles that the user named. */
  readonly coverage?: readonly NamedEvidence[];
  /** Read from breakwater.yaml when absent. */
  readonly config?: Config;
  /** Names of controls, by their last word: `secrets`. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: string;
  readonly offline: boolean;
  /** Absolute folders. */
  readonly advisories: string;
  readonly cache: string;
  /** Steps side by side, ≥ 1. */
  readonly jobs: number;
  /** For each step. */
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly signal: AbortSignal;
  /** RFC 3339. */
  readonly now: () => string;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly onEvent: (event: ScanEvent) => void;
}
