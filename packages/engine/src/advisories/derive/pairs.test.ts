import fc from 'fast-check';
import { compare, lt } from 'semver';
import { describe, expect, it } from 'vitest';
import type { OsvEvent } from '../../extractors/facts.ts';
import { pairsOf } from './pairs.ts';

const facts = (...ranges: readonly (readonly OsvEvent[])[]) => ({ ranges: ranges.map((events) => ({ type: 'SEMVER' as const, events })) });
const VERSIONS = ['1.0.0', '1.0.1', '1.1.0-beta.1', '1.1.0', '1.1.1', '2.0.0', '2.0.1', '3.0.0'];
const short = (...args: Parameters<typeof pairsOf>) => pairsOf(...args).map((pair) => `${pair.vulnerable} ${pair.fixed} ${pair.distance}`);

describe('which releases are compared', () => {
  it.each([
    ['the last before the fix', facts([{ introduced: '0' }, { fixed: '1.1.1' }]), ['1.1.0 1.1.1 patch']],
    ['a stable one before a minor', facts([{ introduced: '0' }, { fixed: '1.1.0' }]), ['1.0.1 1.1.0 minor']],
    ['over a major', facts([{ introduced: '0' }, { fixed: '2.0.0' }]), ['1.1.1 2.0.0 major']],
    [
      'each branch, the nearest and newest first',
      facts([{ introduced: '0' }, { fixed: '1.1.0' }], [{ introduced: '2.0.0' }, { fixed: '2.0.1' }]),
      ['2.0.0 2.0.1 patch', '1.0.1 1.1.0 minor'],
    ],
    [
      'branches of one range',
      facts([{ introduced: '0' }, { fixed: '1.0.1' }, { introduced: '1.1.0' }, { fixed: '1.1.1' }]),
      ['1.1.0 1.1.1 patch', '1.0.0 1.0.1 patch'],
    ],
    ['the next when the fixed one is not there', facts([{ introduced: '0' }, { fixed: '1.0.2' }]), ['1.0.1 1.1.0 inexact']],
    ['nothing when there is none of that major', facts([{ introduced: '0' }, { fixed: '3.0.1' }]), []],
    ['nothing when none before it is affected', facts([{ introduced: '1.0.0' }, { fixed: '1.0.0' }]), []],
    ['nothing without a fix', facts([{ introduced: '0' }, { last_affected: '1.0.0' }]), []],
    [
      'what a source says is patched',
      { ...facts([{ introduced: '0' }, { last_affected: '1.0.0' }]), patched: '1.0.1' },
      ['1.0.0 1.0.1 patch'],
    ],
    ['nothing for a version that is none', facts([{ introduced: '0' }, { fixed: '1.x' }]), []],
  ])('%s', (_, one, expected) => {
    expect(short(one, VERSIONS)).toEqual(expected);
  });

  it('always lie within the range, in order, and do not depend on the order of the registry', () => {
    const version = fc.tuple(fc.nat(2), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(
        fc.uniqueArray(version, { minLength: 1 }),
        fc.array(fc.tuple(version, version), { minLength: 1, maxLength: 3 }),
        (all, spans) => {
          const one = facts(
            ...spans.map((span) => [...span].sort(compare)).map(([introduced = '', fixed = '']) => [{ introduced }, { fixed }]),
          );
          const pairs = pairsOf(one, all);
          expect(pairsOf(one, [...all].reverse())).toEqual(pairs);
          for (const { vulnerable, fixed, earlier } of pairs) {
            expect(all).toContain(vulnerable);
            expect(all).toContain(fixed);
            expect(lt(vulnerable, fixed)).toBe(true);
            for (const old of earlier) expect(lt(old, vulnerable)).toBe(true);
          }
        },
      ),
    );
  });
});
