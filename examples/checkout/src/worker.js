'use strict';

const fs = require('node:fs');
const path = require('node:path');
const minimist = require('minimist');
const { exporter } = require('./exporters');

const DAY = 24 * 60 * 60 * 1000;

async function exportInvoices(invoices, format, directory) {
  const target = exporter(format);
  if (!target) throw new Error(`unknown format ${format}`);
  const file = path.join(directory, `invoices.${format}`);
  fs.writeFileSync(file, await target.write(invoices));
  return file;
}

function readQueue(file) {
  if (!file || !fs.existsSync(file)) return [];
  const parsed = JSON.parse(fs.readFileSync(file, 'utf8'));
  return parsed.map((invoice) => ({ ...invoice, issuedAt: new Date(invoice.issuedAt) }));
}

if (require.main === module) {
  const args = minimist(process.argv.slice(2), { string: ['queue', 'out', 'format'], default: { format: 'csv', out: '.' } });
  const run = () => exportInvoices(readQueue(args.queue), args.format, args.out)
    .then((file) => console.log(`wrote ${file}`))
    .catch((error) => { console.error(error.message); process.exitCode = 1; });
  run();
  if (!args.once) setInterval(run, DAY);
}

module.exports = { exportInvoices, readQueue };
