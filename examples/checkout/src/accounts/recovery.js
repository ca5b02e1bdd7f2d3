'use strict';

const crypto = require('node:crypto');

function createRecoveryCode() {
  return crypto.randomBytes(10).toString('hex');
}

function hashRecoveryCode(code, salt = crypto.randomBytes(16)) {
  const key = crypto.scryptSync(code, salt, 32);
  return `${salt.toString('hex')}:${key.toString('hex')}`;
}

function verifyRecoveryCode(code, stored) {
  const [salt, key] = stored.split(':');
  const actual = crypto.scryptSync(code, Buffer.from(salt, 'hex'), 32);
  return crypto.timingSafeEqual(actual, Buffer.from(key, 'hex'));
}

module.exports = { createRecoveryCode, hashRecoveryCode, verifyRecoveryCode };
