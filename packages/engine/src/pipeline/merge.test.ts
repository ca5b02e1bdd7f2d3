import type { Problem, StepOutcome } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import { addValues, mergeFindings, mergeProblems, settleSteps } from './merge.ts';

describe('merging', () => {
  it('keeps one finding for one fingerprint, with all its places, sorted', () => {
    const first = aFinding({ fingerprint: `sha256:${'b'.repeat(64)}` });
    const second = aFinding({ fingerprint: `sha256:${'a'.repeat(64)}` });
    const elsewhere = { ...first, locations: [{ uri: 'other/package-lock.json' }] as const };
    const merged = mergeFindings([first, second, elsewhere]);
    expect(merged.map((f) => f.fingerprint[7])).toEqual(['a', 'b']);
    expect(merged[1]?.locations.map((l) => l.uri)).toEqual(['package-lock.json', 'other/package-lock.json']);
  });

  it('adds the value of an enricher and touches nothing else', () => {
    const finding = aFinding({ properties: { exposure: 'internet' } });
    const [enriched] = addValues([finding], 'ownership', new Map([[finding.fingerprint, { owner: '@a', source: 'CODEOWNERS' }]]));
    expect(enriched?.properties).toEqual({ exposure: 'internet', ownership: { owner: '@a', source: 'CODEOWNERS' } });
    expect(finding.properties).toEqual({ exposure: 'internet' });
  });

  it('says once what two steps saw', () => {
    const problem: Problem = {
      code: 'BW3010',
      source: 'dependencies',
      uri: 'package-lock.json',
      message: 'broken',
      hint: '',
      incomplete: true,
    };
    expect(mergeProblems([{ ...problem, source: 'reachability' }, problem])).toEqual([problem]);
  });

  it('calls a step complete when another names all that it could not read, and no other', () => {
    const step = (id: string, status: StepOutcome['status']): StepOutcome => ({ id, kind: 'control', status, looked: '', durationMs: 0 });
    const problem: Problem = {
      code: 'BW3010',
      source: 'dependencies',
      uri: 'package-lock.json',
      message: 'broken',
      hint: '',
      incomplete: true,
    };
    const settled = settleSteps(
      [step('build/dependencies', 'partial'), step('reachability', 'partial'), step('code/secrets', 'failed')],
      [problem],
    );
    expect(settled.map(({ status }) => status)).toEqual(['partial', 'complete', 'failed']);
  });
});
