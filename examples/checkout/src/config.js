'use strict';

const crypto = require('node:crypto');
const path = require('node:path');

const root = path.join(__dirname, '..');

module.exports = {
  root,
  host: process.env.HOST || '127.0.0.1',
  port: Number(process.env.PORT || 3000),
  sessionSecret: process.env.SESSION_SECRET || crypto.randomBytes(32).toString('hex'),
  stripeSecretKey: process.env.STRIPE_SECRET_KEY,
  gatewayUrl: process.env.PAYMENT_GATEWAY_URL,
  carrierUrl: process.env.CARRIER_URL,
  invoiceDirectory: path.join(root, 'data', 'invoices'),
  keyDirectory: process.env.KEY_DIRECTORY || path.join(root, 'config', 'keys'),
  webhookHosts: (process.env.WEBHOOK_HOSTS || 'hooks.shop.example').split(','),
  currency: 'EUR',
};
