/** Credentials that only their file's format gives away: npm's, Docker's, curl's and WordPress's. */
import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

/** `//registry.example/team/:_authToken`: the address stands before the name. */
const LONGEST_ADDRESS = 300;
const EVERYDAY = /^(?:pass\w*|user\w*|admin\w*|test\w*|secret|guest|root|foo|bar|token)$/i;

export const npmrcCredential = secretRule({
  id: 'code/npmrc-credential',
  name: 'Credential of a package registry',
  noun: 'A credential of a package registry',
  why: 'Whoever reads it installs private packages, and often publishes versions of them.',
  rotate: 'Revoke the token or change the password at the registry, and write the line with a variable of the environment instead.',
  references: ['https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration'],
  severity: 'critical',
  confidence: 'medium',
  minEntropy: 2.5,
  anchors: [
    {
      keywords: ['_authtoken', ':_auth', ':_password'],
      pattern: /:?_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}"?(?<secret>[A-Za-z0-9+/=_.-]{12,600})(?![^\s"'#;])/,
    },
  ],
  judge: ({ text, keywordAt, secret }) => {
    const before = text.slice(Math.max(0, keywordAt - LONGEST_ADDRESS), keywordAt + 1);
    return before.slice(before.lastIndexOf('\n') + 1).startsWith('//') && !/^[a-z_-]+$/i.test(secret) ? {} : undefined;
  },
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [
      {
        line: 2,
        text: `registry=https://npm.shop.internal/\n//npm.shop.internal/:_authToken=${sample('hex', 8)}-${sample('hex', 4)}-4${sample('hex', 3)}-a${sample('hex', 3)}-${sample('hex', 12, 3)}\n`,
        uri: '.npmrc',
      },
      { line: 1, text: `//npm.shop.internal/:_password=${Buffer.from(sample('base62', 20)).toString('base64')}`, uri: '.npmrc' },
    ],
    passes: [
      { text: '//registry.npmjs.org/:_authToken=$NPM_TOKEN', uri: '.npmrc' },
      { text: '//registry.npmjs.org/:_authToken=your-token-here', uri: '.npmrc' },
    ],
  },
});

/** The value is `user:password` in base 64. */
const judgeDocker = ({ secret }: Candidate): Partial<Grade> | undefined => {
  const [user = '', ...rest] = Buffer.from(secret, 'base64').toString('latin1').split(':');
  const password = rest.join(':');
  const printable = /^[\x21-\x7e]{1,100}$/.test(user) && /^[\x20-\x7e]{6,2000}$/.test(password);
  return printable && !EVERYDAY.test(password) && user !== password ? {} : undefined;
};

export const dockerConfigAuth = secretRule({
  id: 'code/docker-config-auth',
  name: 'Login of a container registry',
  noun: 'The login of a container registry',
  why: 'Whoever reads it pulls private images and often pushes their own: base 64 is no encryption.',
  rotate: 'Change the password or token at the registry, and let a credential helper keep the new one.',
  references: ['https://docs.docker.com/reference/cli/docker/login/#credential-stores'],
  severity: 'critical',
  confidence: 'high',
  minEntropy: 3,
  anchors: [{ keywords: ['"auth"', '"auth\\"'], pattern: /"auth\\?"[ \t]{0,4}:[ \t]{0,4}\\?"(?<secret>[A-Za-z0-9+/=]{12,2000})(?=\\?")/ }],
  judge: judgeDocker,
  inTests: { severity: 'low', confidence: 'medium' },
  examples: {
    fails: [
      {
        line: 1,
        text: `{"auths": {"registry.shop.io": {"auth": "${Buffer.from(`ci:${sample('base62', 20)}`).toString('base64')}"}}}`,
        uri: '.docker/config.json',
      },
    ],
    passes: [
      `{"auth": "${Buffer.from('user:password').toString('base64')}"}`,
      `{"auth": "${sample('base64', 40)}"}`,
      '{"auth": "basic-and-bearer"}',
    ],
  },
});

export const netrcPassword = secretRule({
  id: 'code/netrc-password',
  name: 'Password in .netrc',
  noun: 'A password for another machine',
  why: 'Whoever reads the file logs in to the machine it names.',
  rotate: 'Change the password at that machine.',
  references: ['https://everything.curl.dev/usingcurl/netrc.html'],
  severity: 'high',
  confidence: 'medium',
  taxa: ['CWE-798', 'CWE-259', 'ASVS-13.3.1'],
  minEntropy: 2,
  anchors: [
    {
      keywords: ['machine '],
      pattern: /machine[ \t]{1,4}[\w.-]{3,100}\s{1,8}login[ \t]{1,4}[^\s]{1,100}\s{1,8}password[ \t]{1,4}(?<secret>[^\s"'<>]{6,128})/,
    },
  ],
  judge: ({ secret }) => (EVERYDAY.test(secret) || /^[$%{]/.test(secret) ? undefined : {}),
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [{ line: 1, text: `machine git.shop.internal login deploy password ${sample('base62', 16)}`, uri: '.netrc' }],
    passes: ['machine api.heroku.com\n  login me@example.com\n  password <token>', 'machine host login user password password'],
  },
});

export const wordpressKey = secretRule({
  id: 'code/wordpress-key',
  name: 'WordPress key or salt',
  noun: 'A key of WordPress',
  why: 'Whoever reads keys and salts can make cookies that log in as any user.',
  rotate: 'Write new keys and salts into wp-config.php, which ends every session.',
  references: ['https://developer.wordpress.org/advanced-administration/wordpress/wp-config/#security-keys'],
  severity: 'high',
  confidence: 'high',
  taxa: ['CWE-321', 'CWE-798', 'ASVS-13.3.1'],
  minEntropy: 4.5,
  judgesItself: true,
  tail: false,
  anchors: [
    {
      keywords: ['auth_key', 'auth_salt', 'logged_in_key', 'logged_in_salt', 'nonce_key', 'nonce_salt'],
      pattern: /(?:AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)['"][ \t]{0,4},[ \t]{0,16}(?:'(?<secret>[^'\r\n]{60,70})(?='[ \t]{0,4}\)))/,
    },
  ],
  examples: {
    fails: [
      { line: 2, text: `<?php\ndefine('SECURE_AUTH_KEY',  '${sample('url64', 30)} ${sample('base64', 33, 3)}');`, uri: 'wp-config.php' },
    ],
    passes: ["define('AUTH_KEY', 'put your unique phrase here');"],
  },
});
