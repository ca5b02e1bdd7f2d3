import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown } from './pattern.ts';
import { factsOf } from './sites.ts';

const NONE = new Set<string>();
const facts = (text: string, uri = 'lib/x.js') => factsOf(text, uri, NONE);
const loads = (text: string, uri?: string): readonly string[] => facts(text, uri).loads.flatMap((load) => load.patterns.map(shown));
const unknown = (text: string, uri?: string): readonly string[] => facts(text, uri).unknown.map((site) => site.kind);

describe('what a module loads', () => {
  it.each([
    ["require('a')", ['a']],
    ["import x from 'a'; export * from 'b'; export { y } from 'c'", ['a', 'b', 'c']],
    ["import('a')", ['a']],
    ['require(`a`)', ['a']],
    ["require('a' + '/b')", ['a/b']],
    ["const n = 'a'; require(n)", ['a']],
    ["let n; if (x) n = 'a'; else n = 'b'; require(n)", ['a', 'b']],
    ["require(x ? 'a' : 'b')", ['a', 'b']],
    ["require(process.env.X && 'a')", ['a']],
    ["const path = require('path'); require(path.join(__dirname, 'a', 'b.js'))", ['path', './a/b.js']],
    ["import { join } from 'node:path'; require(join(__dirname, '..', 'a'))", ['node:path', './../a']],
    ["require('./plugins/' + name)", ['./plugins/*']],
    ['import(`./locale/${l}.js`)', ['./locale/*.js']],
    ["require('babel-plugin-' + x)", ['babel-plugin-*']],
    ["['a', 'b'].forEach(function (n) { require('./' + n) })", ['./a', './b']],
    ["for (const n of ['a', 'b']) require(n)", ['a', 'b']],
    ["const map = { a: './a', b: './b' }; require(map[x])", ['./a', './b']],
    ["function load(n) { return require(n) } load('a'); load('b')", ['a', 'b']],
    ["require.resolve('a')", ['a']],
    ["module.require('a')", ['a']],
    ["const r = require; r('a')", ['a']],
    ["(0, require)('a')", ['a']],
    ["import { createRequire } from 'module'; const r = createRequire(import.meta.url); r('a')", ['module', 'a']],
    ["import { createRequire } from 'module'; createRequire(import.meta.url)('a')", ['module', 'a']],
    ["const { Worker } = require('bullmq'); new Worker('mail', path.join(__dirname, 'job.js'))", ['bullmq']],
    [
      "const path = require('path'); const { Worker } = require('bullmq'); new Worker('mail', path.join(__dirname, 'job.js'))",
      ['path', 'bullmq', './job.js'],
    ],
    ["pool({ filename: new URL('./job.mjs', import.meta.url) })", ['././job.mjs']],
    ["run(__dirname + '/job.js'); read(__dirname + '/data.json')", ['./job.js']],
    ["import.meta.glob(['./pages/**/*.vue', '!./pages/x.vue'])", ['./pages/*.vue']],
    ["import.meta.glob('./{a,b}.ts', { eager: true })", ['./*.ts']],
    ["const { Worker } = require('worker_threads'); new Worker(new URL('./w.js', import.meta.url))", ['worker_threads', '././w.js']],
    ["const { fork } = require('child_process'); fork(__dirname + '/w.js')", ['child_process', './w.js']],
    ["const cp = require('child_process'); cp.spawn(process.execPath, ['--flag', './w.js'])", ['child_process', './w.js']],
    ["(function (f) { f(require, exports) })(function (require, exports) { require('a') })", ['a']],
    [
      "if (typeof define !== 'function') { var define = require('amdefine')(module, require) } define(function (require) { require('a') })",
      ['amdefine', 'a'],
    ],
    ["if (typeof define !== 'function') { var define = require('amdefine')(module) } define(['a'], function (a) {})", ['amdefine', 'a']],
    ["define(function (require) { require('a') })", []],
    ["!function e(t, n, r) {}({ 1: [function (require, module, exports) { require('./inner') }, {}] }, {}, [1])", []],
    ["// require('a')", []],
    ['const s = "require(\'a\')"', []],
  ])('%s', (text, expected) => {
    expect(loads(text)).toEqual(expected);
    expect(unknown(text)).toEqual([]);
  });

  it('reads TypeScript and leaves types alone', () => {
    const text =
      "import type { A } from 'a'; import b = require('b'); import { c } from 'c'; let x: typeof import('d'); export type E = import('e').E";
    expect(loads(text, 'x.ts')).toEqual(['b', 'c']);
  });

  it('knows that JSX loads its runtime', () => {
    expect(loads('export const A = () => <p/>', 'x.jsx')).toEqual(['react/jsx-runtime']);
  });

  it('says the line, the text and whether a failure is caught', () => {
    const found = facts("\n\ntry {\n  require(\n    'a')\n} catch {}").loads[0];
    expect(found).toMatchObject({ line: 4, text: "require( 'a')", soft: true });
  });
});

describe('what cannot be told', () => {
  it.each([
    ['require(name)', 'require'],
    ['import(name)', 'import'],
    ['let n = "a"; n += x; require(n)', 'require'],
    ['exports.load = function (n) { return require(n) }', 'require'],
    ['function load(n) { return require(n) } module.exports = load', 'require'],
    ['const list = ["a"]; list.push(x); for (const n of list) require(n)', 'require'],
    ['const map = { a: "a" }; map.b = x; require(map[y])', 'require'],
    ['const map = { a: "a" }; fill(map); require(map[y])', 'require'],
    ['process.mainModule.require(x)', 'require'],
    ["require('module')._load(x)", 'require'],
    ['load(require)', 'handed on'],
    ['module.exports = require', 'handed on'],
    ['const o = { require }', 'handed on'],
    ['const f = require.bind(null)', 'handed on'],
    ['eval(text)', 'eval'],
    ['(0, eval)(text)', 'eval'],
    ['global.eval(text)', 'eval'],
    ['eval("require")(x)', 'eval'],
    ['new Function(text)', 'Function'],
    ['Function.apply(null, args)', 'Function'],
    ['const F = Function; F(text)', 'Function'],
    ['new Function("s", "return import(s)")', 'Function'],
    ['const A = (async function () {}).constructor', 'Function'],
    ["require('vm').runInNewContext(text)", 'vm'],
    ["const { Script } = require('vm'); new Script(text)", 'vm'],
    ['m._compile(text, file)', 'compile'],
    ['Module._resolveFilename = function () {}', 'resolution'],
    ["const { fork } = require('child_process'); fork(x)", 'process'],
    ["const { Worker } = require('worker_threads'); new Worker(x)", 'process'],
    ["const { spawn } = require('child_process'); spawn(process.execPath, [x])", 'process'],
    ['process.dlopen(module, x)', 'native'],
    ["import { createRequire } from 'module'; createRequire(import.meta.url)(x)", 'require'],
  ])('%s', (text, kind) => {
    expect(unknown(text)).toEqual([kind]);
  });

  it.each([
    'typeof require === "function" && require.main === module',
    'new Function("return this")()',
    'eval("1 + 1")',
    'class Function {} new Function(x)',
    'redis.eval(script)',
    'return x; eval(x)',
    'new Worker(x)',
    'emitter.fork(x)',
    'this._compile(schema)',
    'function f(require) { require(x) }',
    "require.extensions['.x'] = 1",
    '_.runInContext()',
  ])('%s is none', (text) => {
    expect(unknown(`${text};`.includes('return') ? `function g() { ${text} }` : text)).toEqual([]);
  });
});

describe('a module that is not plain', () => {
  it('says that it does not parse', () => {
    expect(facts("require('a'); ((").error).toContain('does not parse');
  });

  it('refuses what would overflow the parser', () => {
    expect(facts(`require('a'); x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`).error).toContain('too deep');
  });

  it('accepts `return` at the top, a hash bang, JSX in .js', () => {
    for (const text of ["#!/usr/bin/env node\nrequire('a'); return", "with (x) { require('a') }", "require('a'); const x = <p/>"]) {
      expect(facts(text).error).toBeUndefined();
    }
  });

  it('names what models ask about: properties, keys and texts, not variables', () => {
    const named = (text: string) => factsOf(text, 'x.js', new Set(['template'])).named;
    expect(named('_.template(x)')).toEqual(['template']);
    expect(named("_['template'](x)")).toEqual(['template']);
    expect(named('const { template } = _')).toEqual(['template']);
    expect(named("import { template } from 'lodash'")).toEqual(['template']);
    expect(named('const template = 1; use(template)')).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'require',
      '(',
      ')',
      "'a'",
      '`',
      '${',
      '}',
      '{',
      'eval',
      ' ',
      '\n',
      '+',
      '=>',
      'import',
      ',',
      'const x =',
      '[',
      ']',
      '.',
      'function',
      '/',
      '*/',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom('x.js', 'x.mjs', 'x.ts', 'x.tsx'), (pieces, uri) => {
        const found = factsOf(pieces.join(''), uri, NONE);
        expect(found.loads.every((load) => load.line >= 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a constant require among any other statements', () => {
    const statement = fc.constantFrom(
      'a = 1;',
      'function f() { return 2 }',
      'if (x) { y() }',
      'var o = { require: 1 };',
      '/* require(z) */',
      'class A { require() {} }',
      'label: for (;;) break label;',
      'x = /[(]/.test(y);',
    );
    fc.assert(
      fc.property(fc.array(statement), fc.array(statement), (before, after) => {
        expect(loads([...before, "require('wanted');", ...after].join('\n'))).toEqual(['wanted']);
      }),
    );
  });
});
