'use strict';

const crypto = require('node:crypto');
const fetch = require('node-fetch');

async function charge(config, { amount, currency, source, idempotencyKey }) {
  if (!config.gatewayUrl) {
    return { reference: `sandbox_${crypto.createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 12)}` };
  }
  const response = await fetch(new URL('/v1/charges', config.gatewayUrl), {
    method: 'POST',
    timeout: 5000,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${config.stripeSecretKey}`,
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({ amount, currency, source }),
  });
  if (!response.ok) throw Object.assign(new Error('payment was declined'), { status: 402 });
  const body = await response.json();
  return { reference: body.id };
}

module.exports = { charge };
