'use strict';

const { exec, execFile } = require('node:child_process');
const path = require('node:path');
const { promisify } = require('node:util');

const scripts = path.join(__dirname, '..', '..', 'scripts');

async function reprintLabel(orderId) {
  const { stdout } = await promisify(exec)(`sh print-label.sh reprint ${orderId}`, { cwd: scripts });
  return stdout.trim();
}

async function printLabel(order) {
  const { stdout } = await promisify(execFile)('sh', ['print-label.sh', 'new', order.id], { cwd: scripts });
  return stdout.trim();
}

module.exports = { reprintLabel, printLabel };
