/** What of an attempted fix goes on record, and what may be said of it to others when it is proven. */
import type { Fix, Run, Sha256, Target } from '@breakwater/model';
import { publicUri } from '@breakwater/model';
import { byText } from '../lib/order.ts';
import type { Draft } from './record.ts';
import { digestSet, publicTarget, subjectOf } from './subject.ts';

export const FIX_TYPE = 'https://breakwater.dev/evidence/fix/v1';
/** in-toto's Simple Verification Result: says only what was proven, and other tools understand it. */
export const PROVEN_TYPE = 'https://in-toto.io/attestation/svr/v0.2';

/** A test run by its counts. `none` = the project has no tests; `skipped` = they were not run. */
export interface TestCounts {
  readonly status: 'passed' | 'failed' | 'none' | 'skipped';
  readonly passed?: number;
  readonly total?: number;
}

/** What remediation knows when a proof ends, proven or not. */
export interface FixProof {
  readonly tool: Run['tool'];
  readonly target: Target;
  readonly fix: Pick<Fix, 'kind' | 'findings' | 'strategy' | 'confidence'>;
  /** `files` relative to the root. */
  readonly patch: { readonly digest: Sha256; readonly files: readonly string[] };
  readonly rules: Sha256;
  readonly advisories?: Sha256;
  readonly before: { readonly alerts: number; readonly findings: Sha256 };
  /** `complete` false: a control could not look again, so nothing is proven. */
  readonly after: { readonly alerts: number; readonly findings: Sha256; readonly complete: boolean };
  /** Fingerprints that were there before and are not after. */
  readonly gone: readonly Sha256[];
  /** Fingerprints that were not there before. */
  readonly appeared: readonly Sha256[];
  /** `regressed`: a test that passed before fails after; a suite that was red before may stay red. */
  readonly tests: { readonly before: TestCounts; readonly after: TestCounts; readonly regressed: boolean };
  readonly durationMs: number;
  readonly commit?: string;
  readonly pullRequest?: string;
}

/** Gone, nothing new, looked at in full, and no test broken: the one place that says what proven means for the record. */
export const isProven = (proof: FixProof): boolean =>
  proof.after.complete &&
  proof.fix.findings.length > 0 &&
  proof.fix.findings.every((wanted) => proof.gone.includes(wanted)) &&
  proof.appeared.length === 0 &&
  !proof.tests.regressed;

/** The whole attempt, also when it failed: failed fixes belong to the population that an auditor asks for. */
export const fixStatement = (proof: FixProof): Draft => ({
  predicateType: FIX_TYPE,
  subject: [{ name: 'patch', digest: digestSet(proof.patch.digest) }, ...subjectOf(proof.target, proof.before.findings)],
  predicate: {
    tool: proof.tool,
    target: publicTarget(proof.target),
    rules: proof.rules,
    advisories: proof.advisories,
    before: proof.before,
    after: proof.after,
    tests: proof.tests,
    durationMs: proof.durationMs,
    commit: proof.commit,
    fix: { kind: proof.fix.kind, findings: sorted(proof.fix.findings), strategy: proof.fix.strategy, confidence: proof.fix.confidence },
    patch: { digest: proof.patch.digest, files: sorted(proof.patch.files) },
    gone: sorted(proof.gone),
    appeared: sorted(proof.appeared),
    pullRequest: proof.pullRequest === undefined ? undefined : publicUri(proof.pullRequest),
    proven: isProven(proof),
  },
});

/** For admission controllers and other verifiers; `undefined` unless proven, because this type can only say what holds. */
export const provenStatement = (proof: FixProof): Draft | undefined => {
  if (!isProven(proof)) return undefined;
  const tested = proof.tests.after.status === 'passed' ? ['BREAKWATER_TESTS_PASSED'] : [];
  return {
    predicateType: PROVEN_TYPE,
    subject: [{ name: 'patch', digest: digestSet(proof.patch.digest) }],
    predicate: {
      verifier: { id: 'https://breakwater.dev/verifier/fix/v1', version: { breakwater: proof.tool.version } },
      properties: ['BREAKWATER_FINDING_GONE', 'BREAKWATER_NONE_NEW', ...tested],
    },
  };
};

const sorted = <T extends string>(texts: readonly T[]): readonly T[] => [...texts].sort(byText);
