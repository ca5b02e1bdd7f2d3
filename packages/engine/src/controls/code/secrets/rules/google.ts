/** Google: API keys, OAuth client secrets and the key files of service accounts. */
import { keyKind, pemBody } from '../pem.ts';
import { sample, sampleDer } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

/** Fields of a key file stand within a few kilobytes of one another. */
const FILE = 5000;

export const googleApiKey = secretRule({
  id: 'code/google-api-key',
  name: 'Google API key',
  noun: 'A Google API key',
  why: 'Without a restriction whoever reads the key uses paid interfaces, Gemini and Maps among them, on your bill.',
  rotate: 'Make a new key in the Google Cloud console under Credentials, restrict it by API and by application, and delete this one.',
  references: ['https://docs.cloud.google.com/docs/authentication/api-keys-best-practices'],
  severity: 'high',
  // Browser keys (Firebase, Maps) are public by design and look the same.
  confidence: 'medium',
  aliases: ['gcp-api-key'],
  prefix: /^AIza/,
  minEntropy: 3.5,
  anchors: [{ keywords: ['aiza'], pattern: /AIza[\w-]{35}(?![\w-])/ }],
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [{ line: 1, text: `const key = "AI${'za'}${sample('url64', 35)}";` }],
    passes: [`AIza${'A'.repeat(35)}`, 'AIzaSy...', `AIza${sample('base62', 50)}`],
  },
});

export const googleOauthSecret = secretRule({
  id: 'code/google-oauth-secret',
  name: 'Google OAuth client secret',
  noun: 'A Google OAuth client secret',
  why: 'Whoever reads it can pose as the application when people sign in with Google.',
  rotate: 'Add a new secret to the OAuth client in the Google Cloud console, use it, then disable and delete this one.',
  references: ['https://support.google.com/cloud/answer/15549257'],
  severity: 'high',
  confidence: 'high',
  prefix: /^GOCSPX-/,
  minEntropy: 3,
  anchors: [{ keywords: ['gocspx-'], pattern: /GOCSPX-[\w-]{28}(?![\w-])/ }],
  examples: {
    fails: [{ line: 1, text: `{"client_secret":"GOC${'SPX-'}${sample('url64', 28)}"}` }],
    passes: [`GOCSPX-${'x'.repeat(28)}`, 'GOCSPX-your-client-secret'],
  },
});

export const gcpServiceAccount = secretRule({
  id: 'code/gcp-service-account',
  name: 'Google Cloud service-account key',
  noun: 'The key of a Google Cloud service account',
  why: 'Whoever reads the file acts as the service account, with all its roles, until the key is deleted.',
  rotate: 'Delete the key in the console under IAM, Service accounts, Keys; use workload identity federation, which needs no key.',
  references: ['https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys'],
  severity: 'critical',
  confidence: 'high',
  taxa: ['CWE-798', 'CWE-321', 'ASVS-13.3.1'],
  prefix: /^-----BEGIN PRIVATE KEY-----/,
  tail: false,
  normalise: pemBody,
  judgesItself: true,
  anchors: [
    {
      keywords: ['private_key"'],
      pattern: /private_key"\s{0,8}:\s{0,8}"(?<secret>-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\\s]{400,8000}-----END PRIVATE KEY-----)/,
    },
  ],
  judge: ({ text, start, secret }) =>
    keyKind(secret) === 'plain' && /"service_account"/.test(text.slice(Math.max(0, start - FILE), start + secret.length + FILE))
      ? {}
      : undefined,
  examples: {
    fails: [
      {
        line: 3,
        text: `{\n  "type": "service_account",\n  "private_key": "-----BEGIN ${'PRIVATE'} KEY-----\\n${sampleDer(1200)}\\n-----END ${'PRIVATE'} KEY-----\\n"\n}`,
        uri: 'key.json',
      },
    ],
    passes: ['{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n"}'],
  },
});
