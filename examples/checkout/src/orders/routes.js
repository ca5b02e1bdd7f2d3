'use strict';

const express = require('express');
const moment = require('moment');
const { authenticate } = require('../accounts/auth');
const { fail } = require('../accounts/users');
const { createOrder, ordersOf } = require('./store');
const { searchOrders, recentOrders } = require('./search');
const { printLabel, reprintLabel } = require('./labels');
const trackOrder = require('./tracking');

const router = express.Router();

const day = (date) => moment.utc(date).format('D MMMM YYYY');

function ownOrder(req) {
  const order = req.app.locals.db.find('orders', req.params.id);
  if (!order || order.userId !== req.user.id) throw fail(404, 'no such order');
  return order;
}

router.get('/orders', authenticate, (req, res) => {
  res.json(ordersOf(req.app.locals.db, req.user));
});

router.post('/orders', authenticate, (req, res) => {
  res.status(201).json(createOrder(req.app.locals.db, req.user, req.body.items));
});

router.get('/orders/search', authenticate, (req, res) => {
  const orders = searchOrders(req.app.locals.db, req.user, req.query);
  res.render('orders/search', Object.assign({ q: '' }, req.query, { orders, day }));
});

router.get('/orders/recent', authenticate, (req, res) => {
  res.render('orders/recent', { orders: recentOrders(req.app.locals.db, req.user), name: req.user.name, day });
});

router.post('/orders/labels/reprint', authenticate, (req, res, next) => {
  reprintLabel(req.body.orderId).then((label) => res.json({ label }), next);
});

router.get('/orders/:id', authenticate, (req, res) => {
  const order = req.app.locals.db.find('orders', req.params.id);
  if (!order) throw fail(404, 'no such order');
  res.json(order);
});

router.post('/orders/:id/cancel', authenticate, (req, res) => {
  const order = ownOrder(req);
  if (order.status !== 'open') throw fail(409, 'order can not be cancelled any more');
  order.status = 'cancelled';
  res.json(order);
});

router.post('/orders/:id/label', authenticate, (req, res, next) => {
  printLabel(ownOrder(req)).then((label) => res.json({ label }), next);
});

router.get('/orders/:id/tracking', authenticate, trackOrder);

module.exports = router;
