/** Mailgun: private API keys of the old and the present form. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

/** `key-` and 32 hex digits are also cache keys: the name of the service must stand near. */
const REACH = 500;

export const mailgunKey = secretRule({
  id: 'code/mailgun-key',
  name: 'Mailgun API key',
  noun: 'A Mailgun API key',
  why: 'Whoever reads the key sends mail from your domains and reads what was sent and received.',
  rotate: 'Make a new key in Mailgun under API security, use it, and delete this one.',
  references: ['https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt'],
  severity: 'high',
  confidence: 'high',
  aliases: ['mailgun-private-api-token', 'mailgun-signing-key'],
  prefix: /^key-/,
  minEntropy: 3,
  anchors: [
    { keywords: ['key-'], pattern: /key-[0-9a-f]{32}(?![A-Za-z0-9_-])/ },
    {
      keywords: ['mailgun'],
      pattern:
        /mailgun[\w.-]{0,30}["'\]\\]{0,3}[ \t]{0,12}(?:=>|:=|[:=,(])[ \t]{0,12}\\?["'`]?(?<secret>[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})(?![A-Za-z0-9_-])/i,
    },
  ],
  judge: ({ text, start }) => (/mailgun/i.test(text.slice(Math.max(0, start - REACH), start + REACH)) ? {} : undefined),
  examples: {
    fails: [
      { line: 1, text: `MAILGUN_API_KEY=ke${'y-'}${sample('hex', 32)}` },
      { line: 1, text: `mailgun_api_key: "${sample('hex', 32)}-${sample('hex', 8, 3)}-${sample('hex', 8, 5)}"` },
    ],
    passes: [`cache key-${sample('hex', 32)}`, 'MAILGUN_API_KEY=key-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  },
});
