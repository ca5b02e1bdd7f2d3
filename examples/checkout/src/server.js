'use strict';

const minimist = require('minimist');
const config = require('./config');
const createApp = require('./app');
const { registerAdmin } = require('./accounts/users');

const args = minimist(process.argv.slice(2), { string: ['host'], alias: { p: 'port' } });
const host = args.host || config.host;
const port = args.port === undefined ? config.port : Number(args.port);

const app = createApp();

if (process.env.ADMIN_EMAIL && process.env.ADMIN_PASSWORD) {
  registerAdmin(app.locals.db, process.env.ADMIN_EMAIL, process.env.ADMIN_PASSWORD);
}

const server = app.listen(port, host, () => {
  const address = server.address();
  console.log(`checkout listening on http://${address.address}:${address.port}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => server.close(() => process.exit(0)));
}
