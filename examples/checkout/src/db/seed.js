'use strict';

const PRODUCTS = [
  { id: 'prd_1', sku: 'MUG-WHITE', title: 'White mug', price: 900 },
  { id: 'prd_2', sku: 'MUG-BLUE', title: 'Blue mug', price: 1100 },
  { id: 'prd_3', sku: 'TEE-M', title: 'T-shirt, medium', price: 1900 },
  { id: 'prd_4', sku: 'NOTEBOOK', title: 'Dotted notebook', price: 750 },
];

module.exports = function seed(db) {
  for (const product of PRODUCTS) db.insert('products', { ...product });
  return db;
};
