/** The loop's second half: plan → apply → prove → deliver, with the same scan as judge, and the attempt on record. */
import type { Finding, Run, Timestamp } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { openIndex } from '../advisories/open.ts';
import { judge } from '../controls/build/dependencies/affected.ts';
import { orderingOf } from '../ecosystems/versions/ordering.ts';
import type { FixProof } from '../evidence/fix-statements.ts';
import { fixStatement, provenStatement } from '../evidence/fix-statements.ts';
import { openLedger } from '../evidence/ledger.ts';
import { findingsDigest } from '../evidence/statements.ts';
import { sha256 } from '../lib/digest.ts';
import { VERSION } from '../lib/version.ts';
import { remediate } from '../remediation/remediate.ts';
import type { RemedyItem, RemedyOptions, RemedyReport, StepEvent } from '../remediation/remedy.ts';
import { blockedBy } from '../remediation/report.ts';
import { culpritsOf } from './culprits.ts';
import type { ScanOptions } from './options.ts';
import { evidenceFolder } from './record.ts';
import { scan } from './scan.ts';

export interface FixRequest {
  readonly scan: ScanOptions;
  /** The run that found what is to be fixed, over the tree as it is. */
  readonly before: Run;
  readonly findings: readonly Finding[];
  readonly options: RemedyOptions;
  readonly onStep: (event: StepEvent) => void;
  /** Another attempt begins without what these sentences name. */
  readonly onRetry: (reasons: readonly string[]) => void;
}

export interface Fixed {
  readonly report: RemedyReport;
  /** Of the copy with the change; absent when nothing was applied. */
  readonly after?: Run;
}

/** Throws what remediation throws, and BW6002 when the copy could not be looked at in full: then nothing is proven. */
export const fix = async (request: FixRequest): Promise<Fixed> => {
  const index = await openIndex(request.scan.advisories);
  const started = request.scan.clock();
  let after: Run | undefined;
  const scanCopy = async (folder: string): Promise<readonly Finding[]> => {
    after = await scan({ ...request.scan, root: folder, onEvent: () => undefined });
    refuseIncomplete(request.before, after);
    return after.findings;
  };
  const isVulnerable = async (name: string, version: string): Promise<readonly string[]> => {
    const known = (await index.advisoriesOf('npm', [name])).get(name) ?? [];
    return known.filter((advisory) => judge(advisory, version, orderingOf('npm')) !== 'not-affected').map((advisory) => advisory.id);
  };
  const attempt = (findings: readonly Finding[]): Promise<RemedyReport> =>
    remediate({
      root: request.scan.root,
      findings,
      rules: request.before.rules,
      scan: scanCopy,
      isVulnerable,
      options: request.options,
      cache: request.scan.cache,
      signal: request.scan.signal,
      onStep: request.onStep,
    });
  try {
    let findings = request.findings;
    let report = await attempt(findings);
    const left: RemedyItem[] = [];
    for (let again = 0; again < MOST_RETRIES && after !== undefined; again += 1) {
      const culprits = culpritsOf(report, after.findings);
      if (culprits.length === 0) break;
      request.onRetry(culprits.map(({ reason }) => reason));
      left.push(...culprits.map(({ item, reason }) => blockedBy(item, reason)));
      const dropped = new Set(culprits.flatMap(({ item }) => item.findings));
      findings = findings.filter((finding) => !dropped.has(finding.fingerprint));
      report = await attempt(findings);
    }
    const durationMs = request.scan.clock() - started;
    return { report: { ...report, durationMs, items: [...left, ...report.items] }, ...(after !== undefined && { after }) };
  } finally {
    await index.close();
  }
};

const MOST_RETRIES = 2;

/** A control that looked before and could not look again would make its findings seem gone. */
const refuseIncomplete = (before: Run, after: Run): void => {
  const known = new Set(before.problems.map((problem) => JSON.stringify([problem.code, problem.uri, problem.message])));
  const fresh = after.problems.find(
    (problem) => problem.incomplete && !known.has(JSON.stringify([problem.code, problem.uri, problem.message])),
  );
  if (fresh === undefined) return;
  throw new BreakwaterError('BW6002', `the changed copy could not be looked at in full: ${fresh.message}`, fresh.hint);
};

/** Appends the attempt, and when it is proven the statement that other tools understand. Returns the record's number. */
export const recordFix = async (
  request: FixRequest,
  { report, after }: Fixed,
  keys: string,
  now: () => Timestamp,
): Promise<number | undefined> => {
  if (report.proof === undefined || after === undefined) return undefined;
  const ledger = await openLedger(evidenceFolder(request.scan.root), { keys, now });
  const proof = proofOf(request, report, after);
  const { number } = await ledger.append(fixStatement(proof));
  const proven = provenStatement(proof);
  if (proven !== undefined && report.outcome === 'proven') await ledger.append(proven);
  return number;
};

const proofOf = ({ before, findings }: FixRequest, report: RemedyReport, after: Run): FixProof => {
  const patches = report.fixes.filter((one) => one.kind === 'patch');
  const fixed = new Set(patches.flatMap((one) => one.findings));
  const left = new Set(after.findings.map((finding) => finding.fingerprint));
  const tests = report.proof?.tests;
  const gate = report.proof?.gates.find((one) => one.name === 'tests');
  const counts = (ran: { readonly passed: number; readonly failed: number } | undefined): FixProof['tests']['before'] => {
    if (ran !== undefined) return { status: ran.failed === 0 ? 'passed' : 'failed', passed: ran.passed, total: ran.passed + ran.failed };
    return {
      status: gate?.result === 'none' ? 'none' : gate?.result === 'ok' ? 'passed' : gate?.result === 'failed' ? 'failed' : 'skipped',
    };
  };
  return {
    tool: { name: 'breakwater', version: VERSION },
    target: before.target,
    fix: {
      kind: 'patch',
      findings: findings.map((f) => f.fingerprint).filter((print) => fixed.has(print)),
      strategy: patches.map((one) => one.strategy).sort()[0] ?? 'none',
      confidence: Math.min(1, ...patches.map((one) => one.confidence)),
    },
    patch: { digest: sha256(report.patch), files: report.files.map((file) => file.uri) },
    rules: before.rulesDigest,
    ...(before.advisories !== undefined && { advisories: before.advisories.digest }),
    before: { alerts: before.funnel.alerts, findings: findingsDigest(before) },
    after: { alerts: after.funnel.alerts, findings: findingsDigest(after), complete: true },
    gone: before.findings.map((finding) => finding.fingerprint).filter((print) => !left.has(print)),
    appeared: report.proof?.added ?? [],
    tests: { before: counts(tests?.before), after: counts(tests?.after), regressed: gate?.result === 'failed' },
    durationMs: Math.round(report.durationMs),
    ...(report.delivered?.kind === 'branch' && { commit: report.delivered.commit }),
  };
};
