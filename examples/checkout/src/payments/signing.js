'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

function key(config, name) {
  return fs.readFileSync(path.join(config.keyDirectory, name), 'utf8');
}

function sign(config, body) {
  return crypto.sign('sha256', Buffer.from(body), key(config, 'webhook-signing.pem')).toString('base64');
}

function verify(config, body, signature) {
  return crypto.verify('sha256', Buffer.from(body), key(config, 'webhook-signing.pub.pem'), Buffer.from(signature, 'base64'));
}

module.exports = { sign, verify };
