'use strict';

const http = require('node:http');
const request = require('supertest');
const createApp = require('../src/app');
const { registerAdmin } = require('../src/accounts/users');

const PASSWORD = 'changeme-please';

function start(settings) {
  const app = createApp({ log: false, settings: { sessionSecret: 'test', gatewayUrl: undefined, carrierUrl: undefined, ...settings } });
  return { app, db: app.locals.db };
}

async function signIn(app, email) {
  await request(app).post('/users').send({ email, password: PASSWORD });
  const { body } = await request(app).post('/login').send({ email, password: PASSWORD }).expect(200);
  return as(app, body.token);
}

async function signInAdmin(app) {
  registerAdmin(app.locals.db, 'admin@shop.example', PASSWORD);
  return signIn(app, 'admin@shop.example');
}

function as(app, token) {
  const call = (method) => (url) => request(app)[method](url).set('authorization', `Bearer ${token}`);
  return { get: call('get'), post: call('post'), put: call('put'), patch: call('patch') };
}

async function order(user, items = [{ sku: 'MUG-BLUE', quantity: 2 }]) {
  const { body } = await user.post('/orders').send({ items }).expect(201);
  return body;
}

async function pay(user, orderId) {
  const { body } = await user.post('/payments').send({ orderId, source: 'card_visa' }).expect(201);
  return body;
}

async function stub(handler) {
  const server = http.createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => handler(req, res, body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

module.exports = { PASSWORD, start, signIn, signInAdmin, order, pay, stub };
