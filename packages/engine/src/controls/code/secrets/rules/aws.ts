/** Amazon Web Services: the secret access key, and the key id that names it. */

import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

const KEY_ID = 'AK' + 'IA';
const REFERENCES = ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'];
const ROTATE = 'Create a second access key in IAM, put it where the workload reads it, then deactivate and delete this one.';
const HEX = /^[0-9a-fA-F]+$/;
/** How far a word of Amazon's may stand from a key that its own name does not tell apart. */
const REACH = 400;

/** 40 characters of base 64 are also a SHA-1 or a path: it must mix its letters and stand near something of Amazon's. */
const judgeSecret = ({ secret, text, start, keywordAt }: Candidate): Partial<Grade> | undefined => {
  if (HEX.test(secret) || !(/[A-Z]/.test(secret) && /[a-z]/.test(secret) && /[0-9+/]/.test(secret))) return undefined;
  if (/secret_?access_?key|akia|asia/i.test(text.slice(keywordAt, start))) return {};
  return /aws|amazon|\bAKIA|\bASIA/i.test(text.slice(Math.max(0, keywordAt - REACH), start + REACH)) ? {} : undefined;
};

export const awsSecretAccessKey = secretRule({
  id: 'code/aws-secret-access-key',
  name: 'AWS secret access key',
  noun: 'An AWS secret access key',
  why: 'Whoever reads the key acts as its user in the AWS account: data, machines and the bill.',
  rotate: ROTATE,
  references: REFERENCES,
  severity: 'critical',
  confidence: 'high',
  aliases: ['aws-secret-access-key'],
  minEntropy: 4,
  anchors: [
    {
      keywords: ['secret_access_key', 'secretaccesskey', 'secret_key', 'secretkey', 'secret-access-key', 'secret access key', 'aws_secret'],
      pattern:
        /(?:aws_)?secret(?:[_ -]?access)?(?:[_ -]?key)?["'\]\\]{0,3}[ \t]{0,12}(?:=>|:=|[:=,>])[ \t]{0,12}\\?["'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i,
    },
    {
      // The pair as SDK calls and credential files of two columns write it: id, a few separators, secret.
      keywords: ['akia', 'asia'],
      pattern: /A(?:KIA|SIA)[A-Z2-7]{16}["'`]?[ \t]{0,4}[,:;|\t][ \t\r\n]{0,8}["'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/,
    },
  ],
  judge: judgeSecret,
  examples: {
    fails: [
      { line: 2, text: `export AWS_REGION=eu-west-1\nexport AWS_SECRET_ACCESS_KEY=${sample('base64', 40)}\n` },
      { line: 1, text: `new S3({ accessKeyId: id, secretAccessKey: '${sample('base64', 40, 3)}' })` },
      { line: 1, text: `aws.login("${KEY_ID}${sample('upper32', 16)}", "${sample('base64', 40, 5)}")` },
      { line: 1, text: `{"aws": {"secretKey": "${sample('base64', 40, 9)}"}}` },
    ],
    passes: [
      `AWS_SECRET_ACCESS_KEY=${'wJalrXUtnFEMI/K7MDENG/'}bPxRfiCY${'EXAMPLE'}KEY`,
      `AWS_SECRET_ACCESS_KEY=\${AWS_SECRET_ACCESS_KEY}`,
      `aws_secret_digest = "${sample('hex', 40)}"`,
      'secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY',
    ],
  },
});

export const awsAccessKeyId = secretRule({
  id: 'code/aws-access-key-id',
  name: 'AWS access key id',
  noun: 'An AWS access key id',
  why: 'The id names the account and the user; it is half of a credential, and the other half is often not far.',
  rotate: `Look for the secret that belongs to it. ${ROTATE}`,
  references: REFERENCES,
  severity: 'medium',
  confidence: 'high',
  aliases: ['aws-access-token'],
  minEntropy: 2.5,
  prefix: /^A[A-Z]{3}/,
  companionOf: 'code/aws-secret-access-key',
  anchors: [{ keywords: ['akia', 'asia', 'abia', 'acca'], pattern: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9_+/=])/ }],
  judge: ({ secret }) => (/[2-7]/.test(secret) ? {} : undefined),
  inTests: { severity: 'low' },
  examples: {
    fails: [
      { line: 1, text: `aws_access_key_id = ${KEY_ID}${sample('upper32', 16)}` },
      { line: 2, text: `{\n  "accessKeyId": "${KEY_ID}${sample('upper32', 16, 3)}"\n}` },
    ],
    passes: [
      `export AWS_ACCESS_KEY_ID=${KEY_ID}IOSFODNN7EXAMPLE`,
      `${KEY_ID}${'X'.repeat(16)}`,
      `blob = "aGVsbG8${KEY_ID}${sample('upper32', 16)}d29ybGQ"`,
      'Asia, Akia and other names',
    ],
  },
});
