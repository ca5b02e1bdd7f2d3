/** What enrichers add to a finding. Each key is owned by exactly one enricher; absent = not known, which policy must treat as such. */
import type { Location } from './location.ts';
import type { Timestamp } from './scalar.ts';

export const REACHABILITY = ['executed', 'reachable', 'loaded', 'unknown', 'unreachable'] as const;

/**
 * How close the vulnerable code is to what runs; each status is stronger evidence than the next.
 * executed: seen at run time. reachable: a static path from an entry point to the vulnerable function (or, where no function is
 * known, to the module). loaded: the module is loaded, no path to the vulnerable function found. unknown: the analysis is open
 * (dynamic require, eval, missing source); says where. unreachable: proven, with a certificate. Absence at run time never proves it.
 */
export interface Reachability {
  readonly status: (typeof REACHABILITY)[number];
  readonly granularity: 'package' | 'module' | 'function';
  readonly path?: readonly Location[];
  /** unknown: the open sites; unreachable: what was closed, so that a reader can check the proof. */
  readonly because: readonly string[];
}

export type VexJustification =
  | 'component_not_present'
  | 'vulnerable_code_not_present'
  | 'vulnerable_code_not_in_execute_path'
  | 'vulnerable_code_cannot_be_controlled_by_adversary'
  | 'inline_mitigations_already_exist';

export type Exposure = 'internet' | 'internal' | 'isolated';

export interface Enrichment {
  readonly reachability?: Reachability;
  readonly vex?: {
    readonly status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
    readonly justification?: VexJustification;
    /** Who states it. */
    readonly author?: string;
  };
  readonly exploitation?: {
    readonly ssvc: 'none' | 'poc' | 'active';
    readonly kev: boolean;
    /** Chance of exploitation in the next 30 days, 0..1. Absent = no score published, not zero. @see https://www.first.org/epss/ */
    readonly epss?: number;
  };
  readonly ownership?: {
    readonly owner: string;
    readonly source: 'CODEOWNERS' | 'config' | 'git' /** `CODEOWNERS:7` */;
    readonly at?: string;
  };
  readonly introduced?: { readonly commit: string; readonly author: string; readonly at: Timestamp };
  readonly exposure?: Exposure;
  readonly baseline?: 'new' | 'unchanged' | 'updated' | 'absent';
  readonly remedy?: { readonly kind: 'patch' | 'blocked' | 'suggest-only'; readonly summary: string };
}
