import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicUri } from './target.ts';

describe('publicUri', () => {
  it('takes credentials out of addresses', () => {
    expect(publicUri(`https://bot:${'word'}@git.example.test:8443/a/b.git?token=1#x`)).toBe('https://git.example.test:8443/a/b.git');
    expect(publicUri('ssh://git@git.example.test/a@b/c.git')).toBe('ssh://git.example.test/a@b/c.git');
    expect(publicUri('HTTPS://a@b@c.example.test')).toBe('HTTPS://c.example.test');
    expect(publicUri('https://a:b@c.example.test?x=https://d@e')).toBe('https://c.example.test');
  });

  it('leaves names that are no address alone', () => {
    for (const uri of ['.', 'oci:build/checkout', 'src/a?b#c', 'git@git.example.test:a/b.git', '']) expect(publicUri(uri)).toBe(uri);
  });

  it('never lets a user or password through', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/);
    fc.assert(
      fc.property(secret, secret, fc.webPath(), (user, password, path) => {
        const shown = publicUri(`https://${user}:${password}@example.test${path}?t=${password}`);
        expect(shown).toBe(`https://example.test${path}`);
      }),
    );
  });
});
