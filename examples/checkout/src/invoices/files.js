'use strict';

const path = require('node:path');

function archivePath(directory, name) {
  return path.join(directory, name);
}

function statementPath(directory, month) {
  if (!/^\d{4}-\d{2}$/.test(month)) return null;
  const file = path.resolve(directory, `${month}.txt`);
  return file.startsWith(path.resolve(directory) + path.sep) ? file : null;
}

module.exports = { archivePath, statementPath };
