'use strict';

const { DOMImplementation, XMLSerializer } = require('@xmldom/xmldom');

exports.type = 'application/xml';

exports.write = (invoices) => {
  const document = new DOMImplementation().createDocument(null, 'invoices', null);
  for (const invoice of invoices) {
    const element = document.createElement('invoice');
    element.setAttribute('id', invoice.id);
    for (const field of ['orderId', 'customer', 'total']) {
      const child = document.createElement(field);
      child.appendChild(document.createTextNode(String(invoice[field])));
      element.appendChild(child);
    }
    document.documentElement.appendChild(element);
  }
  return new XMLSerializer().serializeToString(document);
};
