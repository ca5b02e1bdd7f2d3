'use strict';

const { fail } = require('../accounts/users');

function createOrder(db, user, items) {
  if (!Array.isArray(items) || items.length === 0) throw fail(422, 'order has no items');
  const lines = items.map(({ sku, quantity }) => {
    const [product] = db.query('SELECT * FROM products WHERE sku = ?', [sku]);
    if (!product) throw fail(422, `unknown product ${sku}`);
    if (!Number.isInteger(quantity) || quantity < 1) throw fail(422, 'quantity is not valid');
    return { sku, title: product.title, quantity, unitPrice: product.price };
  });
  return db.insert('orders', {
    id: db.nextId('ord'),
    userId: user.id,
    status: 'open',
    title: lines.map((line) => line.title).join(', '),
    lines,
    total: lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0),
    createdAt: new Date(),
  });
}

function ordersOf(db, user) {
  return db.query('SELECT * FROM orders WHERE userId = ? ORDER BY id', [user.id]);
}

module.exports = { createOrder, ordersOf };
