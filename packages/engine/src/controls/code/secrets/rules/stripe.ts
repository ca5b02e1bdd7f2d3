/** Stripe: secret and restricted keys, live and test, and the secret that signs webhooks. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

const REFERENCES = ['https://docs.stripe.com/keys', 'https://docs.stripe.com/keys-best-practices'];

export const stripeLiveKey = secretRule({
  id: 'code/stripe-live-key',
  name: 'Live Stripe key',
  noun: 'A live Stripe key',
  why: 'Whoever reads the key can move money, refund payments and read the data of customers.',
  rotate: 'Roll the key in the Stripe dashboard under Developers, API keys.',
  references: REFERENCES,
  severity: 'critical',
  confidence: 'high',
  aliases: ['stripe-access-token'],
  prefix: /^[sr]k_live_/,
  minEntropy: 3,
  anchors: [{ keywords: ['sk_live_', 'rk_live_'], pattern: /[sr]k_live_[A-Za-z0-9]{16,247}(?![A-Za-z0-9_])/ }],
  examples: {
    fails: [
      { line: 2, text: `NODE_ENV=production\nSTRIPE_SECRET_KEY=sk_${'live_'}${sample('base62', 24)}\n`, uri: 'deploy/production.env' },
      { line: 1, text: `stripe('rk_${'live_'}${sample('base62', 99, 3)}')` },
    ],
    passes: [
      'STRIPE_SECRET_KEY=sk_live_...',
      `sk_live_${'x'.repeat(24)}`,
      'sk_live_yourKeyGoesHere0000001',
      `pk_live_${sample('base62', 24)}`,
    ],
  },
});

export const stripeTestKey = secretRule({
  id: 'code/stripe-test-key',
  name: 'Stripe test key',
  noun: 'A Stripe test key',
  why: 'The key works only in the test mode, but it shows how the live one is kept, and it reads what tests have stored.',
  rotate: 'Roll the key in the test mode of the Stripe dashboard under Developers, API keys.',
  references: REFERENCES,
  severity: 'low',
  confidence: 'high',
  aliases: ['stripe-access-token'],
  prefix: /^[sr]k_test_/,
  minEntropy: 3,
  anchors: [{ keywords: ['sk_test_', 'rk_test_'], pattern: /[sr]k_test_[A-Za-z0-9]{16,247}(?![A-Za-z0-9_])/ }],
  examples: {
    fails: [{ line: 1, text: `key: sk_${'test_'}${sample('base62', 24)}` }],
    passes: [`sk_test_${'0'.repeat(24)}`, 'sk_test_123', 'sk_test_example4567890example'],
  },
});

export const stripeWebhookSecret = secretRule({
  id: 'code/stripe-webhook-secret',
  name: 'Webhook signing secret',
  noun: 'A webhook signing secret',
  why: 'Whoever reads it can sign events, such as a payment that never was, that the application believes.',
  rotate: 'Roll the secret of the endpoint (Stripe: Developers, Webhooks; others name it alike).',
  references: ['https://docs.stripe.com/webhooks#roll-endpoint-secrets'],
  severity: 'high',
  confidence: 'medium',
  prefix: /^whsec_/,
  minEntropy: 3.5,
  anchors: [{ keywords: ['whsec_'], pattern: /whsec_(?:[A-Za-z0-9+/]{32}|[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])/ }],
  inTests: { severity: 'low' },
  examples: {
    fails: [{ line: 1, text: `STRIPE_WEBHOOK_SECRET=whs${'ec_'}${sample('base62', 32)}` }],
    passes: ['whsec_test_secret', `whsec_${'a'.repeat(32)}`],
  },
});
