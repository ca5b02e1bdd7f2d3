'use strict';

const httpProxy = require('http-proxy');
const { fail } = require('../accounts/users');

const proxy = httpProxy.createProxyServer({ changeOrigin: true, followRedirects: true, ignorePath: true, proxyTimeout: 5000 });

function trackOrder(req, res, next) {
  const { db, config } = req.app.locals;
  const order = db.find('orders', req.params.id);
  if (!order || order.userId !== req.user.id) return next(fail(404, 'no such order'));
  if (!config.carrierUrl) return res.json({ orderId: order.id, state: order.status === 'paid' ? 'packing' : 'waiting' });
  const target = new URL(`/parcels/${encodeURIComponent(order.id)}`, config.carrierUrl).toString();
  delete req.headers.authorization;
  return proxy.web(req, res, { target }, () => next(fail(502, 'carrier did not answer')));
}

module.exports = trackOrder;
