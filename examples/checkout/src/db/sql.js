'use strict';

const TOKEN = /\s*(--[^\n]*|'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|<>|<=|>=|[=<>()*,?;])/y;

function tokenize(sql) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  const text = sql.trim();
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`syntax error at or near "${text.slice(at, at + 20)}"`);
    if (!match[1].startsWith('--') && match[1] !== ';') tokens.push(match[1]);
  }
  return tokens;
}

function like(value, pattern) {
  const source = String(pattern).replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '.*').replace(/_/g, '.');
  return new RegExp(`^${source}$`, 'is').test(String(value));
}

const COMPARE = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  LIKE: like,
};

module.exports = function parse(sql, params) {
  const tokens = tokenize(sql);
  let position = 0;
  let parameter = 0;
  const keyword = () => (tokens[position] || '').toUpperCase();
  const accept = (word) => keyword() === word && ++position > 0;
  const expect = (word) => {
    if (!accept(word)) throw new Error(`syntax error at or near "${tokens[position] || 'end of input'}"`);
  };

  function operand() {
    const token = tokens[position++];
    if (token === undefined) throw new Error('syntax error at end of input');
    if (token === '?') {
      const value = params[parameter++];
      return () => value;
    }
    if (token.startsWith("'")) {
      const text = token.slice(1, -1).replace(/''/g, "'");
      return () => text;
    }
    if (/^\d/.test(token)) return () => Number(token);
    return (row) => row[token];
  }

  function condition() {
    if (accept('NOT')) {
      const inner = condition();
      return (row) => !inner(row);
    }
    if (accept('(')) {
      const inner = disjunction();
      expect(')');
      return inner;
    }
    const left = operand();
    const compare = COMPARE[keyword()];
    if (!compare) throw new Error(`syntax error at or near "${tokens[position] || 'end of input'}"`);
    position += 1;
    const right = operand();
    return (row) => compare(left(row), right(row));
  }

  function conjunction() {
    let left = condition();
    while (accept('AND')) {
      const [first, second] = [left, condition()];
      left = (row) => first(row) && second(row);
    }
    return left;
  }

  function disjunction() {
    let left = conjunction();
    while (accept('OR')) {
      const [first, second] = [left, conjunction()];
      left = (row) => first(row) || second(row);
    }
    return left;
  }

  expect('SELECT');
  expect('*');
  expect('FROM');
  const statement = { table: tokens[position++], where: () => true };
  if (accept('WHERE')) statement.where = disjunction();
  if (accept('ORDER')) {
    expect('BY');
    statement.orderBy = { column: tokens[position++], direction: 1 };
    if (accept('DESC')) statement.orderBy.direction = -1;
  }
  if (accept('LIMIT')) statement.limit = Number(operand()({}));
  if (position < tokens.length) throw new Error(`syntax error at or near "${tokens[position]}"`);
  return statement;
};
