import type { Decision, Problem } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import { concludeExceptions, outcomeOf, undecided } from './conclude.ts';

const decision = (result: Decision['result']): Decision => ({
  result,
  policy: { uri: 'x', digest: `sha256:${'0'.repeat(64)}` },
  verdicts: [],
});
const problem = (incomplete: boolean): Problem => ({ code: 'BW3010', source: 'dependencies', message: 'broken', hint: '', incomplete });
const end = (over: Partial<Parameters<typeof outcomeOf>[0]>) =>
  outcomeOf({ findings: [], decision: decision('PASSED'), problems: [], something: true, ...over });

describe('the outcome', () => {
  it('is a pass only when everything was looked at', () => {
    expect(end({})).toBe('passed');
    expect(end({ decision: decision('WARNED') })).toBe('passed');
    expect(end({ problems: [problem(false)] })).toBe('passed');
    expect(end({ problems: [problem(true)] })).toBe('incomplete');
  });
  it('is blocked even when something was not looked at', () =>
    expect(end({ decision: decision('FAILED'), problems: [problem(true)] })).toBe('blocked'));
  it('is nothing without code, lockfile or infrastructure, unless something was found', () => {
    expect(end({ something: false })).toBe('nothing');
    expect(end({ something: false, findings: [aFinding()] })).toBe('passed');
  });
});

describe('what could not be decided', () => {
  it('makes one problem for each file, from severe checks alone', () => {
    const open = aFinding({ kind: 'open', locations: [{ uri: 'main.tf', region: { startLine: 7 } }], message: 'cannot tell' });
    expect(undecided([open, open, { ...open, severity: 'low' }])).toMatchObject([
      { code: 'BW5006', uri: 'main.tf', line: 7, incomplete: true, message: expect.stringContaining('2 checks') },
    ]);
    expect(undecided([{ ...open, severity: 'medium' }, aFinding()])).toEqual([]);
  });
});

describe('stale exceptions', () => {
  it('are findings to review, never alerts', () => {
    const exceptions = [{ id: 'CVE-2000-0001', reason: 'r', owner: '@a', expires: '2026-11-20' }];
    const [finding] = concludeExceptions({ exceptions }, [], { kind: 'directory', uri: '.' }, '2026-11-24T00:00:00Z');
    expect(finding).toMatchObject({ ruleId: 'feedback/exception-expired', kind: 'review' });
  });
});
