import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findings as anyFindings, verdictsOf } from '../../../tests/arbitraries/run.ts';
import type { Action, Verdict } from './decision.ts';
import type { Reachability } from './enrichment.ts';
import type { Component, Finding } from './finding.ts';
import { BUCKETS, bucketOf, funnelOf } from './funnel.ts';
import type { Sha256 } from './scalar.ts';

const digest = (n: number): Sha256 => `sha256:${n.toString(16).padStart(64, '0')}`;
const alert = (
  n: number,
  reach?: readonly [Reachability['status'], Reachability['granularity']],
  scope: Component['scope'] = 'required',
): Finding => ({
  ruleId: 'build/known-vulnerability',
  kind: 'fail',
  severity: 'high',
  confidence: 'high',
  message: 'm',
  target: { kind: 'directory', uri: '.' },
  locations: [{ uri: 'package-lock.json' }],
  fingerprint: digest(n),
  component: { purl: 'pkg:npm/a@1.0.0', bomRef: 'a', scope },
  properties: reach === undefined ? {} : { reachability: { status: reach[0], granularity: reach[1], because: [] } },
});
const verdict = (n: number, action: Action): Verdict => ({ fingerprint: digest(n), action, rule: 'r', because: [] });

describe('bucketOf', () => {
  it.each([
    [alert(1, ['executed', 'function']), 'track', 'reachable'],
    [alert(1, ['reachable', 'module']), 'attend', 'reachable'],
    [alert(1, ['loaded', 'module']), 'track', 'loaded'],
    [alert(1, ['unknown', 'package']), 'attend', 'unknown'],
    [alert(1, ['unreachable', 'function']), 'track', 'unreachable'],
    [alert(1, ['unreachable', 'module']), 'track', 'never-loaded'],
    [alert(1, ['unreachable', 'package']), 'track', 'never-loaded'],
    [alert(1), 'track*', 'reachable'],
    [alert(1, ['reachable', 'function'], 'excluded'), 'track', 'not-shipped'],
    [alert(1, ['unreachable', 'package'], 'excluded'), 'track', 'not-shipped'],
    [alert(1, undefined, 'optional'), 'track', 'reachable'],
    [alert(1, ['unreachable', 'function'], 'excluded'), 'act', 'act'],
  ] as const)('%# puts a finding behind the first wall that holds it', (finding, action, bucket) => {
    expect(bucketOf(finding, action)).toBe(bucket);
  });
});

describe('funnelOf', () => {
  it('subtracts wall by wall', () => {
    const found = [
      alert(1, undefined, 'excluded'),
      alert(2, ['unreachable', 'module']),
      alert(3, ['unreachable', 'function']),
      alert(4, ['loaded', 'module']),
      alert(5, ['unknown', 'module']),
      alert(6, ['reachable', 'function']),
      alert(7, ['reachable', 'function']),
      { ...alert(8), kind: 'open' as const },
    ];
    const actions: readonly Action[] = ['track', 'track', 'track', 'attend', 'track*', 'attend', 'act'];
    const funnel = funnelOf(
      found,
      actions.map((action, index) => verdict(index + 1, action)),
    );
    expect(funnel).toMatchObject({ alerts: 7, shipped: 6, loaded: 5, reachable: 2, act: 1, attend: 2, track: 1, notAffected: 3 });
    expect(funnel.decided.loaded).toEqual({ attend: 1, track: 0 });
    expect(funnel.decided.unknown).toEqual({ attend: 0, track: 1 });
  });

  it('is all zero for nothing', () => {
    expect(funnelOf([], [])).toMatchObject({ alerts: 0, shipped: 0, loaded: 0, reachable: 0, act: 0, attend: 0, track: 0, notAffected: 0 });
  });

  it('refuses an alert without a verdict, and asks none for what is no alert', () => {
    expect(() => funnelOf([alert(1)], [])).toThrow(expect.objectContaining({ code: 'BW5010' }));
    expect(() => funnelOf([alert(1)], [verdict(2, 'act')])).toThrow(expect.objectContaining({ code: 'BW5010' }));
    expect(funnelOf([{ ...alert(1), kind: 'review' }], []).alerts).toBe(0);
  });

  it('always adds up, in the column and in the verdict', () => {
    fc.assert(
      fc.property(
        anyFindings.chain((found) => fc.tuple(fc.constant(found), verdictsOf(found))),
        ([found, verdicts]) => {
          const f = funnelOf(found, verdicts);
          expect(f.alerts).toBe(found.filter((x) => x.kind === 'fail').length);
          expect(BUCKETS.reduce((n, bucket) => n + f.buckets[bucket], 0)).toBe(f.alerts);
          expect(f.act + f.attend + f.track + f.notAffected).toBe(f.alerts);
          expect(f.act).toBe(verdicts.filter((v) => v.action === 'act').length);
          expect(f.shipped).toBe(f.alerts - f.buckets['not-shipped']);
          expect([f.alerts, f.shipped, f.loaded, f.reachable, f.act]).toEqual(
            [f.alerts, f.shipped, f.loaded, f.reachable, f.act].toSorted((a, b) => b - a),
          );
          for (const bucket of BUCKETS) {
            const decided = f.decided[bucket];
            expect(decided.attend + decided.track).toBe(bucket === 'act' ? 0 : f.buckets[bucket]);
          }
        },
      ),
    );
  });

  it('throws as soon as one verdict is missing', () => {
    fc.assert(
      fc.property(
        anyFindings.chain((found) => fc.tuple(fc.constant(found), verdictsOf(found), fc.nat(10))),
        ([found, verdicts, n]) => {
          fc.pre(verdicts.length > 0);
          const dropped = verdicts.filter((_, index) => index !== n % verdicts.length);
          expect(() => funnelOf(found, dropped)).toThrow(expect.objectContaining({ code: 'BW5010' }));
        },
      ),
    );
  });
});
