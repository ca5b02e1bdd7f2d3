import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFunction, namesOf } from '../syntax/scope.ts';
import { parseModule, walk } from '../syntax/syntax.ts';
import { functionsOf } from './functions.ts';

const functionsIn = (text: string, uri = 'module.js') => {
  const parsed = parseModule(text, uri);
  if (!parsed.ok) throw new Error(`${parsed.error}: ${text}`);
  return { program: parsed.program, functions: functionsOf(namesOf(parsed.program)) };
};
const namesIn = (text: string, uri?: string) => functionsIn(text, uri).functions.map((fn) => fn.name);

describe('names of functions', () => {
  it.each([
    ['function f() {}', ['f']],
    ['const f = function g() {}, h = () => 1', ['f', 'h']],
    ['let f; f = function () {}', ['f']],
    ['exports.parse = function () {}; module.exports.read = () => 1', ['parse', 'read']],
    ['exports["a-b"] = function () {}; exports[c] = () => 1; exports[d()] = () => 1', ['a-b', '[c]', '[]']],
    ['module.exports = function () {}', ['exports']],
    ['module.exports = function parse() {}', ['parse']],
    ['exports = module.exports = function () {}', ['exports']],
    ['const f = module.exports = function () {}', ['f']],
    ['module.exports = f = () => 1', ['f']],
    [
      'module.exports = { parse() {}, read: function r() {}, deep: { er: () => 1 }, get now() {} }',
      ['parse', 'read', 'deep.er', 'get now'],
    ],
    ['obj.a.b = function () {}; obj[Symbol.iterator] = function () {}', ['obj.a.b', 'obj[Symbol.iterator]']],
    ['const obj = { key: () => 1, "x y"() {}, set z(v) {} }', ['obj.key', 'obj.x y', 'obj.set z']],
    ['Foo.prototype.bar = function baz() {}; Foo.prototype = { qux: () => 1 }', ['Foo.bar', 'Foo.qux']],
    ['var proto = Foo.prototype; proto.bar = function () {}', ['Foo.bar']],
    ['Object.assign(Foo.prototype, { bar() {} }); Object.assign(exports, { read() {} })', ['Foo.bar', 'read']],
    ['Object.defineProperty(Foo.prototype, "bar", { get: function () {}, set(v) {} })', ['Foo.get bar', 'Foo.set bar']],
    [
      'function Foo() { this.x = function () {}; const self = this; run(() => { self.y = () => 1 }) }',
      ['Foo', 'Foo.x', 'Foo>run()', 'Foo.y'],
    ],
    [
      'function outer() { function inner() {} return function () { return () => 1 } }',
      ['outer', 'outer>inner', 'outer>return', 'outer>return>return'],
    ],
    ['const f = (a) => (b) => a + b', ['f', 'f>return']],
    ['methods.forEach(function (m) { app[m] = function () {} })', ['forEach()', 'forEach()>app[m]']],
    ['list.map(function each() {}); new Promise((done) => done())', ['each', 'Promise()']],
    ['res.redirect = function () { this.format({ html: function () {} }) }', ['res.redirect', 'res.redirect>html']],
    ['const f = debounce(() => 1); exports.g = deprecate(function () {}, "no")', ['f>debounce()', 'g>deprecate()']],
    ['function f() {} { function f() {} } if (x) { function f() {} }', ['f', 'f~2', 'f~3']],
    ['const o = { "f~2"() {}, f() {} }; o.f = () => 1; o.f = () => 2', ['o.f~2', 'o.f', 'o.f~3', 'o.f~4']],
    ['const f = a ? () => 1 : b || (() => 2)', ['f', 'f~2']],
    ['const rules = [() => 1, function two() {}, { fn() {} }]', ['rules[]', 'two', 'rules[].fn']],
    ['function f(cb = () => 1) {}', ['f', 'f>cb']],
    ['x(y)(function () {}); (a, () => 1)', ['()', 'anonymous']],
  ])('%s', (text, expected) => {
    expect(namesIn(text)).toEqual(expected);
  });

  it.each([
    [
      'class Foo { constructor() {} bar() {} get baz() {} set baz(v) {} static qux() {} #p() {} field = () => 1; [k]() {} }',
      ['Foo.constructor', 'Foo.bar', 'Foo.get baz', 'Foo.set baz', 'Foo.qux', 'Foo.#p', 'Foo.field', 'Foo[k]'],
    ],
    ['const Foo = class Other { bar() {} }; exports.Baz = class { bar() {} }', ['Foo.bar', 'Baz.bar']],
    ['module.exports = class { bar() {} }', ['exports.bar']],
    ['module.exports = class Foo { bar() { class In { x() {} } this.y = function () {} } }', ['Foo.bar', 'Foo.bar>In.x', 'Foo.y']],
  ])('of classes: %s', (text, expected) => {
    expect(namesIn(text)).toEqual(expected);
  });

  it.each([
    ['export default function () {}', ['default']],
    ['export default function read() {}', ['read']],
    ['export default () => 1', ['default']],
    ['export default { read() {} }; export const f = () => 1; export function g() {}', ['read', 'f', 'g']],
    ['export default class { bar() {} }', ['default.bar']],
  ])('of exports: %s', (text, expected) => {
    expect(namesIn(text, 'module.mjs')).toEqual(expected);
  });

  it.each([
    ['(function () { function f() {} exports.g = function () {} })()', ['<wrapper>', 'f', 'g']],
    ['(function () { this.f = function () {} }).call(this); !function () {}()', ['<wrapper>', 'f', '<wrapper>~2']],
    [
      '(function (root, factory) { root.lib = factory() })(this, function () { function f() {} return { g() {} } })',
      ['<wrapper>', '<wrapper>~2', 'f', 'g'],
    ],
    ['(function (f) { module.exports = f() }(function () { return function () {} }))', ['<wrapper>', '<wrapper>~2', 'exports']],
    ['define(["a"], function (a) { function f() {} })', ['<wrapper>', 'f']],
    ['var lib = (function () { return { f() {} } })()', ['<wrapper>', 'lib.f']],
    ['function f() { (() => { function g() {} })() }', ['f', 'f><wrapper>', 'f>g']],
    ['var Foo = (function () { function Foo() {} Foo.prototype.bar = function () {}; return Foo })()', ['<wrapper>', 'Foo', 'Foo.bar']],
    [
      'var Foo = function () { function Foo() {} _createClass(Foo, [{ key: "bar", value: function bar() {} }, { key: "baz", get: function get() {} }]); return Foo }()',
      ['<wrapper>', 'Foo', 'Foo.bar', 'Foo.get baz'],
    ],
  ])('look through wrappers: %s', (text, expected) => {
    expect(namesIn(text)).toEqual(expected);
  });

  it('of TypeScript', () => {
    const text =
      'declare function no(): void; abstract class A { abstract no(): void; yes(this: A): void {} } export = (function (x: () => void) {} as any)';
    expect(namesIn(text, 'module.ts')).toEqual(['A.yes', 'exports']);
  });

  it('have the function around them', () => {
    const { functions } = functionsIn('function a() { (() => { function b() {} })() }');
    expect(functions.map((fn) => fn.outer?.name)).toEqual([undefined, 'a', 'a><wrapper>']);
  });

  it('are bounded where the source is not', () => {
    const long = 'k'.repeat(5_000);
    const deep = 'function f() {'.repeat(300) + '}'.repeat(300);
    const names = namesIn(`x.${long}.${long} = { "${long}\\n": () => 1 }; ${deep} ${deep}`);
    expect(names).toHaveLength(601);
    expect(new Set(names).size).toBe(601);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(330);
  });
});

const expression: fc.Memo<string> = fc.memo((depth) =>
  depth <= 1
    ? fc.constantFrom('1', 'a', 'this', 'exports.a', 'b.prototype')
    : fc.oneof(
        fc.tuple(expression(depth - 1)).map(([body]) => `function () { return ${body} }`),
        fc.tuple(expression(depth - 1)).map(([body]) => `(() => (${body}))`),
        fc.tuple(expression(depth - 1), expression(depth - 1)).map(([one, two]) => `{ a: ${one}, get b() { (${two}) }, a() {} }`),
        fc.tuple(expression(depth - 1)).map(([body]) => `class A { constructor() { (${body}) } a() {} static a() {} }`),
        fc.tuple(expression(depth - 1), expression(depth - 1)).map(([one, two]) => `(${one})(${two}, function a() {})`),
        fc.tuple(expression(depth - 1), expression(depth - 1)).map(([one, two]) => `[${one}, ${two}]`),
        fc
          .tuple(fc.constantFrom('a', 'a.b', 'this.a', 'exports.a', 'a["a~2"]'), expression(depth - 1))
          .map(([to, from]) => `(${to} = ${from})`),
      ),
);

describe('functionsOf', () => {
  it('gives every function once, in source order, under a name of its own', () => {
    fc.assert(
      fc.property(fc.array(expression(4), { minLength: 1, maxLength: 4 }), (parts) => {
        const { program, functions } = functionsIn(parts.map((text, at) => (at % 2 === 0 ? `var a = ${text};` : `(${text});`)).join('\n'));
        const all: unknown[] = [];
        walk(program, (node) => {
          if (isFunction(node)) all.push(node);
          return true;
        });
        expect(functions.map((fn) => fn.node)).toEqual(all);
        expect(new Set(functions.map((fn) => fn.name)).size).toBe(all.length);
        const starts = functions.map((fn) => fn.node.start);
        expect(starts).toEqual([...starts].sort((one, two) => one - two));
        for (const { node, outer } of functions) {
          if (outer !== undefined) expect(outer.node.start <= node.start && node.end <= outer.node.end).toBe(true);
        }
      }),
    );
  });
});
