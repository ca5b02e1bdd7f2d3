import type { Config, Enrichment, Finding, Reachability, Rule } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFinding, without } from '../../../../tests/support/finding.ts';
import { createPolicy } from './gate.ts';

const NOW = timestamp('2026-11-24T09:00:00Z');
const reach = (status: Reachability['status']): Enrichment => ({ reachability: { status, granularity: 'module', because: [] } });
const secretRule: Rule = {
  id: 'code/stripe-key',
  name: 'Stripe key',
  help: { why: '', fix: '', references: [] },
  severity: 'critical',
  confidence: 'high',
  taxa: ['CWE-798'],
  aliases: [],
};
const maliciousRule: Rule = { ...secretRule, id: 'build/malicious-package', name: 'Malicious package', taxa: ['CWE-506'] };
const verdictOf = (finding: Finding, config: Config = {}, failOn?: string) =>
  createPolicy({ config, rules: [secretRule, maliciousRule], ...(failOn !== undefined && { failOn }) }).decide([finding], NOW).verdicts[0];

describe('the default gate', () => {
  it.each([
    ['a reachable high vulnerability', aFinding({ properties: reach('reachable') }), 'act', 'reachable-high'],
    ['an executed one', aFinding({ properties: reach('executed') }), 'act', 'reachable-high'],
    ['a reachable medium one', aFinding({ severity: 'medium', properties: reach('reachable') }), 'track', 'tracked'],
    ['one whose reach is unknown', aFinding({ properties: reach('unknown') }), 'attend', 'severe'],
    ['one that nobody analysed', aFinding(), 'attend', 'severe'],
    [
      'one stated not affected',
      aFinding({ properties: { ...reach('reachable'), vex: { status: 'not_affected', author: 'Vendor' } } }),
      'track',
      'stated-not-affected',
    ],
    ['one stated affected', aFinding({ properties: { ...reach('reachable'), vex: { status: 'affected' } } }), 'act', 'reachable-high'],
    [
      'a malicious package, even for development only',
      aFinding({ ruleId: 'build/malicious-package', component: { purl: 'pkg:npm/a@1', bomRef: 'x', scope: 'excluded' } }),
      'act',
      'malicious',
    ],
    ['one proven unreachable', aFinding({ properties: reach('unreachable') }), 'track', 'proven-unreachable'],
    [
      'a known exploited one, reach unknown',
      aFinding({ severity: 'medium', properties: { ...reach('unknown'), exploitation: { ssvc: 'active', kev: true } } }),
      'act',
      'exploited',
    ],
    [
      'a known exploited one, proven unreachable',
      aFinding({ properties: { ...reach('unreachable'), exploitation: { ssvc: 'active', kev: true } } }),
      'track',
      'proven-unreachable',
    ],
    [
      'a development dependency, however bad',
      aFinding({
        severity: 'critical',
        component: { purl: 'pkg:npm/a@1', bomRef: 'x', scope: 'excluded' },
        properties: { ...reach('reachable'), exploitation: { ssvc: 'active', kev: true } },
      }),
      'track',
      'not-shipped',
    ],
    [
      'a live secret',
      without(aFinding({ ruleId: 'code/stripe-key', severity: 'critical' }), 'component', 'vulnerability'),
      'act',
      'secret-live',
    ],
    [
      'a secret of medium confidence',
      without(aFinding({ ruleId: 'code/stripe-key', confidence: 'medium' }), 'component', 'vulnerability'),
      'attend',
      'severe',
    ],
    [
      'an exposed bucket',
      without(aFinding({ ruleId: 'deploy/bucket-public', properties: { exposure: 'internet' } }), 'component', 'vulnerability'),
      'act',
      'exposed-high',
    ],
    [
      'an exposed bucket that the baseline knows',
      without(
        aFinding({ ruleId: 'deploy/bucket-public', properties: { exposure: 'internet', baseline: 'unchanged' } }),
        'component',
        'vulnerability',
      ),
      'attend',
      'severe',
    ],
    [
      'a bucket of unknown exposure',
      without(aFinding({ ruleId: 'deploy/bucket-public' }), 'component', 'vulnerability'),
      'attend',
      'severe',
    ],
  ])('%s', (_name, finding, action, rule) => {
    const verdict = verdictOf(finding);
    expect([verdict?.action, verdict?.rule]).toEqual([action, rule]);
    expect(verdict?.because.length).toBeGreaterThan(0);
  });

  it('judges alerts only', () => {
    expect(createPolicy({ config: {}, rules: [] }).decide([aFinding({ kind: 'open' })], NOW)).toMatchObject({
      result: 'PASSED',
      verdicts: [],
    });
  });
});

describe('the gate of a team', () => {
  it('comes first, and its rule is named', () => {
    const config: Config = {
      gate: { rules: [{ name: 'no-minimist', when: 'component == "minimist" && version.startsWith("1.")', action: 'act' }] },
    };
    expect(verdictOf(aFinding({ severity: 'low' }), config)).toMatchObject({ action: 'act', rule: 'no-minimist' });
  });

  it('--fail-on blocks on nothing else', () => {
    expect(verdictOf(aFinding({ properties: reach('reachable') }), {}, 'critical')).toMatchObject({ action: 'attend' });
    expect(verdictOf(aFinding({ severity: 'critical' }), {}, 'critical')).toMatchObject({ action: 'act', rule: 'fail-on' });
    expect(verdictOf(aFinding(), {}, 'high')).toMatchObject({ action: 'act' });
    expect(verdictOf(aFinding({ properties: reach('reachable') }), {}, 'none')).toMatchObject({ action: 'attend' });
  });

  it('may ask for the chance of exploitation; where none is published, it is neither high nor low', () => {
    const of = (epss: number | undefined, when: string) => {
      const exploitation = { ssvc: 'none', kev: false, ...(epss === undefined ? {} : { epss }) } as const;
      return verdictOf(aFinding({ severity: 'low', properties: { exploitation } }), {}, when)?.action === 'act';
    };
    expect([0.5, 0.1, 0.05, undefined].map((epss) => of(epss, 'epss >= 0.1'))).toEqual([true, true, false, false]);
    expect([0.5, 0, undefined].map((epss) => of(epss, 'epss < 0.1'))).toEqual([false, true, false]);
  });

  it.each(['severity ==', 'nope == "x"', '"high"', 'severity = "high"'])('refuses %s with its place', (when) => {
    expect(() => createPolicy({ config: {}, rules: [], failOn: when })).toThrow(/--fail-on/);
  });

  it('cannot be made slow by a pattern: matches runs in linear time', () => {
    const config: Config = { gate: { rules: [{ name: 'evil', when: 'message.matches("^(a+)+$")', action: 'act' }] } };
    expect(verdictOf(aFinding({ message: `${'a'.repeat(50_000)}!` }), config)).toMatchObject({ rule: 'severe' });
  });
});

describe('exceptions', () => {
  const exceptions = [{ id: 'CVE-2020-7598', reason: 'parsed from a constant', owner: '@shop/platform', expires: '2026-12-01' }];
  it('lower the action and stay in sight', () => {
    const verdict = verdictOf(aFinding({ properties: reach('reachable') }), { exceptions });
    expect(verdict).toMatchObject({ action: 'track*', rule: 'reachable-high', exception: { owner: '@shop/platform' } });
  });
  it('count no more once they expired', () => {
    const late = createPolicy({ config: { exceptions }, rules: [] }).decide(
      [aFinding({ properties: reach('reachable') })],
      timestamp('2026-12-02T00:00:00Z'),
    );
    expect(late.result).toBe('FAILED');
  });
});

describe('the gate as a function', () => {
  const RANK = ['act', 'attend', 'track*', 'track'];
  const severities = fc.constantFrom('critical', 'high', 'medium', 'low', 'info' as const);
  const statuses = fc.constantFrom('unreachable', 'unknown', 'loaded', 'reachable', 'executed' as const);

  it('never turns a failed run into a passed one by a finding more', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(severities, statuses), { minLength: 2, maxLength: 8 }), (cases) => {
        const findings = cases.map(([severity, status], i) =>
          aFinding({ severity, properties: reach(status), fingerprint: `sha256:${String(i).padStart(64, '0')}` }),
        );
        const policy = createPolicy({ config: {}, rules: [] });
        const order = ['PASSED', 'WARNED', 'FAILED'];
        expect(order.indexOf(policy.decide(findings, NOW).result)).toBeGreaterThanOrEqual(
          order.indexOf(policy.decide(findings.slice(1), NOW).result),
        );
      }),
    );
  });

  it('never asks for less when the code is nearer to what runs', () => {
    const nearer = ['unreachable', 'unknown', 'reachable', 'executed'] as const;
    fc.assert(
      fc.property(severities, fc.integer({ min: 1, max: 3 }), (severity, i) => {
        const action = (status: Reachability['status']) =>
          RANK.indexOf(verdictOf(aFinding({ severity, properties: reach(status) }))?.action ?? '');
        expect(action(nearer[i] ?? 'executed')).toBeLessThanOrEqual(action(nearer[i - 1] ?? 'unknown'));
      }),
    );
  });

  it('is the same for the same input', () => {
    const decide = () => createPolicy({ config: {}, rules: [secretRule] }).decide([aFinding()], NOW);
    expect(decide()).toEqual(decide());
  });
});

it('counts a flaw in a step of the pipeline, which runs with the credentials that publish', () => {
  const component = { purl: 'pkg:githubactions/a/b@1.0.0', bomRef: 'x', scope: 'excluded' } as const;
  const properties = { exploitation: { ssvc: 'active', kev: true } } as const;
  expect(verdictOf(aFinding({ component, properties }))).toMatchObject({ action: 'act', rule: 'exploited' });
  expect(verdictOf(aFinding({ component, severity: 'critical' }))).toMatchObject({ action: 'attend', rule: 'severe' });
});
