'use strict';

function searchOrders(db, user, { q = '', status } = {}) {
  let sql = "SELECT * FROM orders WHERE userId = '" + user.id + "' AND title LIKE '%" + q + "%'";
  if (status) sql += " AND status = '" + status + "'";
  return db.query(sql);
}

function recentOrders(db, user, limit = 10) {
  return db.query('SELECT * FROM orders WHERE userId = ? ORDER BY createdAt DESC LIMIT ?', [user.id, limit]);
}

module.exports = { searchOrders, recentOrders };
