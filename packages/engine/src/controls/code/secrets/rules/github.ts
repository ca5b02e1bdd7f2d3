/** GitHub: personal tokens, tokens of apps. */
import { checksumHolds } from '../checksum.ts';
import { checksummed, sample } from '../sample.ts';
import { bodyOf, type Candidate, type Grade, secretRule } from '../secret-rule.ts';

const REFERENCES = [
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
];
const PREFIX = /^(?:gh[pousr]|github_pat)_/;

/** The last six characters are a checksum. Where it does not hold the string was invented or damaged; it is shown, but blocks nothing. */
const judgeChecksum = ({ secret }: Candidate): Partial<Grade> =>
  checksumHolds(bodyOf({ prefix: PREFIX }, secret))
    ? {}
    : { severity: 'low', confidence: 'low', noun: 'What looks like a GitHub token, though its checksum does not hold,' };

export const githubToken = secretRule({
  id: 'code/github-token',
  name: 'GitHub token',
  noun: 'A GitHub token',
  why: 'Whoever reads the token can read and often push to every repository its owner can.',
  rotate: 'Delete the token under Settings, Developer settings, Personal access tokens, and make a fine-grained one with an expiry.',
  references: REFERENCES,
  severity: 'critical',
  confidence: 'high',
  aliases: ['github-pat', 'github-oauth', 'github-refresh-token'],
  prefix: PREFIX,
  anchors: [
    { keywords: ['ghp_', 'gho_'], pattern: /gh[po]_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/ },
    { keywords: ['ghr_'], pattern: /ghr_[A-Za-z0-9]{36,76}(?![A-Za-z0-9_])/ },
  ],
  judge: judgeChecksum,
  examples: {
    fails: [
      { line: 2, text: `#!/bin/sh\nGITHUB_TOKEN=${checksummed('gh' + 'p_')}\n` },
      { line: 1, text: `const token = '${checksummed('gh' + 'o_')}';` },
      { line: 1, text: `token: gh${'p_'}${sample('base62', 36)}` },
    ],
    passes: [
      `ghp_${'x'.repeat(36)}`,
      `GITHUB_TOKEN=\${{ secrets.GITHUB_TOKEN }}`,
      `ghp_${sample('base62', 20)}`,
      `variable_highp_${sample('base62', 36)}`,
    ],
  },
});

export const githubFineGrainedToken = secretRule({
  id: 'code/github-fine-grained-token',
  name: 'GitHub fine-grained token',
  noun: 'A GitHub fine-grained token',
  why: 'Whoever reads the token has the rights it was given on the repositories it names.',
  rotate: 'Delete the token under Settings, Developer settings, Fine-grained tokens, and make a new one.',
  references: REFERENCES,
  severity: 'critical',
  confidence: 'high',
  aliases: ['github-fine-grained-pat'],
  prefix: PREFIX,
  minEntropy: 3.5,
  anchors: [{ keywords: ['github_pat_'], pattern: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9_])/ }],
  examples: {
    fails: [{ line: 1, text: `token = "github_${'pat_'}${sample('base62', 22)}_${sample('base62', 59, 3)}"` }],
    passes: [`begins with github_pat_${sample('base62', 22)}_`, `github_pat_${'1'.repeat(22)}_${'a'.repeat(59)}`],
  },
});

export const githubAppToken = secretRule({
  id: 'code/github-app-token',
  name: 'GitHub App token',
  noun: 'A token of a GitHub App',
  why: 'Whoever reads the token acts as the app or as the user who let it in, until it expires.',
  rotate: "Revoke the token (DELETE /installation/token), and renew the app's client secret if it came from there.",
  references: [
    ...REFERENCES,
    'https://github.blog/changelog/2026-04-24-notice-about-upcoming-new-format-for-github-app-installation-tokens/',
  ],
  severity: 'critical',
  confidence: 'high',
  aliases: ['github-app-token'],
  prefix: PREFIX,
  anchors: [
    { keywords: ['ghu_', 'ghs_'], pattern: /gh[us]_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/ },
    // Since 2026 installation tokens are a signed statement: ghs_, the number of the app, a JWT.
    { keywords: ['ghs_'], pattern: /ghs_\d{1,12}_eyJ[\w-]{10,1000}\.[\w-]{20,2000}\.[\w-]{20,1000}(?![\w-])/ },
  ],
  judge: (candidate) => (candidate.secret.includes('.') ? {} : judgeChecksum(candidate)),
  examples: {
    fails: [
      { line: 1, text: `GH_TOKEN=${checksummed('gh' + 's_')}` },
      { line: 1, text: `GH_TOKEN=gh${'s_'}1234_${'ey'}J${sample('url64', 30)}.${sample('url64', 200, 3)}.${sample('url64', 80, 5)}` },
    ],
    passes: [`ghs_${'0'.repeat(36)}`, `ghs_${sample('base62', 12)}`],
  },
});
