import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SecretHit, scanText, shown } from './hits.ts';
import { checksummed, sample } from './sample.ts';

const stripe = `sk_${'live_'}${sample('base62', 24)}`;
const keyId = `AK${'IA'}${sample('upper32', 16)}`;
const awsSecret = sample('base64', 40);
const briefly = (hits: readonly SecretHit[]) => hits.map((h) => [h.rule.id.slice(5), h.region.startLine, shown(h)]);

describe('place and name', () => {
  it('gives the region of the secret alone, in UTF-16 columns', () => {
    const [hit] = scanText('a.js', `// 😀\nconst k = '😀' + '${stripe}';`);
    expect(hit?.region).toEqual({ startLine: 2, startColumn: 19, endLine: 2, endColumn: 19 + stripe.length });
  });
  it.each([
    [`STRIPE_KEY=${stripe}`, 'STRIPE_KEY'],
    [`{"stripe_key": "${stripe}"}`, 'stripe_key'],
    [`define('STRIPE_KEY', '${stripe}');`, 'STRIPE_KEY'],
    [`<key>${stripe}</key>`, 'key'],
    [`text "line\\nKEY=${stripe}"`, 'KEY'],
    [`stripe('${stripe}')`, undefined],
    [`https://${stripe}@api.stripe.com`, undefined],
  ])('names what stands before it: %#', (text, name) => expect(scanText('a.js', text)[0]?.name).toBe(name));
  it('never takes a secret for a name', () => {
    const hits = scanText('a.js', `${stripe} = "${stripe}"`);
    expect(hits).toHaveLength(2);
    expect(JSON.stringify(hits)).not.toContain(stripe);
  });
  it('shows no names in a text of very many secrets', () => {
    const text = Array.from({ length: 201 }, (_, i) => `KEY_${i}=sk_${'live_'}${sample('base62', 24, i)}`).join('\n');
    expect(scanText('a.env', text).every((h) => h.name === undefined)).toBe(true);
  });
});

describe('two halves of one credential', () => {
  it('are one hit: the key id is a companion of the secret near it', () => {
    const [hit, ...more] = scanText('.env', `AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY=${awsSecret}\n`);
    expect(more).toEqual([]);
    expect(hit?.rule.id).toBe('code/aws-secret-access-key');
    expect(hit?.companions).toEqual([
      {
        uri: '.env',
        region: { startLine: 1, startColumn: 19, endLine: 1, endColumn: 39 },
        message: `AWS_ACCESS_KEY_ID = AKIA••••${keyId.slice(-4)}`,
      },
    ]);
  });
  it('are two when they stand far apart', () => {
    const text = `AWS_ACCESS_KEY_ID=${keyId}\n${'\n'.repeat(20)}AWS_SECRET_ACCESS_KEY=${awsSecret}\n`;
    expect(scanText('.env', text).map((h) => h.rule.id)).toEqual(['code/aws-access-key-id', 'code/aws-secret-access-key']);
  });
});

describe('grades', () => {
  it('takes a token whose checksum fails for a guess', () => {
    const good = checksummed('gh' + 'p_');
    const bad = good.slice(0, -1) + (good.endsWith('a') ? 'b' : 'a');
    expect(scanText('a', good)[0]).toMatchObject({ severity: 'critical', confidence: 'high' });
    expect(scanText('a', bad)[0]).toMatchObject({ severity: 'low', confidence: 'low' });
  });
  it('lowers guesses in tests and docs, and only guesses', () => {
    const guess = `const password = '${sample('base62', 14)}';`;
    const at = (uri: string, text: string) => scanText(uri, text)[0]?.severity;
    expect([at('src/a.js', guess), at('test/a.js', guess), at('docs/a.md', guess)]).toEqual(['medium', 'low', 'low']);
    expect([at('src/a.js', stripe), at('test/a.js', stripe), at('docs/a.md', stripe)]).toEqual(['critical', 'critical', 'critical']);
  });
  it('lets the specific rule name what the general one matches too', () => {
    expect(briefly(scanText('a.js', `const secret = "${stripe}"`))).toEqual([
      ['stripe-live-key', 1, `secret = sk_live_••••${stripe.slice(-4)}`],
    ]);
  });
  it('keeps the general rule out of lockfiles', () => {
    const text = `{"token": "${sample('base62', 40)}"}`;
    expect([scanText('package-lock.json', text), scanText('package.json', text)].map((h) => h.length)).toEqual([0, 1]);
  });
});

describe('comments that allow', () => {
  const line = `key = "${stripe}"`;
  it.each([
    [`${line} # breakwater:allow code/stripe-live-key revoked in March`, 'breakwater:allow', false],
    [`${line} # breakwater:allow stripe-live-key revoked`, 'breakwater:allow', false],
    [`// breakwater:allow stripe-access-token the key of a closed account\n${line}`, 'breakwater:allow', false],
    [`${line} # gitleaks:allow`, 'gitleaks:allow', false],
    [`${line} # breakwater:allow code/stripe-live-key`, undefined, true],
    [`${line} /* breakwater:allow code/stripe-live-key */`, undefined, true],
    [`${line} # breakwater:allow code/github-token wrong rule`, undefined, false],
    [`other(); // breakwater:allow code/stripe-live-key only this line\n${line}`, undefined, false],
    [`# gitleaks:allow\n${line}`, undefined, false],
  ] as const)('%#', (text, allowed, reasonMissing) => {
    const [hit] = scanText('a.py', text);
    expect([hit?.allowed, hit?.reasonMissing]).toEqual([allowed, reasonMissing]);
  });
});

it('never throws and never shows a secret, whatever the text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      stripe,
      keyId,
      awsSecret,
      'password = "',
      'eyJ',
      '-----BEGIN PRIVATE KEY-----',
      '\n',
      '"',
      "'",
      '=',
      ':',
      '//',
      '@',
      'postgres://u:',
      'token',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('a.js', '.env', 'test/a.yaml'), (pieces, uri) => {
      const shownForm = JSON.stringify(scanText(uri, pieces.join('')));
      expect(shownForm).not.toContain(stripe);
      expect(shownForm).not.toContain(awsSecret);
    }),
  );
});
