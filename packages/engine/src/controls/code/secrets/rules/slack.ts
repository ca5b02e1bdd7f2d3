/** Slack: tokens of bots, users, apps and configurations, and incoming webhooks. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const slackToken = secretRule({
  id: 'code/slack-token',
  name: 'Slack token',
  noun: 'A Slack token',
  why: 'Whoever reads the token can read messages and files, and write in the name of the bot or user.',
  rotate: 'Revoke the token (auth.revoke, or OAuth & Permissions of the app) and install the app again.',
  references: ['https://docs.slack.dev/authentication/tokens/'],
  severity: 'critical',
  confidence: 'high',
  aliases: [
    'slack-bot-token',
    'slack-user-token',
    'slack-app-token',
    'slack-legacy-token',
    'slack-legacy-bot-token',
    'slack-legacy-workspace-token',
    'slack-config-access-token',
    'slack-config-refresh-token',
  ],
  prefix: /^(?:xox[a-z](?:\.xox[a-z])?|xapp)-/,
  minEntropy: 3,
  anchors: [
    { keywords: ['xoxb-'], pattern: /xoxb-\d{8,14}-(?:\d{8,14}-)?[A-Za-z0-9]{18,34}(?![A-Za-z0-9-])/ },
    { keywords: ['xoxp-', 'xoxs-', 'xoxo-'], pattern: /xox[pso]-\d{8,14}-\d{8,14}-(?:\d{8,14}-)?[a-f0-9]{10,64}(?![A-Za-z0-9-])/ },
    { keywords: ['xoxa-', 'xoxr-'], pattern: /xox[ar]-(?:\d-)?[A-Za-z0-9-]{20,160}(?![A-Za-z0-9-])/ },
    { keywords: ['xoxe.xox', 'xoxe-'], pattern: /xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{100,200}(?![A-Za-z0-9-])/ },
    { keywords: ['xapp-'], pattern: /xapp-\d-A[A-Z0-9]{8,14}-\d{8,16}-[a-f0-9]{40,80}(?![A-Za-z0-9-])/ },
  ],
  examples: {
    fails: [
      { line: 1, text: `SLACK_BOT_TOKEN=xox${'b-'}${sample('digits', 12)}-${sample('digits', 13, 3)}-${sample('base62', 24)}` },
      { line: 1, text: `app(token="xapp-${'1-'}A${sample('upper32', 10)}-${sample('digits', 13)}-${sample('hex', 64)}")` },
      { line: 1, text: `xox${'p-'}${sample('digits', 12)}-${sample('digits', 12, 3)}-${sample('digits', 12, 5)}-${sample('hex', 32)}` },
    ],
    passes: ['xoxb-your-token', 'xoxb-123456789012-1234567890123-xxxxxxxxxxxxxxxxxxxxxxxx', 'xoxp-…'],
  },
});

export const slackWebhook = secretRule({
  id: 'code/slack-webhook',
  name: 'Slack webhook',
  noun: 'A Slack webhook address',
  why: 'Whoever reads the address can write into the channel, with a link of their own, in the name of the app.',
  rotate: 'Remove the webhook in the settings of the Slack app (Incoming Webhooks) and add a new one.',
  references: ['https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/'],
  severity: 'high',
  confidence: 'high',
  aliases: ['slack-webhook-url'],
  prefix: /^hooks\.slack\.com\/(?:services|workflows|triggers)\//,
  minEntropy: 3,
  anchors: [
    {
      keywords: ['hooks.slack.com/'],
      pattern:
        /hooks\.slack\.com\/(?:services\/T[A-Z0-9]{7,13}\/B[A-Z0-9]{7,13}\/[A-Za-z0-9]{20,28}|(?:workflows|triggers)\/[TE][A-Z0-9]{7,13}\/[A-Za-z0-9]{8,24}\/[A-Za-z0-9/]{20,60})(?![A-Za-z0-9])/,
    },
  ],
  examples: {
    fails: [
      {
        line: 1,
        text: `url: https://hooks.slack.com/services/${'T'}${sample('upper32', 9)}/B${sample('upper32', 9, 3)}/${sample('base62', 24)}`,
      },
    ],
    passes: [`https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`, 'https://hooks.slack.com/services/YOUR/WEBHOOK/URL'],
  },
});
