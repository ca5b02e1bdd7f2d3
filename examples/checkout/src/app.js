'use strict';

const path = require('node:path');
const express = require('express');
const morgan = require('morgan');
const config = require('./config');
const Database = require('./db/database');
const seed = require('./db/seed');

module.exports = function createApp(options = {}) {
  const app = express();
  app.locals.db = options.db || seed(new Database());
  app.locals.config = { ...config, ...options.settings };

  app.set('view engine', 'ejs');
  app.set('views', path.join(config.root, 'views'));
  app.disable('x-powered-by');

  if (options.log !== false) app.use(morgan('tiny'));
  app.use('/assets', express.static(path.join(config.root, 'public')));
  app.use(express.json({ limit: '100kb', verify: (req, res, body) => { req.rawBody = body; } }));
  app.use(express.urlencoded({ extended: true, limit: '100kb' }));

  app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
  app.use(require('./accounts/routes'));
  app.use(require('./accounts/admin'));
  app.use(require('./orders/routes'));
  app.use(require('./payments/routes'));
  app.use(require('./payments/webhooks'));
  app.use(require('./invoices/routes'));

  app.use((req, res) => res.status(404).json({ error: 'not found' }));
  app.use((error, req, res, next) => {
    if (res.headersSent) return next(error);
    const status = error.status || error.statusCode || 500;
    if (status >= 500) console.error(error);
    res.status(status).json({ error: status >= 500 ? 'internal error' : error.message });
  });
  return app;
};
