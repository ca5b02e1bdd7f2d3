'use strict';

const parse = require('./sql');

class Database {
  constructor() {
    this.tables = { users: [], products: [], orders: [], payments: [], invoices: [], sessions: [] };
    this.counters = {};
    this.log = [];
  }

  nextId(prefix, start = 1000) {
    this.counters[prefix] = (this.counters[prefix] || start) + 1;
    return `${prefix}_${this.counters[prefix]}`;
  }

  insert(table, row) {
    this.tables[table].push(row);
    return row;
  }

  find(table, id) {
    return this.tables[table].find((row) => row.id === id);
  }

  query(sql, params = []) {
    this.log.push({ sql, params });
    const statement = parse(sql, params);
    let rows = this.tables[statement.table];
    if (!rows) throw new Error(`relation "${statement.table}" does not exist`);
    rows = rows.filter((row) => statement.where(row));
    if (statement.orderBy) {
      const { column, direction } = statement.orderBy;
      rows = [...rows].sort((a, b) => direction * (a[column] > b[column] ? 1 : a[column] < b[column] ? -1 : 0));
    }
    return statement.limit === undefined ? rows : rows.slice(0, statement.limit);
  }
}

module.exports = Database;
