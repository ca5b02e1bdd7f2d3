import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequirement } from './requirement.ts';
import { allows, exactVersion } from './version.ts';

describe('parseRequirement', () => {
  it.each([
    ['requests', { name: 'requests', extras: [], specifier: '' }],
    ['requests==2.32.5', { name: 'requests', extras: [], specifier: '==2.32.5' }],
    ['Requests [socks, use_chardet] >= 2.8.1, < 3', { name: 'Requests', extras: ['socks', 'use_chardet'], specifier: '>= 2.8.1,< 3' }],
    ['a[] (>=1.0,!=1.5.7)', { name: 'a', extras: [], specifier: '>=1.0,!=1.5.7' }],
    ['zope.interface~=5.4,', { name: 'zope.interface', extras: [], specifier: '~=5.4' }],
    ['a===1.0-legacy', { name: 'a', extras: [], specifier: '===1.0-legacy' }],
    ['tomli>=2 ; python_version < "3.11"', { name: 'tomli', extras: [], specifier: '>=2', marker: 'python_version < "3.11"' }],
    ['a @ git+https://example.org/a.git@v1', { name: 'a', extras: [], specifier: '', url: 'git+https://example.org/a.git@v1' }],
    [
      'a[b]@https://example.org/a;x.zip ; os_name=="nt"',
      { name: 'a', extras: ['b'], specifier: '', url: 'https://example.org/a;x.zip', marker: 'os_name=="nt"' },
    ],
  ])('%s', (text, expected) => {
    expect(parseRequirement(text)).toEqual(expected);
  });

  it.each(['', '-e .', './a', 'a b', 'a==', 'a=1', 'a[b', 'a[b c]', 'a @ ', '_a', 'a-', 'https://example.org/a.zip', '==1', 'a (>=1'])(
    '%s is none',
    (text) => {
      expect(parseRequirement(text)).toBeUndefined();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'aZ9.-_[](),;@ =<>!~*"\'#\t') }), (text) => void parseRequirement(text)));
  });
});

describe('exactVersion', () => {
  it.each([
    ['==1.0', '1.0'],
    ['=== 1.0', '1.0'],
    ['>=1,==1.0.post1', '1.0.post1'],
    ['==1!2.0+cpu', '1!2.0+cpu'],
    ['==1.*', undefined],
    ['>=1', undefined],
    ['~=1.0', undefined],
    ['', undefined],
    ['====1', undefined],
  ])('%s → %s', (specifier, version) => {
    expect(exactVersion(specifier)).toBe(version);
  });
});

describe('allows', () => {
  it.each([
    ['>=2,<3', '2.1', true],
    ['>=2,<3', '3.0', false],
    ['>=1.5.6,<1.5.7 || >1.5.7', '1.7.1', true],
    ['>=1.5.6,<1.5.7 || >1.5.7', '1.5.7', false],
    ['^1.2', '9', true],
    ['*', '1', true],
    ['', '1', true],
    ['>=1', 'no version !', true],
  ])('%s of %s: %s', (specifier, version, expected) => {
    expect(allows(specifier, version)).toBe(expected);
  });
});
