'use strict';

const PDFDocument = require('pdfkit');

exports.type = 'application/pdf';

exports.write = (invoices) => new Promise((resolve, reject) => {
  const document = new PDFDocument({ compress: false, info: { Title: 'Invoices' } });
  const chunks = [];
  document.on('data', (chunk) => chunks.push(chunk));
  document.on('end', () => resolve(Buffer.concat(chunks)));
  document.on('error', reject);
  document.fontSize(16).text('Invoices');
  for (const { id, customer, total } of invoices) document.fontSize(10).text(`${id}  ${customer}  ${(total / 100).toFixed(2)}`);
  document.end();
});
