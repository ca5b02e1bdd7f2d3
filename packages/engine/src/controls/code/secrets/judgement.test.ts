import { describe, expect, it } from 'vitest';
import { looksSecret, secretNameKind } from './assignment.ts';
import { checksumHolds, tokenChecksum } from './checksum.ts';
import { entropy } from './entropy.ts';
import { linesOf } from './lines.ts';
import { pathKind, valuesStandUnquoted } from './path-kind.ts';
import { isPlaceholder } from './placeholders.ts';
import { sample } from './sample.ts';

describe('names', () => {
  it.each(['password', 'dbPassword', 'DB_PASSWORD_PROD', 'sshPassphrase', 'pwd', 'IRC_PASS', 'passwd2'])('%s holds a password', (name) =>
    expect(secretNameKind(name)).toBe('password'),
  );
  it.each(['apiKey', 'STRIPE_SECRET_KEY', 'secret_key_base', 'x-api-key', 'githubToken', 'client-secret', 'AccessKey', 'credentials'])(
    '%s holds a key',
    (name) => expect(secretNameKind(name)).toBe('key'),
  );
  it.each([
    'tokenUrl',
    'password_field',
    'secretName',
    'csrfToken',
    'publicApiKey',
    'next_token',
    'tokenizer',
    'passwordHash',
    'bypass_rule',
    'secretary',
    'cancelToken',
  ])('%s only speaks about one', (name) => expect(secretNameKind(name)).toBeUndefined());
});

describe('values', () => {
  it.each([
    ['password', 'hunter22'],
    ['password', 'Tr0ub4dor&3'],
    ['key', sample('base62', 20)],
    ['key', sample('hex', 32)],
    ['key', `sk-${sample('url64', 30)}`],
  ] as const)('%s %s is one', (kind, value) => expect(looksSecret(kind, value)).toBe(true));
  it.each([
    ['password', 'password123'],
    ['password', 'correcthorse'],
    ['password', sample('hex', 64)],
    ['password', `$2b$10$${sample('base62', 53)}`],
    ['key', 'checkout-session-key-v2'],
    ['key', 'https://auth.shop.io/v1/token'],
    ['key', 'config.session.secret1'],
    ['key', `sha512-${sample('base64', 86)}==`],
    ['key', `data:image/png;base64,${sample('base64', 100)}`],
    ['key', `MIIB${sample('base64', 100)}`],
    ['key', 'getToken(user1).value'],
    ['key', sample('base62', 400)],
  ] as const)('%s %s is none', (kind, value) => expect(looksSecret(kind, value)).toBe(false));
});

describe('placeholders', () => {
  const random = sample('base62', 24);
  it.each(
    [
      'EXAMPLEKEY',
      'your-api-key',
      '<token>',
      '{{ token }}',
      'xxxxxxxx',
      'abcdefghij',
      '01234567',
      '87654321',
      'abc1abc1abc1',
      '%s',
      'changeme',
      '••••',
      'aabbaabbabababba',
    ].concat([`\${TOKEN}`, '$TOKEN']),
  )('%s', (text) => expect(isPlaceholder(text)).toBe(true));
  it('leaves random strings alone', () => {
    for (let seed = 1; seed < 500; seed += 1) expect([seed, isPlaceholder(sample('base62', 36, seed * 7919))]).toEqual([seed, false]);
    expect(isPlaceholder(random)).toBe(false);
  });
});

it.each([
  ['src/a.ts', 'plain'],
  ['test/a.ts', 'test'],
  ['src/a.test.ts', 'test'],
  ['.env.example', 'test'],
  ['docs/run.txt', 'docs'],
  ['README.md', 'docs'],
  ['web/yarn.lock', 'lockfile'],
  ['src/latest/contest.js', 'plain'],
] as const)('the path %s is %s', (uri, kind) => expect(pathKind(uri)).toBe(kind));

it('knows the files in which values stand without quotes', () => {
  expect(
    ['.env', '.env.production', 'a/production.env', 'x.yaml', 'Dockerfile', 'a.tfvars', '.npmrc'].filter((u) => !valuesStandUnquoted(u)),
  ).toEqual([]);
  expect(['a.ts', 'a.py', 'a.json', 'README.md'].filter(valuesStandUnquoted)).toEqual([]);
});

it('computes the checksum that GitHub documents for its tokens', () => {
  // Random part and checksum of a token that GitHub published as revoked, without its prefix.
  expect(tokenChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ')).toBe('0mLq17');
  expect(checksumHolds('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18')).toBe(false);
});

it('measures entropy in bits for each character', () => {
  expect([entropy(''), entropy('aaaa'), entropy('abab'), entropy('abcd')]).toEqual([0, 0, 1, 2]);
});

it('turns offsets into lines, and bounds what it shows of a long one', () => {
  const lines = linesOf(`a\nbc\n${'d'.repeat(10_000)}`);
  expect(lines.region(2, 4)).toEqual({ startLine: 2, startColumn: 1, endLine: 2, endColumn: 3 });
  expect([lines.text(1, 2, 100), lines.text(2, 5000, 10).length, lines.text(9, 0, 10)]).toEqual(['bc', 20, '']);
});
