import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddress } from './address.ts';
import { algorithmOf, digestsOf, integrityOf } from './digest.ts';
import { allOf, isLicenceExpression } from './licence.ts';
import { anyVersion, purlParts, withVersion } from './purl.ts';
import { componentRef, escaped, manifestOfRef, manifestRef, subjectRef } from './reference.ts';
import { regionOf, regionText } from './region.ts';

describe('licence expressions', () => {
  it.each(['MIT', 'MIT OR Apache-2.0', '(MIT AND (ISC OR BSD-3-Clause))', 'GPL-2.0+', 'GPL-2.0-only WITH Classpath-exception-2.0 OR MIT'])(
    '%s is one',
    (text) => expect(isLicenceExpression(text)).toBe(true),
  );
  it.each(['DocumentRef-a:LicenseRef-b', 'LicenseRef-b'])('%s is one', (text) => expect(isLicenceExpression(text)).toBe(true));
  it.each([
    '',
    ' ',
    'MIT ISC',
    'MIT OR',
    'OR MIT',
    '(MIT',
    'MIT)',
    '()',
    'MIT/ISC',
    'MIT, ISC',
    'see the file',
    '(MIT) WITH a',
    'MIT WITH a WITH b',
  ])('%j is none', (text) => expect(isLicenceExpression(text)).toBe(false));
  it.each(['MIT or ISC', 'MIT AND with', 'https://example.test/licence', 'MIT\nOR ISC', 'MIT OR é', 'MIT WITH (a)', ')MIT('])(
    '%j is none',
    (text) => expect(isLicenceExpression(text)).toBe(false),
  );

  it('are joined so that each still holds', () => {
    expect(allOf([])).toBeUndefined();
    expect(allOf(['any words'])).toBe('any words');
    expect(allOf(['MIT OR ISC', 'GPL-2.0-only'])).toBe('(MIT OR ISC) AND GPL-2.0-only');
    fc.assert(
      fc.property(fc.array(fc.constantFrom('MIT', 'MIT OR ISC', '(ISC)', 'a WITH b'), { minLength: 1 }), (list) => {
        expect(isLicenceExpression(allOf(list) ?? '')).toBe(true);
      }),
    );
  });
});

describe('digests', () => {
  it('are the same in both spellings, strongest first', () => {
    const zeros = (bytes: number) => '00'.repeat(bytes);
    expect(digestsOf(`sha1-${btoa('\0'.repeat(20))} sha512-${btoa('\0'.repeat(64))} odd`)).toEqual([
      { algorithm: 'sha512', hex: zeros(64) },
      { algorithm: 'sha1', hex: zeros(20) },
    ]);
    expect(digestsOf(`sha256:${'AB'.repeat(32)}`)).toEqual([{ algorithm: 'sha256', hex: 'ab'.repeat(32) }]);
    expect(integrityOf([{ algorithm: 'sha256', hex: zeros(32) }])).toBe(`sha256-${btoa('\0'.repeat(32))}`);
  });

  it('of a wrong length or kind are none', () => {
    for (const text of ['', 'sha512-AAAA', 'md5-1B2M2Y8AsgTpgAmY7PhCfg==', `sha256:${'0'.repeat(40)}`, `sha1-${'A'.repeat(27)}`]) {
      expect(digestsOf(text)).toEqual(text.startsWith('sha1') ? [{ algorithm: 'sha1', hex: '00'.repeat(20) }] : []);
    }
    expect(integrityOf([{ algorithm: 'sha1', hex: 'zz'.repeat(20) }])).toBeUndefined();
    expect([algorithmOf('SHA-512'), algorithmOf('SHA384'), algorithmOf('MD5')]).toEqual(['sha512', 'sha384', undefined]);
  });
});

describe('package URLs', () => {
  it.each([
    ['pkg:npm/%40x/a@1.0.0?b=c#d', { type: 'npm', namespace: '@x', name: 'a', version: '1.0.0' }],
    ['pkg:npm/@x/a@1', { type: 'npm', namespace: '@x', name: 'a', version: '1' }],
    ['pkg:npm/@x/a', { type: 'npm', namespace: '@x', name: 'a' }],
    ['pkg:GOLANG/golang.org/x/net@v1', { type: 'golang', namespace: 'golang.org/x', name: 'net', version: 'v1' }],
    ['pkg:oci/a@sha256%3A00', { type: 'oci', namespace: '', name: 'a', version: 'sha256:00' }],
    ['pkg:pypi/a@', { type: 'pypi', namespace: '', name: 'a' }],
    ['pkg:npm/%zz@1', { type: 'npm', namespace: '', name: '%zz', version: '1' }],
  ])('%s is taken apart', (text, parts) => expect(purlParts(text)).toEqual(parts));
  it.each(['', 'npm/a@1', 'pkg:npm', 'pkg:npm/', 'pkg:/a', 'pkg:npm/@1?x'])('%j is none, or none with a version', (text) =>
    expect(purlParts(text)?.version).toBeUndefined(),
  );

  it('speak of every version without one', () => {
    expect(anyVersion('pkg:npm/%40x/a@1?b#c')).toBe('pkg:npm/%40x/a');
    expect(anyVersion('pkg:npm/@x/a')).toBe('pkg:npm/@x/a');
    expect(withVersion('pkg:npm/a?b=c', '1 0')).toBe('pkg:npm/a@1%200?b=c');
    expect(withVersion('pkg:npm/a@2', '1')).toBe('pkg:npm/a@2');
  });
});

describe('references', () => {
  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '#', '%', '%23', 'a#b', '\0', '%00', '\ud800', '%D800'));

  it('are never the same for two things, and XML can hold them', () => {
    fc.assert(
      fc.property(names, names, names, names, (a, b, c, d) => {
        const one = componentRef(manifestRef(a), b);
        const two = componentRef(manifestRef(c), d);
        expect(one === two).toBe(a === c && b === d);
        expect(manifestOfRef(one)).toBe(manifestRef(a));
        expect(new Set([manifestRef(a), subjectRef(a), one]).size).toBe(3);
        expect(one).toMatch(/^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u);
      }),
      { numRuns: 500 },
    );
  });

  it('stay readable', () => expect(escaped('node_modules/@x/a b')).toBe('node_modules/@x/a b'));
});

describe('addresses and regions', () => {
  it.each(['https://a.example/b?c=d#e', 'git+ssh://git@a.example/b.git#0a', 'http://a:8080', 'file:///a', 'urn:x', 'https://a/%20'])(
    '%s can stand as it is',
    (text) => expect(isAddress(text)).toBe(!text.startsWith('file:')),
  );
  it.each(['', 'a/b', 'file:../a', 'https://', 'https://[', 'https://a b', 'https://a/%zz', 'https://a#b#c', 'https://é', 'NONE'])(
    '%j can not',
    (text) => expect(isAddress(text)).toBe(false),
  );

  it('are one short text', () => {
    expect(regionText({ startLine: 12 })).toBe('12');
    expect(regionText({ startLine: 12, startColumn: 3, endLine: 14, endColumn: 5 })).toBe('12:3-14:5');
    expect(regionOf('12-:5')).toEqual({ startLine: 12, endColumn: 5 });
    for (const odd of [undefined, '', 'x', '1:', '1-2-3', '1:2:3']) expect(regionOf(odd)).toBeUndefined();
  });
});
