import { describe, expect, it } from 'vitest';
import { effectOf } from './cwe-effects.ts';

const effect = (cwes: readonly string[], aliases: readonly string[] = [], id = 'GHSA-a'): string =>
  effectOf({ id, aliases, cwes }, 'ejs 3.1.6');

describe('effectOf', () => {
  it.each([
    [['CWE-74', 'CWE-94'], 'Crafted input can run code through ejs 3.1.6'],
    [['CWE-20', 'CWE-471', 'CWE-1321'], 'Crafted input can change every object through ejs 3.1.6'],
    [['CWE-1333', 'CWE-400'], 'Crafted text can block the process through a slow pattern in ejs 3.1.6'],
    [['CWE-22'], 'A crafted path can reach files outside its folder through ejs 3.1.6'],
  ])('%j', (cwes, words) => {
    expect(effect(cwes)).toBe(words);
  });

  it('says that a malicious package is one', () => {
    expect(effect([], ['MAL-2024-1'])).toBe('ejs 3.1.6 is malicious: whoever installs it runs its code');
    expect(effect(['CWE-506'])).toBe(effect([], [], 'MAL-2024-1'));
  });

  it('names the flaw where its kind is not known, by CVE if there is one', () => {
    expect(effect(['CWE-99999', 'nonsense'], ['CVE-2022-29078'])).toBe('ejs 3.1.6 has a known flaw, CVE-2022-29078');
    expect(effect([])).toBe('ejs 3.1.6 has a known flaw, GHSA-a');
  });

  it('takes the name of a package as it is', () => {
    expect(effectOf({ id: 'GHSA-a', aliases: [], cwes: ['CWE-22'] }, '$& 1.0.0')).toContain('through $& 1.0.0');
  });
});
