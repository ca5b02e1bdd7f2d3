/** SARIF reportingDescriptor, plus the stage it guards. The same for every finding of the rule. */
import type { Confidence, Severity } from './severity.ts';
import type { StagedId } from './stage.ts';

export interface Rule {
  readonly id: StagedId;
  readonly name: string;
  readonly help: {
    /** The harm, in one sentence. */
    readonly why: string;
    /** An imperative with the exact change. */
    readonly fix: string;
    readonly references: readonly string[];
  };
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** CWE-79, SSDF-PW.7, CIS-AWS-2.1.1, ASVS-5.2.1 … CWE first. */
  readonly taxa: readonly string[];
  /** What peers call the same check (CKV_AWS_20, AVD-AWS-0092, …): their suppressions are honoured, results compare. */
  readonly aliases: readonly string[];
}
