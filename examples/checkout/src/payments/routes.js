'use strict';

const crypto = require('node:crypto');
const express = require('express');
const multer = require('multer');
const { authenticate } = require('../accounts/auth');
const { wantsEmail } = require('../accounts/preferences');
const { fail } = require('../accounts/users');
const { createInvoice } = require('../invoices/store');
const { charge } = require('./gateway');

const router = express.Router();
const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1024 * 1024, files: 1 } });

function ownPayment(req, res, next) {
  const payment = req.app.locals.db.find('payments', req.params.id);
  if (!payment || payment.userId !== req.user.id) return next(fail(404, 'no such payment'));
  req.payment = payment;
  return next();
}

async function pay(req) {
  const { db, config } = req.app.locals;
  const order = db.find('orders', req.body.orderId);
  if (!order || order.userId !== req.user.id) throw fail(404, 'no such order');
  if (order.status !== 'open') throw fail(409, 'order is not open');
  if (typeof req.body.source !== 'string') throw fail(422, 'payment source is missing');
  const idempotencyKey = req.get('idempotency-key') || crypto.randomUUID();
  const { reference } = await charge(config, { amount: order.total, currency: config.currency, source: req.body.source, idempotencyKey });
  order.status = 'paid';
  const payment = db.insert('payments', {
    id: db.nextId('pay'),
    orderId: order.id,
    userId: req.user.id,
    amount: order.total,
    status: 'captured',
    reference,
    receipt: wantsEmail(req.user) ? 'email' : 'none',
    evidence: [],
  });
  return { ...payment, invoice: createInvoice(db, req.user, order, payment) };
}

router.post('/payments', authenticate, (req, res, next) => {
  pay(req).then((payment) => res.status(201).json(payment), next);
});

router.get('/payments/:id', authenticate, ownPayment, (req, res) => {
  res.json(req.payment);
});

router.post('/payments/:id/evidence', authenticate, ownPayment, upload.single('file'), (req, res) => {
  if (!req.file) throw fail(422, 'file is missing');
  const { originalname, size, buffer } = req.file;
  const digest = crypto.createHash('sha256').update(buffer).digest('hex');
  req.payment.evidence.push({ name: originalname, size, digest });
  res.status(201).json(req.payment.evidence);
});

module.exports = router;
