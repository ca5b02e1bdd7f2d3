/** Shops and payments: Shopify and Square. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const shopifyToken = secretRule({
  id: 'code/shopify-token',
  name: 'Shopify token',
  noun: 'A Shopify token',
  why: 'Whoever reads it can read the orders and customers of the shop, or sign requests as the app.',
  rotate: 'Rotate the credentials of the app in the Shopify admin or the partner dashboard; uninstalling the app ends its tokens.',
  references: ['https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['shopify-access-token', 'shopify-custom-access-token', 'shopify-private-app-access-token', 'shopify-shared-secret'],
  prefix: /^shp[a-z]{2}_/,
  minEntropy: 3,
  anchors: [
    { keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_'], pattern: /shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}(?![A-Za-z0-9_])/ },
  ],
  examples: {
    fails: [{ line: 1, text: `"X-Shopify-Access-Token": "shp${'at_'}${sample('hex', 32)}"` }],
    passes: [`shpat_${'x'.repeat(32)}`, `shpat_${'0'.repeat(32)}`],
  },
});

const NEAR = 300;

export const squareToken = secretRule({
  id: 'code/square-token',
  name: 'Square token',
  noun: 'A Square token',
  why: 'Whoever reads it can take payments and read the sales and customers of the account.',
  rotate: 'Replace the token in the Square developer dashboard under Credentials.',
  references: ['https://developer.squareup.com/docs/build-basics/access-tokens'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['square-access-token'],
  prefix: /^(?:sq0[a-z]{3}-|EAAA)/,
  minEntropy: 3.5,
  anchors: [
    { keywords: ['sq0atp-', 'sq0csp-'], pattern: /sq0(?:atp-[\w-]{22}|csp-[\w-]{43})(?![\w-])/ },
    { keywords: ['eaaa'], pattern: /EAAA[\w-]{60}(?![\w-])/ },
  ],
  // EAAA is also how many binary things begin in base 64.
  judge: ({ secret, text, start }) =>
    secret.startsWith('sq0') || /square/i.test(text.slice(Math.max(0, start - NEAR), start + NEAR)) ? {} : undefined,
  examples: {
    fails: [
      { line: 1, text: `accessToken: 'sq0${'atp-'}${sample('url64', 22)}'` },
      { line: 1, text: `SQUARE_ACCESS_TOKEN=EA${'AA'}${sample('url64', 60)}` },
    ],
    passes: [`sq0atp-${'x'.repeat(22)}`, `font: url(data:font/woff;base64,EAAA${sample('base62', 60)})`],
  },
});
