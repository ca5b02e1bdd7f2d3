import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sha256 } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../tests/arbitraries/run.ts';
import { canonical } from './canonical.ts';
import { type FixProof, fixStatement, isProven, provenStatement } from './fix-statements.ts';
import { openLedger } from './ledger.ts';
import { decisionStatement, findingsDigest, runStatement } from './statements.ts';
import { verifyLedger } from './verify.ts';

const sha = (byte: string): Sha256 => `sha256:${byte.repeat(32)}`;
const proof: FixProof = {
  tool: { name: 'breakwater', version: '0.1.0' },
  target: { kind: 'repository', uri: `https://bot:${'word'}@git.example.test/shop.git`, revision: '3f'.repeat(20) },
  fix: { kind: 'patch', findings: [sha('bb'), sha('aa')], strategy: 'direct-in-range', confidence: 0.95 },
  patch: { digest: sha('0c'), files: ['package.json', 'package-lock.json'] },
  rules: sha('01'),
  before: { alerts: 1811, findings: sha('02') },
  after: { alerts: 1809, findings: sha('03'), complete: true },
  gone: [sha('aa'), sha('bb'), sha('dd')],
  appeared: [],
  tests: { before: { status: 'passed', passed: 48, total: 48 }, after: { status: 'passed', passed: 48, total: 48 }, regressed: false },
  durationMs: 22_600,
};

describe('runStatement and decisionStatement', () => {
  it('record every alert once, under its action, and each exception', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const { predicate } = JSON.parse(canonical(decisionStatement(run)));
        const listed = predicate.verdicts.flatMap((group: { fingerprints: string[] }) => group.fingerprints);
        expect(listed.toSorted()).toEqual(run.decision.verdicts.map((v) => v.fingerprint).toSorted());
        expect(predicate.exceptions.length).toBe(run.decision.verdicts.filter((v) => v.exception).length);
        expect(predicate.findings).toBe(findingsDigest(run));
      }),
    );
  });

  it('hold no message, no help, no reason of a verdict and no author, wherever a secret might have slipped into one', () => {
    fc.assert(
      fc.property(anyRun, fc.constant(['sk', 'live', 'x'.repeat(20)].join('_')), (run, secret) => {
        const leaky = {
          ...run,
          target: { ...run.target, uri: `https://u:${secret}@h.example.test/r.git?k=${secret}` },
          findings: run.findings.map((f) => ({
            ...f,
            message: secret,
            locations: [{ uri: secret }] as const,
            codeFlow: [{ uri: secret }],
          })),
          problems: run.problems.map((p) => ({ ...p, message: secret, hint: secret })),
          decision: { ...run.decision, verdicts: run.decision.verdicts.map((v) => ({ ...v, because: [secret], wouldChange: secret })) },
        };
        expect(canonical([runStatement(leaky), decisionStatement(leaky)])).not.toContain(secret);
      }),
    );
  });

  it('name the target by its digests, or else what was found in it', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const [subject] = runStatement(run).subject;
        const known = {
          ...(run.target.digest && { sha256: run.target.digest.slice(7) }),
          ...(run.target.revision && { gitCommit: run.target.revision }),
        };
        expect(subject?.digest).toEqual(Object.keys(known).length > 0 ? known : { sha256: findingsDigest(run).slice(7) });
      }),
    );
  });

  it('give the findings one digest that sees a changed verdict and does not see their order', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(findingsDigest({ ...run, findings: run.findings.toReversed() })).toBe(findingsDigest(run));
        const [first, ...rest] = run.decision.verdicts;
        fc.pre(first !== undefined);
        const verdicts = [{ ...first, action: first.action === 'act' ? ('track' as const) : ('act' as const) }, ...rest];
        expect(findingsDigest({ ...run, decision: { ...run.decision, verdicts } })).not.toBe(findingsDigest(run));
      }),
    );
  });

  it('can be appended and verified, whatever the run', async () => {
    const root = await mkdtemp(join(tmpdir(), 'breakwater-statements-'));
    const folder = join(root, 'evidence');
    const ledger = await openLedger(folder, { keys: join(root, 'keys'), now: () => timestamp('2026-11-23T09:14:00Z') });
    await fc.assert(
      fc.asyncProperty(anyRun, async (run) => {
        await ledger.append(runStatement(run));
        await ledger.append(decisionStatement(run));
      }),
      { numRuns: 30 },
    );
    expect(await verifyLedger(folder)).toMatchObject({ ok: true });
    expect((await readFile(join(folder, 'log.ndjson'), 'utf8')).length).toBeGreaterThan(0);
    await rm(root, { recursive: true });
  });
});

describe('fixStatement', () => {
  it('is proven only when all is gone, nothing new, looked at in full and no test broken', () => {
    expect(isProven(proof)).toBe(true);
    const broken: readonly Partial<FixProof>[] = [
      { gone: [sha('aa')] },
      { appeared: [sha('ee')] },
      { after: { ...proof.after, complete: false } },
      { tests: { ...proof.tests, regressed: true } },
      { fix: { ...proof.fix, findings: [] } },
    ];
    for (const change of broken) {
      expect(isProven({ ...proof, ...change })).toBe(false);
      expect(provenStatement({ ...proof, ...change })).toBeUndefined();
      expect(fixStatement({ ...proof, ...change }).predicate).toMatchObject({ proven: false });
    }
  });

  it('claims passed tests only when they ran and passed', () => {
    expect(provenStatement(proof)?.predicate).toMatchObject({
      properties: ['BREAKWATER_FINDING_GONE', 'BREAKWATER_NONE_NEW', 'BREAKWATER_TESTS_PASSED'],
    });
    const untested = { ...proof, tests: { ...proof.tests, after: { status: 'none' as const } } };
    expect(provenStatement(untested)?.predicate).toMatchObject({ properties: ['BREAKWATER_FINDING_GONE', 'BREAKWATER_NONE_NEW'] });
  });

  it('lists only what is named, sorted, without credentials', () => {
    const wide = { ...proof, fix: { ...proof.fix, edits: ['content'], summary: 'content' }, extra: 'content' };
    const text = canonical(fixStatement(wide));
    expect(text).not.toMatch(/content|bot:/);
    expect(JSON.parse(text)).toMatchObject({
      subject: [{ name: 'patch' }, { digest: { gitCommit: '3f'.repeat(20) } }],
      predicate: { fix: { findings: [sha('aa'), sha('bb')] } },
    });
  });
});
