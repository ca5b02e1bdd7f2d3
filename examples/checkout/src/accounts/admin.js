'use strict';

const express = require('express');
const { authenticate, requireRole } = require('./auth');
const { present, fail } = require('./users');

const router = express.Router();

router.get('/admin/users', authenticate, requireRole('admin'), (req, res) => {
  res.json(req.app.locals.db.query('SELECT * FROM users ORDER BY email').map(present));
});

router.post('/admin/refunds', authenticate, (req, res) => {
  const payment = req.app.locals.db.find('payments', req.body.paymentId);
  if (!payment) throw fail(404, 'no such payment');
  payment.status = 'refunded';
  payment.refundedBy = req.user.id;
  res.json(payment);
});

module.exports = router;
