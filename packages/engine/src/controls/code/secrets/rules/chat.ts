/** Chat bots: Telegram and Discord. */
import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

export const telegramBotToken = secretRule({
  id: 'code/telegram-bot-token',
  name: 'Telegram bot token',
  noun: 'A Telegram bot token',
  why: 'Whoever reads the token is the bot: it reads what people write to it and answers them.',
  rotate: 'Revoke the token with /revoke at @BotFather, which gives a new one.',
  references: ['https://core.telegram.org/bots/features#botfather'],
  severity: 'high',
  confidence: 'high',
  aliases: ['telegram-bot-api-token'],
  // The number of the bot is public.
  prefix: /^\d+:/,
  minEntropy: 4,
  anchors: [{ keywords: [':aa'], pattern: /(?<=(?<![A-Za-z0-9_.:-])(?:bot)?(?<head>\d{8,10})):AA[\w-]{33}(?![\w-])/ }],
  examples: {
    fails: [
      { line: 1, text: `BOT_TOKEN=${sample('digits', 10)}:A${'A'}${sample('url64', 33)}` },
      { line: 1, text: `curl https://api.telegram.org/bot${sample('digits', 9, 3)}:A${'A'}${sample('base62', 33)}/getMe` },
    ],
    passes: [`${sample('digits', 10)}:AA${'x'.repeat(33)}`, `fingerprint 00:AA:${sample('hex', 40)}`, 'mac = "12:AA:BB"'],
  },
});

export const discordWebhook = secretRule({
  id: 'code/discord-webhook',
  name: 'Discord webhook',
  noun: 'A Discord webhook address',
  why: 'Whoever reads the address can write into the channel under any name.',
  rotate: 'Delete the webhook in the settings of the channel under Integrations, and make a new one.',
  references: ['https://support.discord.com/hc/en-us/articles/228383668'],
  severity: 'medium',
  confidence: 'high',
  prefix: /^\/api\/(?:v\d{1,2}\/)?webhooks\/\d+\//,
  minEntropy: 4,
  anchors: [
    {
      keywords: ['discord.com/api/', 'discordapp.com/api/'],
      pattern: /discord(?:app)?\.com(?<secret>\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/[\w-]{60,80})(?![\w-])/,
    },
  ],
  examples: {
    fails: [{ line: 1, text: `hook: https://discord.com/api/webhooks/${sample('digits', 18)}/${sample('url64', 68)}` }],
    passes: [`https://discord.com/api/webhooks/123456789012345678/${'x'.repeat(68)}`, 'https://discord.com/api/webhooks/<id>/<token>'],
  },
});

/** The first part is the bot's number in base 64: what does not decode to one is some other string of three parts. */
const judgeBot = ({ secret }: Candidate): Partial<Grade> | undefined =>
  /^\d{17,20}$/.test(Buffer.from(secret.slice(0, secret.indexOf('.')), 'base64url').toString('latin1')) ? {} : undefined;

export const discordBotToken = secretRule({
  id: 'code/discord-bot-token',
  name: 'Discord bot token',
  noun: 'A Discord bot token',
  why: 'Whoever reads the token is the bot, in every server that let it in.',
  rotate: 'Reset the token in the Discord developer portal under Bot.',
  references: ['https://docs.discord.com/developers/reference#authentication'],
  severity: 'high',
  confidence: 'high',
  minEntropy: 4,
  anchors: [
    {
      keywords: ['token', 'login(', 'bot ', 'discord'],
      pattern:
        /(?:token|login|bot|discord)[\w-]{0,24}["'\]\\]{0,3}[ \t]{0,8}[=:>(,]{0,2}[ \t]{0,8}\\?["'`]?(?<secret>[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,38})(?![\w.-])/i,
    },
  ],
  judge: judgeBot,
  examples: {
    fails: [
      {
        line: 1,
        text: `client.login('${Buffer.from(sample('digits', 18)).toString('base64url')}.${sample('url64', 6)}.${sample('url64', 38, 3)}')`,
      },
      {
        line: 1,
        text: `DISCORD_TOKEN=${Buffer.from(sample('digits', 19, 3)).toString('base64url')}.${sample('url64', 6)}.${sample('url64', 38, 5)}`,
      },
    ],
    passes: [`token = '${sample('url64', 24)}.${sample('url64', 6)}.${sample('url64', 27, 3)}'`, "client.login('your-token-here')"],
  },
});
