'use strict';

const validator = require('validator');
const { hashPassword } = require('./passwords');
const { createRecoveryCode, hashRecoveryCode } = require('./recovery');
const { DEFAULT_PREFERENCES } = require('./preferences');

function fail(status, message) {
  return Object.assign(new Error(message), { status });
}

function register(db, { email, password, name }) {
  if (typeof email !== 'string' || !validator.isEmail(email)) throw fail(422, 'email is not valid');
  if (typeof password !== 'string' || password.length < 8) throw fail(422, 'password is too short');
  if (db.query('SELECT * FROM users WHERE email = ?', [email]).length) throw fail(409, 'email is taken');
  const recoveryCode = createRecoveryCode();
  const user = db.insert('users', {
    id: db.nextId('usr'),
    email,
    name: typeof name === 'string' ? name : email.split('@')[0],
    role: 'customer',
    passwordHash: hashPassword(password),
    recoveryHash: hashRecoveryCode(recoveryCode),
    preferences: DEFAULT_PREFERENCES,
    address: null,
  });
  return { user, recoveryCode };
}

function registerAdmin(db, email, password) {
  const { user } = register(db, { email, password });
  user.role = 'admin';
  return user;
}

function present(user) {
  const { id, email, name, role, preferences, address } = user;
  return { id, email, name, role, preferences, address };
}

module.exports = { register, registerAdmin, present, fail };
