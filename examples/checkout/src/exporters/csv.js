'use strict';

const cell = (value) => {
  const text = String(value).replace(/^([=+\-@])/, "'$1");
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

exports.type = 'text/csv';

exports.write = (invoices) => {
  const rows = invoices.map(({ id, orderId, customer, total, issuedAt }) => [id, orderId, customer, total, issuedAt.toISOString()]);
  return [['id', 'order', 'customer', 'total', 'issued'], ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';
};
