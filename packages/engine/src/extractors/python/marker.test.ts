import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extrasOf, holds } from './marker.ts';

const none = { extras: new Set<string>(), groups: new Set<string>() };
const withDefault = { extras: new Set<string>(), groups: new Set(['default']) };

describe('holds', () => {
  it.each([
    [undefined, true],
    ['python_version < "3.8"', true],
    ["extra == 'socks'", false],
    ["'socks' == extra", false],
    ["extra != 'socks'", true],
    ["extra == 'a' or python_version < '3'", true],
    ["(extra == 'a' or extra == 'b') and os_name == 'nt'", false],
    ["'dev' in dependency_groups", false],
    ["'dev' not in dependency_groups", true],
    ["'Default' in dependency_groups or 'dev' in dependency_groups", true],
    ["'all' in extras", false],
    ['~ not a marker', true],
    ['extra ==', true],
  ])('%s: %s', (marker, expected) => {
    expect(holds(marker, withDefault)).toBe(expected);
  });

  it('reads every name, however much stands before it', () => {
    expect(holds(`${"os_name == 'nt' and ".repeat(50)}extra == 'x'`, none)).toBe(false);
  });

  it('is bounded in depth and length, and never throws', () => {
    expect(holds('('.repeat(15_000), none)).toBe(true);
    expect(holds("extra == 'a' and ".repeat(100_000), none)).toBe(true);
    const word = fc.constantFrom('(', ')', ' and ', ' or ', ' not ', ' in ', 'extra', 'extras', '==', "'a'", '"b"', 'os_name', '!=');
    fc.assert(fc.property(fc.array(word), (words) => void extrasOf(words.join(' '))));
  });
});

describe('extrasOf', () => {
  it.each([
    [undefined, []],
    ['python_version < "3.8"', []],
    ["extra == 'Use_Chardet'", ['use-chardet']],
    ["extra == 'a' or extra == 'b'", ['a', 'b']],
    ["extra == 'a' and os_name == 'nt'", ['a']],
    ["extra != 'a'", []],
  ])('%s → %j', (marker, extras) => {
    expect(extrasOf(marker)).toEqual(extras);
  });
});
