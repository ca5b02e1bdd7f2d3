/** Language models: OpenAI, Anthropic, Hugging Face. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const openaiKey = secretRule({
  id: 'code/openai-key',
  name: 'OpenAI API key',
  noun: 'An OpenAI API key',
  why: 'Whoever reads the key spends on your bill and reads the files and threads of the project.',
  rotate: 'Revoke the key on the API keys page of the project, and make a new one with fewer rights.',
  references: ['https://platform.openai.com/docs/api-reference/authentication'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['openai-api-key'],
  prefix: /^sk-(?:(?:proj|svcacct|admin|None)-)?/,
  minEntropy: 3.5,
  // Every key holds the letters "OpenAI" in base 64, whatever its length.
  anchors: [{ keywords: ['t3blbkfj'], pattern: /(?<=(?<![\w-])(?<head>sk-[\w-]{20,180}))T3BlbkFJ[\w-]{20,180}(?![\w-])/ }],
  examples: {
    fails: [
      { line: 1, text: `OPENAI_API_KEY=sk-${sample('base62', 20)}T3Blbk${'FJ'}${sample('base62', 20, 3)}` },
      { line: 1, text: `key: "sk-proj-${sample('url64', 74)}T3Blbk${'FJ'}${sample('url64', 74, 3)}"` },
    ],
    passes: ['OPENAI_API_KEY=sk-...', `sk-${'x'.repeat(20)}T3BlbkFJ${'x'.repeat(20)}`, `sk-${sample('base62', 48)}`],
  },
});

export const anthropicKey = secretRule({
  id: 'code/anthropic-key',
  name: 'Anthropic API key',
  noun: 'An Anthropic API key',
  why: 'Whoever reads the key spends on your bill; an admin key manages the whole organization.',
  rotate: 'Disable and delete the key in the Claude console under API keys, and make a new one.',
  references: ['https://platform.claude.com/docs/en/api/overview'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['anthropic-api-key', 'anthropic-admin-api-key'],
  prefix: /^sk-ant-[a-z]{3,5}\d\d-/,
  minEntropy: 4,
  anchors: [{ keywords: ['sk-ant-'], pattern: /sk-ant-(?:api|admin|oat|ort|sid)\d\d-[\w-]{80,120}(?![\w-])/ }],
  examples: {
    fails: [{ line: 1, text: `ANTHROPIC_API_KEY=sk-ant-${'api03-'}${sample('url64', 93)}AA` }],
    passes: ['sk-ant-api03-...', `sk-ant-api03-${'x'.repeat(93)}AA`],
  },
});

export const huggingFaceToken = secretRule({
  id: 'code/hugging-face-token',
  name: 'Hugging Face token',
  noun: 'A Hugging Face token',
  why: 'Whoever reads the token reads private models and data sets, and with write access replaces them.',
  rotate: 'Invalidate the token in the settings under Access Tokens, and make a fine-grained one.',
  references: ['https://huggingface.co/docs/hub/security-tokens'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['huggingface-access-token', 'huggingface-organization-api-token'],
  prefix: /^(?:hf_|api_org_)/,
  minEntropy: 3.5,
  anchors: [{ keywords: ['hf_', 'api_org_'], pattern: /(?:hf_|api_org_)[A-Za-z]{34}(?![A-Za-z0-9_])/ }],
  judge: ({ secret }) =>
    /[A-Z].*[A-Z]/.test(secret) && /[a-z].*[a-z]/.test(secret.slice(8)) && !/[A-Z]?[a-z]{8}/.test(secret.slice(3)) ? {} : undefined,
  examples: {
    fails: [{ line: 1, text: `HF_TOKEN=h${'f_'}${sample('letters', 34)}` }],
    passes: [`hf_${'x'.repeat(34)}`, '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', 'HF_TOKEN=hf_...'],
  },
});
