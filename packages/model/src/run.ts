/** What one run of the pipeline hands to every surface: findings, decision, what was and what was not looked at. */
import type { Decision } from './decision.ts';
import type { ErrorCode } from './error.ts';
import type { Finding } from './finding.ts';
import type { Funnel } from './funnel.ts';
import type { Rule } from './rule.ts';
import type { Sha256, Timestamp } from './scalar.ts';
import type { Target } from './target.ts';

/** Something that went wrong or was left out, with its place and a next step. */
export interface Problem {
  readonly code: ErrorCode;
  /** The control or enricher that could not look, by its last word: `dependencies`. */
  readonly source: string;
  /** A file of the target, with its line where known. */
  readonly uri?: string;
  readonly line?: number;
  readonly message: string;
  readonly hint: string;
  /** true: a pass cannot be said (exit 4). false: worth knowing only. */
  readonly incomplete: boolean;
}

/** How one control or enricher ended. */
export interface StepOutcome {
  readonly id: string;
  readonly kind: 'control' | 'enricher';
  readonly status: 'complete' | 'partial' | 'failed' | 'timed-out' | 'skipped' | 'not-applicable';
  /** What was looked at: `412 packages`, `63 files`. */
  readonly looked: string;
  readonly durationMs: number;
}

/** Where the vulnerability facts came from; a digest makes the run reproducible. */
export interface AdvisoryOrigin {
  readonly asOf: Timestamp;
  readonly digest: Sha256;
  readonly records: number;
  readonly origin: 'snapshot' | 'built';
}

export interface Application {
  readonly name: string;
  readonly version?: string;
  readonly branch?: string;
}

export interface Run {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'breakwater'; readonly version: string };
  readonly application: Application;
  readonly target: Target;
  readonly startedAt: Timestamp;
  readonly durationMs: number;
  readonly advisories?: AdvisoryOrigin;
  readonly rulesDigest: Sha256;
  readonly steps: readonly StepOutcome[];
  /** Sorted: source, uri, line. Any with `incomplete` makes the run incomplete. */
  readonly problems: readonly Problem[];
  /** Stages and controls that were not part of this run, with the reason in brackets: `dast (no address)`. */
  readonly notLookedAt: readonly string[];
  readonly rules: readonly Rule[];
  /** Sorted by fingerprint; kinds other than `fail` are not alerts. */
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  readonly funnel: Funnel;
  readonly outcome: Outcome;
}

/** blocked = 1, incomplete = 4, nothing = 3; blocked wins over incomplete (DESIGN §4). */
export type Outcome = 'passed' | 'blocked' | 'incomplete' | 'nothing';
