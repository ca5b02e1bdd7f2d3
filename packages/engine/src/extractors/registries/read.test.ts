import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settingsIn } from './read.ts';

it.each([
  ['.npmrc', '@acme:registry=https://user:secret@npm.acme.example:8443/x/\n', [['npm-scope', '@acme', 'npm.acme.example:8443']]],
  ['.npmrc', '; registry=https://no.example\nregistry = https://npm.acme.example/\n', [['npm-default', undefined, 'npm.acme.example']]],
  [
    'requirements.txt',
    '--extra-index-url=https://pypi.acme.example/simple\n--index-url https://pypi.org/simple\n',
    [['extra-index', undefined, 'pypi.acme.example']],
  ],
  ['pip.conf', '[global]\nextra-index-url = https://pypi.acme.example/simple\n', [['extra-index', undefined, 'pypi.acme.example']]],
  ['.npmrc', `registry=\${HOST}\n`, []],
] as const)('%s: %j', (uri, text, expected) => {
  expect(settingsIn(uri, text).map(({ kind, scope, host }) => [kind, scope, host])).toEqual(expected);
});

it('never throws, and keeps no user or password', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('.npmrc', 'pip.conf', 'requirements.txt'), (text, uri) => {
      for (const { host } of settingsIn(uri, `registry=https://user:pw@host.example/\n${text}`)) expect(host).not.toContain('@');
    }),
  );
});
