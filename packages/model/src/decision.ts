/** What policy says of a run: one SSVC action for each finding, with the reason and the fact that would change it. */
import type { Finding } from './finding.ts';
import type { Sha256, Timestamp } from './scalar.ts';

/** CISA SSVC. act blocks a release; attend warns; track and track* are kept in sight. */
export const ACTIONS = ['act', 'attend', 'track*', 'track'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Verdict {
  readonly fingerprint: Sha256;
  readonly action: Action;
  /** Name of the gate rule that fired, e.g. `reachable-high`. */
  readonly rule: string;
  /** The facts that made it fire, one a line. */
  readonly because: readonly string[];
  /** The fact that would change the verdict. */
  readonly wouldChange?: string;
  /** The exception of breakwater.yaml that lowered the action. */
  readonly exception?: { readonly reason: string; readonly owner: string; readonly expires: string };
}

export interface Decision {
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  readonly policy: { readonly uri: string; readonly digest: Sha256 };
  readonly verdicts: readonly Verdict[];
}

/** Pure: same findings + same policy + same instant = same decision. */
export interface Policy {
  readonly uri: string;
  readonly digest: Sha256;
  decide(findings: readonly Finding[], at: Timestamp): Decision;
}
