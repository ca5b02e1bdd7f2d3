/** Twilio: API keys and the account's token; SendGrid, which belongs to it. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

/** How far the word Twilio may stand from a key that its form alone does not tell apart. */
const REACH = 500;
const nearTwilio = (text: string, at: number): boolean => /twilio/i.test(text.slice(Math.max(0, at - REACH), at + REACH));

export const twilioApiKey = secretRule({
  id: 'code/twilio-api-key',
  name: 'Twilio API key',
  noun: 'A Twilio API key id',
  why: 'It names the key that sends messages and calls on your bill; its secret is often not far.',
  rotate: 'Delete the key in the Twilio console under API keys & tokens, make a new one, and look for its secret nearby.',
  references: ['https://www.twilio.com/docs/iam/api-keys'],
  severity: 'medium',
  confidence: 'medium',
  aliases: ['twilio-api-key'],
  prefix: /^SK/,
  minEntropy: 3,
  anchors: [{ keywords: ['sk'], pattern: /SK[0-9a-f]{32}(?![A-Za-z0-9_])/ }],
  judge: ({ text, start, path }) => (nearTwilio(text, start) || path === 'plain' ? {} : undefined),
  inTests: { severity: 'low' },
  examples: {
    fails: [{ line: 1, text: `TWILIO_API_KEY=S${'K'}${sample('hex', 32)}` }],
    passes: ['SKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', `TASK${sample('hex', 32)}`, 'SK12345678901234567890123456789012'],
  },
});

export const twilioAuthToken = secretRule({
  id: 'code/twilio-auth-token',
  name: 'Twilio auth token',
  noun: 'The auth token of a Twilio account',
  why: 'Whoever reads it owns the account: messages and calls on your bill, and the logs of all of yours.',
  rotate: 'Create the secondary token in the Twilio console, move to it, and promote it; that ends this one.',
  references: ['https://help.twilio.com/articles/223136027'],
  severity: 'critical',
  confidence: 'medium',
  minEntropy: 3,
  anchors: [
    {
      keywords: ['auth_token', 'authtoken', 'auth-token'],
      pattern: /auth[_-]?token["'\]\\]{0,3}[ \t]{0,12}(?:=>|:=|[:=,])[ \t]{0,12}\\?["'`]?(?<secret>[0-9a-f]{32})(?![A-Za-z0-9_])/i,
    },
    {
      // twilio('AC…', 'token'): the account id is 34 characters.
      keywords: ['ac'],
      pattern: /AC[0-9a-f]{32}["'`]?[ \t]{0,4}[,:][ \t\r\n]{0,8}["'`]?(?<secret>[0-9a-f]{32})(?![A-Za-z0-9_])/,
    },
  ],
  judge: ({ text, start }) => (nearTwilio(text, start) ? {} : undefined),
  inTests: { severity: 'medium', confidence: 'low' },
  examples: {
    fails: [
      { line: 1, text: `TWILIO_AUTH_TOKEN=${sample('hex', 32)}` },
      { line: 1, text: `const client = twilio('A${'C'}${sample('hex', 32)}', '${sample('hex', 32, 3)}');` },
    ],
    passes: [
      `auth_token = "${sample('hex', 32)}"`.replace('auth_token', 'etag'),
      'TWILIO_AUTH_TOKEN=your_auth_token',
      `account = 'AC${sample('hex', 32)}'`,
    ],
  },
});

export const sendgridKey = secretRule({
  id: 'code/sendgrid-key',
  name: 'SendGrid API key',
  noun: 'A SendGrid API key',
  why: 'Whoever reads the key sends mail from your domain, which passes as yours.',
  rotate: 'Delete the key in SendGrid under Settings, API Keys, and make one with only the rights to send.',
  references: ['https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['sendgrid-api-token'],
  prefix: /^SG\./,
  minEntropy: 4,
  anchors: [{ keywords: ['sg.'], pattern: /SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/ }],
  examples: {
    fails: [{ line: 1, text: `SENDGRID_API_KEY='S${'G.'}${sample('url64', 22)}.${sample('url64', 43, 3)}'` }],
    passes: [`SG.${'x'.repeat(22)}.${'y'.repeat(43)}`, 'msg.length.toString()', 'SENDGRID_API_KEY=SG.your_key'],
  },
});
