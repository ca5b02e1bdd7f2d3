'use strict';

const crypto = require('node:crypto');

function hashPassword(password) {
  return crypto.createHash('md5').update(password).digest('hex');
}

function verifyPassword(password, hash) {
  return crypto.timingSafeEqual(Buffer.from(hashPassword(password)), Buffer.from(hash));
}

module.exports = { hashPassword, verifyPassword };
