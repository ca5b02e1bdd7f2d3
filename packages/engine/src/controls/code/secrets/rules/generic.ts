/** The general rule: a name that promises a secret, and a value that looks like one. */
import { looksLikeCode, looksSecret, secretNameKind } from '../assignment.ts';
import { valuesStandUnquoted } from '../path-kind.ts';
import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

const LONGEST_NAME = 60;
/** Minified code and data stand on lines without end; what is found there is a guess of a guess. */
const LONG_LINE = 1000;
const QUOTES = '"\'`';

/** The whole name round the keyword. */
const nameAt = ({ text, start, keywordAt }: Candidate): { readonly name: string; readonly from: number; readonly to: number } => {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, keywordAt - LONGEST_NAME), keywordAt))?.[0] ?? '';
  const after = /^[\w.-]*/.exec(text.slice(keywordAt, Math.min(start, keywordAt + LONGEST_NAME)))?.[0] ?? '';
  return { name: (before + after).replace(/^.*\./, ''), from: keywordAt - before.length, to: keywordAt + after.length };
};

/** A comma joins a name and its value only as the first two arguments of a call (`define('NAME', 'value')`); elsewhere it is a list. */
const isInList = ({ text, start }: Candidate, from: number, to: number): boolean =>
  text.slice(to, start).includes(',') && !/\([ \t]{0,4}\\?["'`]$/.test(text.slice(Math.max(0, from - 8), from));

/** A quoted value ends at the same quote; an element ends at `<`; without either it must be a file where values stand alone. */
const standsAlone = ({ text, start, secret, uri }: Candidate): boolean => {
  const before = text.charAt(start - 1);
  const after = text.charAt(start + secret.length);
  if (before !== '' && QUOTES.includes(before))
    return after === before || (after === '\\' && text.charAt(start + secret.length + 1) === before);
  if (before === '>') return after === '<';
  return valuesStandUnquoted(uri) && !looksLikeCode(secret) && (after === '' || !QUOTES.includes(after));
};

/** Looks no further than it must: on a line of megabytes every find would cost its whole length. */
const onLongLine = (text: string, start: number): boolean => {
  const before = text.slice(Math.max(0, start - LONG_LINE), start);
  const after = text.slice(start, start + LONG_LINE);
  const end = after.indexOf('\n');
  return before.length - 1 - before.lastIndexOf('\n') + (end === -1 ? after.length : end) >= LONG_LINE;
};

const judge = (candidate: Candidate): Partial<Grade> | undefined => {
  const { secret, text, start, path } = candidate;
  if (path === 'lockfile' || !standsAlone(candidate)) return undefined;
  const { name, from, to } = nameAt(candidate);
  const kind = isInList(candidate, from, to) ? undefined : secretNameKind(name);
  if (kind === undefined || !looksSecret(kind, secret)) return undefined;
  const noun = kind === 'password' ? 'A password' : 'A value that looks like a secret key or token';
  return onLongLine(text, start) ? { noun, severity: 'low', confidence: 'low' } : { noun };
};

export const hardcodedSecret = secretRule({
  id: 'code/hardcoded-secret',
  name: 'Secret in a literal',
  noun: 'A value that looks like a secret',
  why: 'Whoever can read the file has the credential, and so has everyone who ever gets a copy of the repository.',
  rotate: 'Change the password or key where it is accepted.',
  references: [
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    'https://cwe.mitre.org/data/definitions/798.html',
  ],
  severity: 'medium',
  confidence: 'medium',
  taxa: ['CWE-798', 'CWE-259', 'CWE-321', 'ASVS-13.3.1'],
  aliases: ['generic-api-key', 'hashicorp-tf-password'],
  specific: false,
  anchors: [
    {
      keywords: [
        'password',
        'passwd',
        'passphrase',
        'pwd',
        '_pass',
        'secret',
        'token',
        'credential',
        'api_key',
        'apikey',
        'api-key',
        'access_key',
        'accesskey',
        'access-key',
        'auth_key',
        'authkey',
        'private_key',
        'privatekey',
        'encryption_key',
        'encryptionkey',
        'signing_key',
        'signingkey',
        'master_key',
        'masterkey',
        'shared_key',
        'sharedkey',
      ],
      // name, closing quote or bracket, an optional type (`: string =`), an operator, then the value.
      pattern:
        /[\w-]{4,60}(?:\\?["'\]]){0,2}[ \t]{0,12}(?::[ \t]{0,3}[A-Za-z]{1,20}[ \t]{0,3}(?==))?(?:=>|:=|\?=|\|\|=?|\?\?=?|={1,3}|:|,|>)[ \t]{0,12}(?:\\?["'`])?(?<secret>[^\s"'`<>\\]{8,200})(?![^\s"'`<>\\])/,
    },
  ],
  judge,
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [
      { line: 1, text: `const dbPassword = '${sample('base62', 12)}';` },
      { line: 2, text: `{\n  "api_key": "${sample('base62', 32)}"\n}` },
      { line: 1, text: `DB_PASSWORD=${sample('base62', 16, 3)}`, uri: '.env' },
      { line: 2, text: `session:\n  secret: ${sample('hex', 40)}\n`, uri: 'config.yaml' },
      { line: 1, text: `define('DB_PASSWORD', '${sample('base62', 14, 5)}');`, uri: 'wp-config.php' },
      { line: 1, text: `const token: string = "${sample('url64', 40)}";` },
      { line: 1, text: `<password>${sample('base62', 12, 9)}</password>`, uri: 'settings.xml' },
    ],
    passes: [
      'password = process.env.DB_PASSWORD',
      "password: 'changeme'",
      'API_KEY=your-api-key-here1',
      'const tokenUrl = "https://auth.shop.io/oauth2/token1"',
      `const passwordHash = '$2b$10$${sample('base62', 53)}'`,
      `"integrity": "sha512-${sample('base64', 86)}=="`,
      'secretName: checkout-tls-2026',
      "passwordField: 'user-password-input2'",
      `csrfToken = "${sample('base62', 32)}"`,
      `secret: '${sample('hex', 8)}-${sample('hex', 4)}-4${sample('hex', 3)}-a${sample('hex', 3)}-${sample('hex', 12)}'`,
      `api_key: "\${API_KEY}"`,
      `aliases: ['shop-api-key', 'shop-api-key-${sample('hex', 16)}']`,
      "secret: 'checkout-session-key-2026-v2'",
      "token: 'AAAAAAAAAAAAAAAAAAAAAAAA1'",
      { text: 'password: ENC[AES256_GCM,data:Zm9v1,iv:Zm9v2,tag:Zm9v3]', uri: 'secrets.yaml' },
      { text: `password: ${'{{ .Values.password1 }}'}`, uri: 'values.yaml' },
      { text: `secret = get_secret1(name)`, uri: 'a.sh' },
    ],
  },
});
