import type { Finding } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import type { RemedyItem, RemedyReport } from '../remediation/remedy.ts';
import { culpritsOf } from './culprits.ts';

const patch = (name: string, moved: readonly string[]): RemedyItem => ({
  kind: 'patch',
  strategy: 'direct-in-range',
  confidence: 0.9,
  findings: [`sha256:${name}`],
  manifest: 'package-lock.json',
  name,
  from: ['1.0.0'],
  to: ['1.0.1'],
  summary: name,
  why: '',
  weighed: 0,
  keeps: [],
  ranges: [],
  moves: moved.map((one) => ({ place: `node_modules/${one}`, name: one, from: '1.0.0', to: '1.0.1' })),
});
const brought: Finding = aFinding({
  message: 'qs 6.14.3 has a known flaw',
  component: { purl: 'pkg:npm/qs@6.14.3', bomRef: 'x', scope: 'required' },
});
const report = (
  items: readonly RemedyItem[],
  added: readonly Finding[],
  outcome: RemedyReport['outcome'] = 'not-proven',
): RemedyReport => ({
  outcome,
  items,
  fixes: [],
  files: [],
  patch: '',
  steps: [],
  durationMs: 0,
  proof: { proven: false, gates: [], alerts: { before: 1, after: 1 }, added: added.map((f) => f.fingerprint), packagesChanged: 1 },
});

describe('culprits', () => {
  const both = [patch('body-parser', ['body-parser', 'qs']), patch('ejs', ['ejs'])];
  it('are the parts that moved the package of a new alert', () => {
    expect(culpritsOf(report(both, [brought]), [brought]).map(({ item, reason }) => [item.summary, reason])).toEqual([
      ['body-parser', 'body-parser would bring a new alert: qs 6.14.3 has a known flaw'],
    ]);
  });
  it('are the parts that are nearest above a package they brought along', () => {
    const along = [patch('express', ['express']), patch('bytes', ['body-parser']), patch('ejs', ['ejs'])];
    const way = ['express@4.22.0', 'body-parser@1.20.6', 'qs@6.14.3'].map((fullyQualifiedName) => ({
      uri: 'package-lock.json',
      fullyQualifiedName,
    }));
    const deep = { ...brought, codeFlow: way };
    expect(culpritsOf(report(along, [deep]), [deep]).map(({ item }) => item.summary)).toEqual(['bytes']);
  });
  it('are none when nothing would be left, nothing is new, or it is proven', () => {
    expect(culpritsOf(report(both.slice(0, 1), [brought]), [brought])).toEqual([]);
    expect(culpritsOf(report(both, []), [brought])).toEqual([]);
    expect(culpritsOf(report(both, [brought], 'proven'), [brought])).toEqual([]);
  });
});
