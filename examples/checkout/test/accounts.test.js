'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const request = require('supertest');
const { PASSWORD, start, signIn, signInAdmin } = require('./helpers');
const { hashRecoveryCode, verifyRecoveryCode } = require('../src/accounts/recovery');

test('registers a customer and never shows the password hash', async () => {
  const { app } = start();
  const { body } = await request(app).post('/users').send({ email: 'ada@mail.example', password: PASSWORD }).expect(201);
  assert.equal(body.id, 'usr_1001');
  assert.equal(body.role, 'customer');
  assert.equal(body.passwordHash, undefined);
  assert.match(body.recoveryCode, /^[0-9a-f]{20}$/);
});

test('refuses a bad email, a short password and a taken email', async () => {
  const { app } = start();
  await request(app).post('/users').send({ email: 'nobody', password: PASSWORD }).expect(422);
  await request(app).post('/users').send({ email: 'ada@mail.example', password: 'short' }).expect(422);
  await request(app).post('/users').send({ email: 'ada@mail.example', password: PASSWORD }).expect(201);
  await request(app).post('/users').send({ email: 'ada@mail.example', password: PASSWORD }).expect(409);
});

test('a wrong password does not sign in', async () => {
  const { app } = start();
  await request(app).post('/users').send({ email: 'ada@mail.example', password: PASSWORD });
  await request(app).post('/login').send({ email: 'ada@mail.example', password: 'something else' }).expect(401);
  await request(app).post('/login').send({ email: 'bob@mail.example', password: PASSWORD }).expect(401);
});

test('a session is needed and a forged token is refused', async () => {
  const { app } = start();
  await request(app).get('/profile').expect(401);
  await request(app).get('/profile').set('authorization', 'Bearer a.b.c').expect(401);
});

test('sign-in records browser and system of the device', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  await request(app).post('/login')
    .set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0')
    .send({ email: 'ada@mail.example', password: PASSWORD });
  const { body } = await ada.get('/profile/sessions').expect(200);
  assert.deepEqual(body.map(({ browser, system }) => [browser, system]), [['unknown', 'unknown'], ['Firefox', 'Linux']]);
});

test('preferences are merged over the defaults', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const { body } = await ada.put('/profile/preferences').send({ notifications: { sms: true } }).expect(200);
  assert.deepEqual(body, { notifications: { sms: true, email: true }, language: 'en' });
});

test('changes name and address', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  await ada.patch('/profile').send({ name: 'Ada L.' }).expect(200);
  await ada.put('/profile/address').send({ street: 'Quay 1', city: 'Porto' }).expect(422);
  const { body } = await ada.put('/profile/address').send({ street: 'Quay 1', city: 'Porto', postcode: '4000', country: 'PT', role: 'x' }).expect(200);
  assert.equal(body.name, 'Ada L.');
  assert.deepEqual(body.address, { street: 'Quay 1', city: 'Porto', postcode: '4000', country: 'PT' });
});

test('only administrators list users', async () => {
  const { app } = start();
  const ada = await signIn(app, 'ada@mail.example');
  const admin = await signInAdmin(app);
  await ada.get('/admin/users').expect(403);
  const { body } = await admin.get('/admin/users').expect(200);
  assert.deepEqual(body.map((user) => user.email), ['ada@mail.example', 'admin@shop.example']);
});

test('continues to a local page after sign-in and sign-out', async () => {
  const { app } = start();
  await request(app).get('/login/continue?next=/orders').expect(302).expect('location', '/orders');
  await request(app).get('/logout?next=/orders/recent').expect('location', '/orders/recent');
  await request(app).get('/logout?next=//elsewhere.example').expect('location', '/');
});

test('recovery codes are salted', () => {
  const stored = hashRecoveryCode('0f0f');
  assert.notEqual(stored, hashRecoveryCode('0f0f'));
  assert.equal(verifyRecoveryCode('0f0f', stored), true);
  assert.equal(verifyRecoveryCode('0f0e', stored), false);
});
