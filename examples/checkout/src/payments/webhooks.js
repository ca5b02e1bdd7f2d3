'use strict';

const express = require('express');
const fetch = require('node-fetch');
const { authenticate } = require('../accounts/auth');
const { fail } = require('../accounts/users');
const { sign, verify } = require('./signing');

const router = express.Router();

async function deliver(config, url, event) {
  const body = JSON.stringify(event);
  const response = await fetch(url, {
    method: 'POST',
    timeout: 5000,
    headers: { 'content-type': 'application/json', 'x-shop-signature': sign(config, body) },
    body,
  });
  return { status: response.status, body: await response.text() };
}

router.post('/payments/webhooks/test', authenticate, (req, res, next) => {
  deliver(req.app.locals.config, req.body.url, { type: 'ping' }).then((result) => res.json(result), next);
});

router.put('/payments/webhooks', authenticate, (req, res, next) => {
  const { config } = req.app.locals;
  const target = URL.canParse(req.body.url) ? new URL(req.body.url) : null;
  if (!target || target.protocol !== 'https:' || !config.webhookHosts.includes(target.hostname)) {
    throw fail(422, 'webhook host is not on the list');
  }
  req.user.webhook = target.toString();
  res.json({ url: req.user.webhook });
});

router.post('/payments/webhooks/gateway', (req, res) => {
  const signature = req.get('x-gateway-signature') || '';
  if (!verify(req.app.locals.config, req.rawBody || '', signature)) throw fail(400, 'signature does not match');
  const payment = req.app.locals.db.find('payments', req.body.paymentId);
  if (!payment) throw fail(404, 'no such payment');
  payment.status = req.body.type === 'charge.disputed' ? 'disputed' : payment.status;
  res.json({ received: true });
});

module.exports = router;
