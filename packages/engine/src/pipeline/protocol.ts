/** What the main thread and a step's worker say to each other: plain data only. */
import type { Config, Enrichment, Finding, Sha256, StagedId, StatedVex, Target } from '@breakwater/model';
import type { DependencyGraph } from '../extractors/facts.ts';
import type { NamedEvidence, ReadProblem } from '../extractors/reading.ts';
import type { Inventory } from '../extractors/tree/open.ts';

/** Everything that the steps of one run share. */
export interface Surroundings {
  /** Absolute. */
  readonly root: string;
  readonly target: Target;
  readonly inventory: Inventory;
  readonly config: Config;
  readonly offline: boolean;
  readonly cache: string;
  readonly advisories: string;
  /** Of documents that the user named. */
  readonly vex: readonly StatedVex[];
  /** V8 coverage and CPU profiles that the user named. */
  readonly coverage?: readonly NamedEvidence[];
  /** The instant of the run, RFC 3339. */
  readonly now: string;
}

export type Job =
  | { readonly kind: 'inventory'; readonly id: 'inventory'; readonly surroundings: Surroundings }
  | { readonly kind: 'control'; readonly id: StagedId; readonly surroundings: Surroundings }
  | {
      readonly kind: 'enricher';
      readonly id: keyof Enrichment;
      readonly surroundings: Surroundings;
      readonly findings: readonly Finding[];
    };

/** From the worker. */
export type Said =
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'values'; readonly values: readonly (readonly [Sha256, unknown])[] }
  | { readonly kind: 'graphs'; readonly graphs: readonly DependencyGraph[] }
  | { readonly kind: 'problem'; readonly problem: ReadProblem }
  | { readonly kind: 'doing'; readonly what: string }
  | { readonly kind: 'looked'; readonly what: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string; readonly stack?: string };

/** To the worker. */
export interface Cancel {
  readonly kind: 'cancel';
}
