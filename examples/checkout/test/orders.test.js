'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { start, signIn, order, pay, stub } = require('./helpers');
const Database = require('../src/db/database');

test('an order takes prices from the catalogue', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const created = await order(ada, [{ sku: 'MUG-WHITE', quantity: 3, unitPrice: 1 }, { sku: 'NOTEBOOK', quantity: 1 }]);
  assert.equal(created.total, 3450);
  assert.equal(created.title, 'White mug, Dotted notebook');
});

test('refuses empty orders, unknown products and bad quantities', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  for (const items of [[], [{ sku: 'SOFA', quantity: 1 }], [{ sku: 'TEE-M', quantity: -1 }]]) {
    await ada.post('/orders').send({ items }).expect(422);
  }
});

test('lists and reads the orders of the customer', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const created = await order(ada);
  await order(bob);
  const { body } = await ada.get('/orders').expect(200);
  assert.deepEqual(body.map(({ id }) => id), [created.id]);
  await ada.get(`/orders/${created.id}`).expect(200);
  await ada.get('/orders/ord_9').expect(404);
});

test('cancels only an open order of the same customer', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const { id } = await order(ada);
  await bob.post(`/orders/${id}/cancel`).expect(404);
  await ada.post(`/orders/${id}/cancel`).expect(200);
  await ada.post(`/orders/${id}/cancel`).expect(409);
});

test('search renders the matching orders', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  await order(ada);
  await order(ada, [{ sku: 'TEE-M', quantity: 1 }]);
  await order(bob, [{ sku: 'MUG-WHITE', quantity: 1 }]);
  const { text } = await ada.get('/orders/search?q=mug&status=open').expect(200).expect('content-type', /html/);
  assert.match(text, /Blue mug/);
  assert.doesNotMatch(text, /T-shirt|White mug/);
});

test('search without a match says so', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { text } = await ada.get('/orders/search?q=sofa').expect(200);
  assert.match(text, /No orders match <em>sofa<\/em>/);
});

test('recent orders escape the name of the customer', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  await ada.patch('/profile').send({ name: '<b>Ada</b>' });
  await order(ada);
  const { text } = await ada.get('/orders/recent').expect(200);
  assert.match(text, /Welcome back, &lt;b&gt;Ada&lt;\/b&gt;/);
});

test('prints and reprints a label', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { id } = await order(ada);
  assert.deepEqual((await ada.post(`/orders/${id}/label`).expect(200)).body, { label: `LABEL ${id} new` });
  assert.deepEqual((await ada.post('/orders/labels/reprint').send({ orderId: id }).expect(200)).body, { label: `LABEL ${id} reprint` });
});

test('tracking without a carrier follows the order', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { id } = await order(ada);
  assert.equal((await ada.get(`/orders/${id}/tracking`)).body.state, 'waiting');
  await pay(ada, id);
  assert.equal((await ada.get(`/orders/${id}/tracking`)).body.state, 'packing');
});

test('tracking asks the carrier and follows its redirect', async (t) => {
  const carrier = await stub((req, res) => {
    assert.equal(req.headers.authorization, undefined);
    if (req.url.startsWith('/parcels/')) return res.writeHead(302, { location: `/v2${req.url}` }).end();
    return res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ at: req.url }));
  });
  t.after(carrier.close);
  const { app } = start({ carrierUrl: carrier.url });
  const ada = await signIn(app, 'ada@mail.example');
  const bob = await signIn(app, 'bob@mail.example');
  const { id } = await order(ada);
  await bob.get(`/orders/${id}/tracking`).expect(404);
  const { body } = await ada.get(`/orders/${id}/tracking`).expect(200);
  assert.deepEqual(body, { at: `/v2/parcels/${id}` });
});

test('the database understands conditions, order and limit', () => {
  const db = new Database();
  for (const [id, total] of [['a', 3], ['b', 1], ['c', 2]]) db.insert('orders', { id, total, title: `It's ${id}` });
  const ids = (sql, params) => db.query(sql, params).map((row) => row.id).join('');
  assert.equal(ids('SELECT * FROM orders ORDER BY total DESC LIMIT 2'), 'ac');
  assert.equal(ids("SELECT * FROM orders WHERE title LIKE '%''s B' OR total >= ?", [3]), 'ab');
  assert.equal(ids("SELECT * FROM orders WHERE NOT (id = 'a' OR id = 'b')"), 'c');
  assert.throws(() => db.query('DELETE FROM orders'), /syntax error/);
  assert.throws(() => db.query('SELECT * FROM secrets'), /does not exist/);
});
