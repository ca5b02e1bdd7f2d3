'use strict';

function createInvoice(db, user, order, payment) {
  return db.insert('invoices', {
    id: db.nextId('inv'),
    orderId: order.id,
    paymentId: payment.id,
    userId: user.id,
    customer: user.name,
    lines: order.lines,
    total: order.total,
    issuedAt: new Date(),
  });
}

function invoicesOf(db, user) {
  return db.query('SELECT * FROM invoices WHERE userId = ? ORDER BY id', [user.id]);
}

module.exports = { createInvoice, invoicesOf };
