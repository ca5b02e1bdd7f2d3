'use strict';

const express = require('express');
const { issueToken, authenticate } = require('./auth');
const { verifyPassword } = require('./passwords');
const { applyPreferences } = require('./preferences');
const { register, present, fail } = require('./users');

const router = express.Router();

router.post('/users', (req, res) => {
  const { user, recoveryCode } = register(req.app.locals.db, req.body);
  res.status(201).json({ ...present(user), recoveryCode });
});

router.post('/login', (req, res) => {
  const { email, password } = req.body;
  const [user] = req.app.locals.db.query('SELECT * FROM users WHERE email = ?', [email]);
  if (!user || !verifyPassword(String(password), user.passwordHash)) throw fail(401, 'email or password is wrong');
  res.json({ token: issueToken(req, user) });
});

router.get('/login/continue', (req, res) => {
  res.redirect(req.query.next || '/');
});

router.get('/logout', (req, res) => {
  const next = String(req.query.next || '/');
  res.redirect(/^\/(?![/\\])[\w/-]*$/.test(next) ? next : '/');
});

router.get('/profile', authenticate, (req, res) => {
  res.json(present(req.user));
});

router.patch('/profile', authenticate, (req, res) => {
  Object.assign(req.user, req.body);
  res.json(present(req.user));
});

router.put('/profile/address', authenticate, (req, res) => {
  const { street, city, postcode, country } = req.body;
  if (![street, city, postcode, country].every((part) => typeof part === 'string' && part)) {
    throw fail(422, 'address is not complete');
  }
  req.user.address = { street, city, postcode, country };
  res.json(present(req.user));
});

router.put('/profile/preferences', authenticate, (req, res) => {
  res.json(applyPreferences(req.user, req.body));
});

router.get('/profile/sessions', authenticate, (req, res) => {
  res.json(req.app.locals.db.query('SELECT * FROM sessions WHERE userId = ?', [req.user.id]));
});

module.exports = router;
