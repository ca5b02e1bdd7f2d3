/** Private keys in PEM armour and as age writes them. */
import { keyKind, pemBody } from '../pem.ts';
import { sample, sampleDer } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

/** The shortest key there is, Ed25519 in PKCS #8, has 64 characters of base 64. */
const SHORTEST = 60;
const LEAST_ALPHABET = 20;
/** The public half and the comment stand before the private half. */
const PUTTY_HEADER = 4000;
const OPENSSH = 'openssh-key-v1\0';

const judgeKey = ({ secret, text, start }: Candidate): Partial<Grade> | undefined => {
  if (secret.startsWith('Private-Lines'))
    return /Encryption: none/.test(text.slice(Math.max(0, start - PUTTY_HEADER), start)) ? {} : ENCRYPTED;
  const body = pemBody(secret);
  if (body.length < SHORTEST || new Set(body).size < LEAST_ALPHABET || /\.\.\.|…|<[a-z]|\{\{|\$\{/i.test(secret)) return undefined;
  const kind = keyKind(secret);
  return kind === 'no key' ? undefined : kind === 'plain' ? {} : kind === 'encrypted' ? ENCRYPTED : DAMAGED;
};

const ENCRYPTED: Partial<Grade> = { severity: 'medium', confidence: 'high', noun: 'An encrypted private key' };
/** Cut short, as manuals do it: its length is not the one it states. */
const DAMAGED: Partial<Grade> = { severity: 'low', confidence: 'low', noun: 'A part of a private key' };

const pem = (kind: string, body: string): string =>
  `-----BEGIN ${kind}PRIVATE ${'KEY-----'}\n${body}\n-----END ${kind}PRIVATE ${'KEY-----'}\n`;
const opensshBody = (cipher: string): string =>
  Buffer.from(`${OPENSSH}\0\0\0\x04${cipher}`, 'latin1').toString('base64').replace(/=+$/, '') + sample('base64', 300);

export const privateKey = secretRule({
  id: 'code/private-key',
  name: 'Private key',
  noun: 'A private key',
  why: 'Whoever reads the key can sign as its owner, log in where its public half is trusted, or read what was encrypted for it.',
  rotate: 'Make a new pair, replace the public half or the certificate wherever it is trusted, and revoke the old one.',
  references: ['https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html'],
  severity: 'critical',
  confidence: 'high',
  taxa: ['CWE-321', 'CWE-798', 'ASVS-13.3.1'],
  aliases: ['private-key'],
  prefix: /^(?:-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|Private-Lines:)/,
  tail: false,
  normalise: pemBody,
  judgesItself: true,
  anchors: [
    {
      keywords: ['-----begin'],
      pattern:
        /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){40,24000}-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/,
    },
    { keywords: ['private-lines:'], pattern: /Private-Lines: \d{1,3}\r?\n(?:[A-Za-z0-9+/=]{4,80}\r?\n){3,200}Private-/ },
  ],
  judge: judgeKey,
  // Tests of TLS and of signatures bring keys that they made for themselves: worth knowing, no reason to stop a release.
  inTests: { severity: 'medium', confidence: 'medium' },
  examples: {
    fails: [
      { line: 1, text: pem('', sampleDer(1200)) },
      { line: 2, text: `const key = [\n  \`${pem('RSA ', sampleDer(600, 3))}\`]` },
      { line: 1, text: `{"key": "${pem('EC ', sampleDer(300, 5)).replaceAll('\n', '\\n')}"}` },
      { line: 1, text: pem('OPENSSH ', opensshBody('none')) },
      { line: 1, text: `${pem('', sampleDer(1200)).slice(0, 400)}\n-----END PRIVATE ${'KEY-----'}` },
      {
        line: 5,
        text: `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 8\n${sample('base64', 64).concat('\n').repeat(8)}Private-MAC: 1`,
      },
      { line: 1, text: pem('RSA ', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${sample('hex', 32)}\n\n${sample('base64', 400)}`) },
    ],
    passes: [
      "if (text.includes('-----BEGIN PRIVATE KEY-----')) return; // '-----END PRIVATE KEY-----'",
      pem('', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC...'),
      `-----BEGIN CERTIFICATE-----\nMII${sample('base64', 800)}\n-----END CERTIFICATE-----`,
      `-----BEGIN PUBLIC KEY-----\nMII${sample('base64', 300)}\n-----END PUBLIC KEY-----`,
      pem('', '<paste the whole key that the console gave you here, with all its many lines and without any space>'),
    ],
  },
});

export const ageKey = secretRule({
  id: 'code/age-key',
  name: 'age key',
  noun: 'An age identity',
  why: 'Whoever reads it decrypts every file for which it is a recipient, the secrets that SOPS keeps in the repository included.',
  rotate: 'Make a new identity (age-keygen), encrypt the files again for it, and change what the old one could read.',
  references: ['https://github.com/FiloSottile/age', 'https://github.com/getsops/sops'],
  severity: 'critical',
  confidence: 'high',
  taxa: ['CWE-321', 'CWE-798', 'ASVS-13.3.1'],
  aliases: ['age-secret-key'],
  prefix: /^AGE-SECRET-KEY-1/,
  minEntropy: 3.5,
  anchors: [{ keywords: ['age-secret-key-1'], pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![A-Z0-9])/ }],
  examples: {
    fails: [{ line: 1, text: `AGE-SECRET-${'KEY-1'}${sample('upper32', 58).replace(/[BIO]/g, '9')}` }],
    passes: [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
  },
});
