'use strict';

const FORMATS = ['csv', 'html', 'pdf', 'xml'];

function exporter(name) {
  if (!FORMATS.includes(name)) return null;
  return require('./exporters/' + name);
}

module.exports = { FORMATS, exporter };
