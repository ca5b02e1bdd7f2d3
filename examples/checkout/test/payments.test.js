'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const request = require('supertest');
const { start, signIn, signInAdmin, order, pay, stub } = require('./helpers');
const { sign } = require('../src/payments/signing');

test('the sandbox captures a payment once', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { id } = await order(ada);
  const payment = await pay(ada, id);
  assert.equal(payment.amount, 2200);
  assert.equal(payment.status, 'captured');
  assert.equal(payment.receipt, 'email');
  assert.match(payment.reference, /^sandbox_[0-9a-f]{12}$/);
  await ada.post('/payments').send({ orderId: id, source: 'card_visa' }).expect(409);
});

test('an order of someone else can not be paid', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const { id } = await order(ada);
  await bob.post('/payments').send({ orderId: id, source: 'card_visa' }).expect(404);
  await ada.post('/payments').send({ orderId: id }).expect(422);
});

test('the gateway gets amount and key, a decline leaves the order open', async (t) => {
  const seen = [];
  const gateway = await stub((req, res, body) => {
    seen.push({ url: req.url, key: req.headers.authorization, idempotency: req.headers['idempotency-key'], ...JSON.parse(body) });
    res.writeHead(seen.length === 1 ? 402 : 200, { 'content-type': 'application/json' }).end('{"id":"ch_77"}');
  });
  t.after(gateway.close);
  const { app } = start({ gatewayUrl: gateway.url, stripeSecretKey: 'key' });
  const ada = await signIn(app, 'ada@mail.example');
  const { id } = await order(ada);
  await ada.post('/payments').send({ orderId: id, source: 'card_visa' }).expect(402);
  const { body } = await ada.post('/payments').set('idempotency-key', '7f0c6a52-3c1e-4a8e-9a53-0d2f6f1f8b11')
    .send({ orderId: id, source: 'card_visa' }).expect(201);
  assert.equal(body.reference, 'ch_77');
  assert.deepEqual(seen[1], {
    url: '/v1/charges', key: 'Bearer key', idempotency: '7f0c6a52-3c1e-4a8e-9a53-0d2f6f1f8b11',
    amount: 2200, currency: 'EUR', source: 'card_visa',
  });
});

test('evidence is stored with its digest', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const payment = await pay(ada, (await order(ada)).id);
  await bob.get(`/payments/${payment.id}`).expect(404);
  const { body } = await ada.post(`/payments/${payment.id}/evidence`).attach('file', Buffer.from('signed for'), 'proof.txt').expect(201);
  assert.equal(body[0].name, 'proof.txt');
  assert.equal(body[0].size, 10);
  assert.match(body[0].digest, /^[0-9a-f]{64}$/);
  await ada.post(`/payments/${payment.id}/evidence`).expect(422);
});

test('an administrator refunds a payment', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const admin = await signInAdmin(app);
  const payment = await pay(ada, (await order(ada)).id);
  await request(app).post('/admin/refunds').send({ paymentId: payment.id }).expect(401);
  await admin.post('/admin/refunds').send({ paymentId: 'pay_9' }).expect(404);
  await admin.post('/admin/refunds').send({ paymentId: payment.id }).expect(200);
  assert.equal((await ada.get(`/payments/${payment.id}`)).body.status, 'refunded');
});

test('a gateway event needs a valid signature', async () => {
  const { app, db } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { id } = await pay(ada, (await order(ada)).id);
  const event = JSON.stringify({ type: 'charge.disputed', paymentId: id });
  const send = (signature) => request(app).post('/payments/webhooks/gateway')
    .set('content-type', 'application/json').set('x-gateway-signature', signature).send(event);
  await send('AAAA').expect(400);
  assert.equal(db.find('payments', id).status, 'captured');
  await send(sign(app.locals.config, event)).expect(200);
  assert.equal(db.find('payments', id).status, 'disputed');
});

test('a test event is signed and delivered, a webhook host must be listed', async (t) => {
  const merchant = await stub((req, res) => res.end(req.headers['x-shop-signature'] ? 'signed' : 'plain'));
  t.after(merchant.close);
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { body } = await ada.post('/payments/webhooks/test').send({ url: `${merchant.url}/hook` }).expect(200);
  assert.deepEqual(body, { status: 200, body: 'signed' });
  await ada.put('/payments/webhooks').send({ url: 'https://elsewhere.example/hook' }).expect(422);
  await ada.put('/payments/webhooks').send({ url: 'https://hooks.shop.example/ada' }).expect(200);
});
