'use strict';

const crypto = require('node:crypto');
const express = require('express');
const { authenticate } = require('../accounts/auth');
const { fail } = require('../accounts/users');
const { exporter } = require('../exporters');
const { archivePath, statementPath } = require('./files');
const { invoicesOf } = require('./store');

const router = express.Router();

function ownInvoice(req) {
  const invoice = req.app.locals.db.find('invoices', req.params.id);
  if (!invoice || invoice.userId !== req.user.id) throw fail(404, 'no such invoice');
  return invoice;
}

router.get('/invoices', authenticate, (req, res) => {
  res.json(invoicesOf(req.app.locals.db, req.user));
});

router.get('/invoices/archive', authenticate, (req, res, next) => {
  const file = archivePath(req.app.locals.config.invoiceDirectory, String(req.query.file));
  res.sendFile(file, (error) => error && next(fail(404, 'no such file')));
});

router.get('/invoices/statements/:month', authenticate, (req, res, next) => {
  const file = statementPath(req.app.locals.config.invoiceDirectory, req.params.month);
  if (!file) throw fail(404, 'no such statement');
  res.sendFile(file, (error) => error && next(fail(404, 'no such statement')));
});

router.get('/invoices/export', authenticate, (req, res, next) => {
  const format = exporter(String(req.query.format || 'csv'));
  if (!format) throw fail(422, 'format is not known');
  Promise.resolve(format.write(invoicesOf(req.app.locals.db, req.user)))
    .then((content) => res.type(format.type).send(content))
    .catch(next);
});

router.get('/invoices/:id', authenticate, (req, res) => {
  const invoice = ownInvoice(req);
  res.set('etag', `"${crypto.createHash('sha256').update(JSON.stringify(invoice)).digest('hex').slice(0, 32)}"`);
  res.json(invoice);
});

router.get('/invoices/:id/view', authenticate, (req, res) => {
  res.render('invoices/show', { invoice: ownInvoice(req) });
});

module.exports = router;
