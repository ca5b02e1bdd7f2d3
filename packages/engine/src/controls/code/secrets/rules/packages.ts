/** Package registries: npm, PyPI, Docker Hub. Who holds these tokens publishes in your name. */
import { checksumHolds } from '../checksum.ts';
import { checksummed, sample } from '../sample.ts';
import { bodyOf, secretRule } from '../secret-rule.ts';

const NPM_PREFIX = /^npm_/;

export const npmToken = secretRule({
  id: 'code/npm-token',
  name: 'npm token',
  noun: 'An npm token',
  why: 'Whoever reads the token can publish a version with code of their own to everyone who installs your packages.',
  rotate: 'Revoke the token (npm token revoke), and publish through trusted publishing or a granular token with an expiry.',
  references: ['https://docs.npmjs.com/about-access-tokens', 'https://docs.npmjs.com/trusted-publishers'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['npm-access-token'],
  prefix: NPM_PREFIX,
  minEntropy: 3,
  anchors: [{ keywords: ['npm_'], pattern: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/ }],
  // The checksum is GitHub's. npm_ also begins names of environment variables: without checksum and digits it is one of them.
  judge: ({ secret }) => {
    if (checksumHolds(bodyOf({ prefix: NPM_PREFIX }, secret))) return {};
    return /\d/.test(secret) && /[A-Z]/.test(secret)
      ? { severity: 'low', confidence: 'low', noun: 'What looks like an npm token, though its checksum does not hold,' }
      : undefined;
  },
  examples: {
    fails: [
      { line: 1, text: `//registry.npmjs.org/:_authToken=${checksummed('np' + 'm_')}`, uri: '.npmrc' },
      { line: 1, text: `NPM_TOKEN: np${'m_'}${sample('base62', 36)}` },
    ],
    passes: [`//registry.npmjs.org/:_authToken=\${NPM_TOKEN}`, `npm_${'a'.repeat(36)}`, 'npm_configurationoptionsandmanymorewords'],
  },
});

export const pypiToken = secretRule({
  id: 'code/pypi-token',
  name: 'PyPI token',
  noun: 'A PyPI token',
  why: 'Whoever reads the token can publish a version with code of their own to everyone who installs your packages.',
  rotate: 'Remove the token under Account settings, API tokens, and publish through trusted publishing.',
  references: ['https://pypi.org/help/#apitoken', 'https://docs.pypi.org/trusted-publishers/'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['pypi-upload-token'],
  // A macaroon whose first field is the name of the index, pypi.org or test.pypi.org: these characters are the same in every token.
  prefix: /^pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZw)/,
  minEntropy: 3.5,
  anchors: [
    {
      keywords: ['pypi-ageichlwas5vcmc', 'pypi-agendgvzdc5wexbplm9yzw'],
      pattern: /pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZw)[\w-]{50,1000}(?![\w-])/,
    },
  ],
  examples: {
    fails: [{ line: 2, text: `[pypi]\npassword = pypi-${'AgEIcHlwaS5vcmc'}${sample('url64', 120)}`, uri: '.pypirc' }],
    passes: ['password = pypi-AgEIcHlwaS5vcmc...', `pypi-AgEIcHlwaS5vcmc${'x'.repeat(60)}`],
  },
});

export const dockerHubToken = secretRule({
  id: 'code/docker-hub-token',
  name: 'Docker Hub token',
  noun: 'A Docker Hub token',
  why: 'Whoever reads the token can pull private images and push images of their own under your name.',
  rotate:
    'Delete the token under Account settings, Personal access tokens (or Organization access tokens), and make one with fewer rights.',
  references: ['https://docs.docker.com/security/access-tokens/'],
  severity: 'critical',
  confidence: 'high',
  prefix: /^dckr_[po]at_/,
  minEntropy: 3.3,
  anchors: [{ keywords: ['dckr_pat_', 'dckr_oat_'], pattern: /dckr_(?:pat_[\w-]{27}|oat_[\w-]{32})(?![\w-])/ }],
  examples: {
    fails: [{ line: 1, text: `docker login -u shop -p dckr_${'pat_'}${sample('url64', 27)}` }],
    passes: [`dckr_pat_${'x'.repeat(27)}`, 'dckr_pat_your_token'],
  },
});
