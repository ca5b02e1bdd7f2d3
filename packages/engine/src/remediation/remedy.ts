/** What a caller asks of remediation and what it gets back: the plan, the proof, and where the change went. */
import type { Finding, Fix, Rule, Sha256 } from '@breakwater/model';
import type { OnBranch } from './deliver/branch.ts';
import type { InTree } from './deliver/tree.ts';
import type { PlanItem } from './npm/item.ts';
import type { NpmOptions } from './npm/registry.ts';

export interface RemedyOptions {
  /** Plan, apply and prove; deliver nothing. */
  readonly dryRun?: boolean;
  /** Commit onto a branch instead of writing to the work tree. */
  readonly branch?: boolean;
  /** Leave the project's tests out of the proof. */
  readonly noTests?: boolean;
  /** Run the project's tests without a sandbox. */
  readonly trust?: boolean;
  /** Move the project's own dependencies to a next major where nothing nearer helps. */
  readonly allowMajor?: boolean;
  /** Days that a release must have been public before it is chosen; 3 unless given, 0 waives. */
  readonly cooldownDays?: number;
  /** Longest test run; 600,000 ms unless given. */
  readonly testMs?: number;
}

export interface RemedyRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** Those to fix. */
  readonly findings: readonly Finding[];
  /** The rules of these findings, for advice on what cannot be fixed here. */
  readonly rules?: readonly Rule[];
  /** The same rules, controls and advisories for each call. Given a copy, which it must not change. */
  readonly scan: (folder: string) => Promise<readonly Finding[]>;
  /** Ids of the known flaws of a version; empty when there are none. */
  readonly isVulnerable: (name: string, version: string) => Promise<readonly string[]>;
  readonly options?: RemedyOptions;
  /** The user's npm configuration; read from the user's own files unless given. */
  readonly npm?: NpmOptions;
  /** Absolute folder for what the next run can use again; nothing is kept without it. */
  readonly cache?: string;
  readonly signal?: AbortSignal;
  readonly onStep?: (event: StepEvent) => void;
}

export type StepName = 'plan' | 'apply' | 'install' | 'scan' | 'test';

export type StepEvent =
  | { readonly step: StepName; readonly state: 'started' }
  /** `note` is the caption: `1 package; 3 other versions weighed`. */
  | { readonly step: StepName; readonly state: 'done' | 'failed' | 'skipped'; readonly durationMs: number; readonly note: string };

export type Step = Extract<StepEvent, { durationMs: number }>;

export type GateName = 'parses' | 'finding-gone' | 'nothing-new' | 'tests' | 'lockfile' | 'idempotent' | 'policy';

export interface Gate {
  readonly name: GateName;
  /** none: the project has no tests. not-run: they exist and were not run; `allowed` says whether the caller chose that. */
  readonly result: 'ok' | 'failed' | 'not-run' | 'none';
  readonly detail: string;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

export interface Proof {
  /** Every gate holds; tests may be missing only when there are none or the caller left them out. */
  readonly proven: boolean;
  readonly gates: readonly Gate[];
  readonly alerts: { readonly before: number; readonly after: number };
  /** Fingerprints that the change brings in, sorted. */
  readonly added: readonly Sha256[];
  readonly packagesChanged: number;
  readonly tests?: {
    readonly before?: TestCounts;
    readonly after?: TestCounts;
    readonly broken: readonly string[] /** What the tests printed last. */;
    readonly output: string;
  };
}

export interface ChangedFile {
  readonly uri: string;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

export interface RemedyReport {
  /** planned-only: nothing could be applied; each item says why. */
  readonly outcome: 'proven' | 'not-proven' | 'planned-only';
  readonly items: readonly RemedyItem[];
  /** The same in the model's terms; those of kind `patch` carry the edits. */
  readonly fixes: readonly Fix[];
  readonly proof?: Proof;
  readonly files: readonly ChangedFile[];
  /** Unified diff for `git apply`; empty when nothing changes. */
  readonly patch: string;
  /** Relative to the root; set when the patch was kept because it was not proven. */
  readonly patchFile?: string;
  /** Absent after a dry run and when nothing was proven. */
  readonly delivered?: InTree | OnBranch;
  readonly steps: readonly Step[];
  readonly durationMs: number;
}

/** Advice for a finding that no fixer handles. */
export interface Advice {
  readonly kind: 'suggest-only';
  readonly findings: readonly Sha256[];
  readonly strategy: 'by-hand';
  readonly confidence: number;
  readonly summary: string;
  readonly advice: string;
}

export type RemedyItem = PlanItem | Advice;
