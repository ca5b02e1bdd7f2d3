import type { Finding, Run, Verdict } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import { vexOf } from './statements.ts';

const runOf = (findings: readonly Finding[], verdicts: readonly Verdict[] = []): Run =>
  ({
    findings,
    decision: { verdicts },
    startedAt: timestamp('2026-11-24T00:00:00Z'),
    tool: { name: 'breakwater', version: '1' },
  }) as unknown as Run; // only what vexOf reads

const reach = (status: 'reachable' | 'unknown' | 'unreachable'): Pick<Finding, 'properties'> => ({
  properties: { reachability: { status, granularity: 'module', because: ['closed'] } },
});
const only = (run: Run) => vexOf(run, 'shop').statements[0];

it.each([
  ['unreachable', { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path', impact: 'closed' }],
  ['reachable', { status: 'affected', action: 'Update to 1.2.3' }],
  ['unknown', { status: 'under_investigation' }],
] as const)('%s', (status, expected) => {
  expect(only(runOf([aFinding(reach(status))]))).toMatchObject({
    ...expected,
    products: ['pkg:npm/minimist@1.2.0'],
    vulnerability: 'GHSA-vh95-rmgr-6w4m',
  });
});

it('an accepted risk is still affected, with who accepts it until when', () => {
  const finding = aFinding();
  const exception = { reason: 'no request reaches it', owner: '@team', expires: '2026-12-24' };
  const verdict: Verdict = { fingerprint: finding.fingerprint, action: 'track', rule: 'x', because: [], exception };
  expect(only(runOf([finding], [verdict]))).toMatchObject({
    status: 'affected',
    action: 'Accepted by @team until 2026-12-24: no request reaches it',
  });
});

it('a statement that it was given stands, with who made it', () => {
  const properties = { vex: { status: 'not_affected', justification: 'component_not_present', author: 'Vendor' } } as const;
  expect(only(runOf([aFinding({ properties })]))).toMatchObject({
    status: 'not_affected',
    justification: 'component_not_present',
    impact: 'stated by Vendor',
  });
});

it('one product in two places is as grave as the graver, and the same findings give the same id', () => {
  const findings = [aFinding(reach('unreachable')), aFinding({ ...reach('reachable'), fingerprint: `sha256:${'1'.repeat(64)}` })];
  const [a, b] = [vexOf(runOf(findings), 'shop'), vexOf(runOf([...findings].reverse()), 'shop')];
  expect(a.statements.map(({ status }) => status)).toEqual(['affected']);
  expect(a.id).toBe(b.id);
});

it('every version of a line is a product of its own', () => {
  const locations = ['minimist@1.2.0', 'minimist@1.1.0'].map((fullyQualifiedName) => ({ uri: 'package-lock.json', fullyQualifiedName }));
  const finding = aFinding({ locations: locations as unknown as Finding['locations'] }); // two locations are at least one
  expect(vexOf(runOf([finding]), 'shop').statements.map(({ products }) => products[0])).toEqual([
    'pkg:npm/minimist@1.1.0',
    'pkg:npm/minimist@1.2.0',
  ]);
});
