import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run as anyRun } from '../../../../../tests/arbitraries/run.ts';
import type { Finding } from '../../finding.ts';
import { funnelOf } from '../../funnel.ts';
import type { Rule } from '../../rule.ts';
import type { Run } from '../../run.ts';
import { timestamp } from '../../scalar.ts';
import { toSarif } from './to-sarif.ts';

const fingerprint = `sha256:${'7c'.repeat(32)}` as const;
const rule: Rule = {
  id: 'code/sql-injection',
  name: 'SQL built from input',
  help: { why: 'A caller can read other rows.', fix: 'Bind the value.', references: ['not an address', 'https://example.test/why'] },
  severity: 'high',
  confidence: 'high',
  taxa: ['CWE-89', 'ASVS-5.2.1'],
  aliases: ['js/sql-injection'],
};
const finding: Finding = {
  ruleId: 'code/sql-injection',
  kind: 'fail',
  severity: 'high',
  confidence: 'medium',
  message: 'Order search builds SQL, see [here](https://example.test)',
  target: { kind: 'directory', uri: '.' },
  locations: [{ uri: 'src/a b/größe:1.js', region: { startLine: 21, startColumn: 3 }, fullyQualifiedName: 'search' }],
  codeFlow: [{ uri: 'src/search.js', region: { startLine: 12 }, message: 'req.query.q' }],
  fingerprint,
  component: { purl: 'pkg:npm/pg@8.0.0', bomRef: 'pg', scope: 'required' },
  properties: {
    reachability: { status: 'reachable', granularity: 'function', because: [], path: [{ uri: 'src/app.js', region: { startLine: 1 } }] },
    exposure: 'internet',
  },
};
const runWith = (change: Partial<Run> = {}): Run => {
  const base: Omit<Run, 'funnel'> = {
    schemaVersion: '1',
    tool: { name: 'breakwater', version: '0.1.0' },
    application: { name: 'checkout' },
    target: { kind: 'directory', uri: '.' },
    startedAt: timestamp('2026-11-23T09:14:00Z'),
    durationMs: 10,
    rulesDigest: fingerprint,
    steps: [],
    problems: [],
    notLookedAt: [],
    rules: [rule],
    findings: [finding],
    decision: {
      result: 'FAILED',
      policy: { uri: 'breakwater:default', digest: fingerprint },
      verdicts: [{ fingerprint, action: 'act', rule: 'code-high-exposed', because: ['new'] }],
    },
    outcome: 'blocked',
    ...change,
  };
  return { ...base, funnel: funnelOf(base.findings, base.decision.verdicts) };
};
const first = (run: Run, ...rest: [Parameters<typeof toSarif>[1]?]) => toSarif(run, ...rest).runs[0];

describe('toSarif', () => {
  it('gives each result its rule, place, identity and verdict', () => {
    expect(first(runWith()).results[0]).toMatchObject({
      ruleId: 'code/sql-injection',
      ruleIndex: 0,
      kind: 'fail',
      level: 'error',
      message: { text: 'Order search builds SQL, see [here] (https://example.test)' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/a%20b/gr%C3%B6%C3%9Fe%3A1.js', uriBaseId: '%SRCROOT%' },
            region: { startLine: 21, startColumn: 3 },
          },
          logicalLocations: [{ fullyQualifiedName: 'search' }],
        },
      ],
      partialFingerprints: { 'breakwater/v1': '7c'.repeat(32) },
      properties: {
        action: 'act',
        because: ['new'],
        severity: 'high',
        confidence: 'medium',
        exposure: 'internet',
        reachability: { status: 'reachable', granularity: 'function' },
        component: { purl: 'pkg:npm/pg@8.0.0' },
      },
    });
  });

  it('tells the flow from the path that reaches it', () => {
    const flows = first(runWith()).results[0]?.codeFlows ?? [];
    expect(flows.map((f) => [f.properties.kind, f.threadFlows[0]?.locations.length])).toEqual([
      ['flow', 1],
      ['reachability', 1],
    ]);
    expect(first(runWith()).results[0]?.properties['reachability']).not.toHaveProperty('path');
  });

  it('describes the rule for people and for GitHub', () => {
    const { driver } = first(runWith()).tool;
    expect(driver.rules[0]).toMatchObject({
      helpUri: 'https://example.test/why',
      help: { text: expect.stringContaining('Bind the value.') },
      relationships: [{ target: { id: '89', index: 0, toolComponent: { name: 'CWE' } } }],
      properties: {
        stage: 'code',
        aliases: ['js/sql-injection'],
        'security-severity': '8.0',
        precision: 'high',
        tags: expect.arrayContaining(['security', 'external/cwe/cwe-089', 'ASVS-5.2.1']),
      },
    });
    expect(first(runWith()).taxonomies?.[0].taxa).toEqual([{ id: '89', helpUri: 'https://cwe.mitre.org/data/definitions/89.html' }]);
  });

  it('says suppressed of the excepted, and not suppressed of all others, or nothing of any', () => {
    const other = `sha256:${'8d'.repeat(32)}` as const;
    const verdict = { action: 'track', rule: 'r', because: [] } as const;
    const exception = { reason: 'test data', owner: '@shop/orders', expires: '2027-02-23' };
    const decision = {
      ...runWith().decision,
      verdicts: [
        { ...verdict, fingerprint, exception },
        { ...verdict, fingerprint: other },
      ],
    };
    const results = first(runWith({ findings: [finding, { ...finding, fingerprint: other }], decision })).results;
    expect(results[0]?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'test data (@shop/orders, until 2027-02-23)' },
    ]);
    expect(results[1]?.suppressions).toEqual([]);
    expect(first(runWith()).results[0]).not.toHaveProperty('suppressions');
  });

  it('is unsuccessful when something was not looked at, by problem or by step', () => {
    const problem = {
      code: 'BW3004',
      source: 'secrets',
      uri: 'a.js',
      line: 3,
      message: 'Too large.',
      hint: 'Split it.',
      incomplete: true,
    } as const;
    const step = { id: 'code/secrets', kind: 'control', status: 'failed', looked: '', durationMs: 0 } as const;
    expect(first(runWith()).invocations[0].executionSuccessful).toBe(true);
    expect(first(runWith({ problems: [{ ...problem, incomplete: false }] })).invocations[0].executionSuccessful).toBe(true);
    expect(first(runWith({ steps: [step] })).invocations[0].executionSuccessful).toBe(false);
    expect(first(runWith({ problems: [problem] })).invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'BW3004' },
          level: 'error',
          message: { text: 'Too large. Split it.' },
          locations: [{ physicalLocation: { region: { startLine: 3 } } }],
        },
      ],
    });
  });

  it('names the repository without credentials, and only when there is an address', () => {
    const revision = '3f9c2e1';
    const uri = `https://bot:${'word'}@git.example.test/shop.git?token=1#x`;
    const named = toSarif(runWith({ target: { kind: 'repository', uri, revision }, application: { name: 'checkout', branch: 'main' } }));
    expect(named.runs[0].versionControlProvenance).toMatchObject([
      { repositoryUri: 'https://git.example.test/shop.git', revisionId: revision, branch: 'main' },
    ]);
    expect(JSON.stringify(named)).not.toMatch(/bot:|token=/);
    expect(first(runWith({ target: { kind: 'directory', uri: '.', revision } }))).not.toHaveProperty('versionControlProvenance');
  });

  it('writes patches as fixes of the findings they name', () => {
    const edit = { uri: 'src/search.js', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }, insertedContent: 'x' };
    const patch = {
      kind: 'patch',
      findings: [fingerprint],
      strategy: 's',
      confidence: 0.9,
      summary: 'bind q',
      edits: [edit, edit],
    } as const;
    const blocked = {
      kind: 'blocked',
      findings: [fingerprint],
      strategy: 's',
      confidence: 0,
      summary: 'no',
      reason: 'none published',
    } as const;
    expect(first(runWith(), [patch, blocked]).results[0]?.fixes).toEqual([
      {
        description: { text: 'bind q' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'src/search.js', uriBaseId: '%SRCROOT%' },
            replacements: [1, 2].map(() => ({ deletedRegion: edit.region, insertedContent: { text: 'x' } })),
          },
        ],
      },
    ]);
  });

  it('gives a level other than none to failures only, and the same bytes for the same run whenever it ran', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const log = toSarif(run);
        for (const result of log.runs[0].results) expect(result.level === 'none').toBe(result.kind !== 'fail');
        const later = { ...structuredClone(run), startedAt: timestamp('2031-01-01T00:00:00Z'), durationMs: run.durationMs + 1 };
        expect(JSON.stringify(toSarif(later))).toBe(JSON.stringify(log));
      }),
    );
  });
});
