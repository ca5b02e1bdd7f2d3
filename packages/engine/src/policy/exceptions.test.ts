import type { Exception } from '@breakwater/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import { checkExceptions, covers, dayNumber, reviewExceptions } from './exceptions.ts';

const exception = (over: Partial<Exception> = {}): Exception => ({
  id: 'CVE-2021-44906',
  reason: 'build only',
  owner: '@shop/platform',
  expires: '2026-12-31',
  ...over,
});

describe('dayNumber', () => {
  it('agrees with the calendar for every day of four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 150_000 }), (day) => {
        expect(dayNumber(new Date(day * 86_400_000).toISOString().replace(/^\+?0*/, ''))).toBe(day);
      }),
    );
  });
});

describe('exceptions', () => {
  it('cover a finding by advisory alias, rule and fingerprint, and only below their path', () => {
    const finding = aFinding({ vulnerability: { id: 'GHSA-xvch-5gv4-984h', aliases: ['CVE-2021-44906'] } });
    expect(covers(exception(), finding)).toBe(true);
    expect(covers(exception({ id: finding.ruleId }), finding)).toBe(true);
    expect(covers(exception({ id: finding.fingerprint.slice(7, 13) }), finding)).toBe(true);
    expect(covers(exception({ id: 'CVE-2000-0001' }), finding)).toBe(false);
    expect(covers(exception({ path: 'services/**' }), finding)).toBe(false);
    expect(covers(exception({ path: '*.json' }), finding)).toBe(true);
  });

  it('of more than 90 days are refused with the day that would do', () => {
    expect(() => checkExceptions([exception({ expires: '2027-02-22' })], '2026-11-24T09:00:00Z')).not.toThrow();
    expect(() => checkExceptions([exception({ expires: '2027-02-23' })], '2026-11-24T09:00:00Z')).toThrow(/BW|90 days/);
  });

  it('that expired or cover nothing are named; the day itself still counts', () => {
    const finding = aFinding({ vulnerability: { id: 'CVE-2021-44906', aliases: [] } });
    const review = (today: string) => reviewExceptions([exception(), exception({ id: 'CVE-2000-0001' })], [finding], today);
    expect(review('2026-12-31').expired).toEqual([]);
    expect(review('2026-12-31').unused.map((e) => e.id)).toEqual(['CVE-2000-0001']);
    expect(review('2027-01-01').expired).toHaveLength(2);
  });
});
