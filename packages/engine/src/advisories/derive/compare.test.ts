import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReleases } from './compare.ts';

const release = (files: Readonly<Record<string, string>>, manifest: Readonly<Record<string, unknown>> = { main: 'index.js' }) => ({
  files: new Map(Object.entries(files)),
  manifest,
});
const changes = (before: string, after: string) =>
  compareReleases(release({ 'index.js': before }), release({ 'index.js': after })).candidates.map((item) => `${item.kind} ${item.name}`);

describe('what a release changed', () => {
  it.each([
    [
      'a statement',
      'exports.f = function (a) { return a }; exports.g = () => 1',
      'exports.f = function (a) { check(a); return a }; exports.g = () => 1',
      ['changed f'],
    ],
    [
      'the innermost function',
      'function f() { return l.map(function (x) { return x }) }',
      'function f() { return l.map(function (x) { return -x }) }',
      ['changed f>map()'],
    ],
    ['an operator', 'function f(a) { return a < 1 }', 'function f(a) { return a <= 1 }', ['changed f']],
    ['a property', 'function f(a) { return a.b }', 'function f(a) { return a.c }', ['changed f']],
    ['a flag of a pattern', 'function f(a) { return /a/.test(a) }', 'function f(a) { return /a/i.test(a) }', ['changed f']],
    ['a parameter', 'function f(a) { return 1 }', 'function f(a, b) { return 1 }', ['changed f']],
    ['async', 'function f() { return 1 }', 'async function f() { return 1 }', ['changed f']],
    [
      'which helper is called',
      'function f(x) { function a() {} function b() {} return a(x) }',
      'function f(x) { function a() {} function b() {} return b(x) }',
      ['changed f'],
    ],
    ['which captured name is used', 'function f(a, b) { return () => a }', 'function f(a, b) { return () => b }', ['changed f>return']],
    [
      'a check before the old body',
      'function merge(a) { a.x = 1 }',
      'function _merge(a) { a.x = 1 } function merge(a) { if (ok(a)) _merge(a) }',
      ['changed merge'],
    ],
    ['a function that is gone', 'exports.f = () => run(1); exports.g = () => 1', 'exports.g = () => 1', ['removed f']],
    [
      'a constructor that became a class',
      'function Foo() { this.a = 1 } Foo.prototype.bar = function () { return 1 }',
      'class Foo { constructor() { this.a = 2 } bar() { return 1 } }',
      ['changed Foo'],
    ],
    [
      'readers of a constant',
      'const re = /a/; function f(a) { return re.test(a) } function g() {}',
      'const re = /b/; function f(a) { return re.test(a) } function g() {}',
      ['reader f'],
    ],
    [
      'readers of one property of a table',
      'const t = { a: 1, b: 2 }; const f = () => t.a; const g = () => t.b; const h = (k) => t[k]',
      'const t = { a: 1, b: 3 }; const f = () => t.a; const g = () => t.b; const h = (k) => t[k]',
      ['reader g', 'reader h'],
    ],
    [
      'readers of a value of a prototype',
      'F.prototype._re = /a/; F.prototype.f = function () { return this._re }; F.prototype.g = () => 1',
      'F.prototype._re = /b/; F.prototype.f = function () { return this._re }; F.prototype.g = () => 1',
      ['reader F.f'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it.each([
    [
      'formatting, quotes and semicolons',
      "function f(a) { if (a) return 'x'; return a['b'] }",
      'function f(a) {\n  if (a) {\n    return "x"\n  }\n  return a.b\n}',
    ],
    ['names of locals', 'function f(a) { var b = a + 1; return g(b) }', 'function f(value) { var next = value + 1; return g(next) }'],
    ['names that are captured', 'function f(a) { return function () { return a } }', 'function f(b) { return function () { return b } }'],
    [
      'modern syntax',
      'var f = function (a) { return a }; var o = { b: function () { return `x` } }',
      "const f = (a) => a; const o = { b() { return 'x' } }",
    ],
    ['strictness and comments', 'function f() { return 1 } // old', "'use strict'\n/* new */ function f() { return 1 }"],
    ['a version', 'function f() { return "1.0.0" }', 'function f() { return "1.0.1" }'],
    ['places', 'function f() { return 1 } function g() { return 2 }', 'function g() { return 2 } function f() { return 1 }'],
    [
      'a callback put before another',
      'function f() { a(() => one()); }',
      'function f() { a(() => one()); } function g() { a(() => two()) }',
    ],
    ['an added function', 'function f() { return 1 }', 'function f() { return 1 } function g() { return 2 }'],
    ['a wrapper', 'function f() { return 1 } exports.f = f', '(function () { function f() { return 1 } exports.f = f })()'],
  ])('nothing for %s', (_, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it('finds a function again that moved to another file', () => {
    const before = release({ 'index.js': 'exports.a = require("./a")', 'a.js': 'module.exports = function read() { return 1 }' });
    const after = release({ 'index.js': 'exports.a = require("./lib/b")', 'lib/b.js': 'module.exports = function read() { return 1 }' });
    expect(compareReleases(before, after).candidates).toEqual([]);
  });

  it('looks at what main loads before anything else', () => {
    const twice = (body: string) => ({ 'lib/a.js': `exports.f = () => ${body}`, 'src/a.js': `export const f = () => ${body}` });
    const compared = compareReleases(release(twice('1'), { main: 'lib/a' }), release(twice('2'), { main: 'lib/a' }));
    expect(compared.candidates.map((item) => item.file)).toEqual(['lib/a.js']);
    const other = compareReleases(
      release({ ...twice('1'), 'lib/a.js': '1' }, { main: 'lib/a' }),
      release({ ...twice('2'), 'lib/a.js': '1' }, { main: 'lib/a' }),
    );
    expect(other.candidates.map((item) => item.file)).toEqual(['src/a.js']);
    const twin = compareReleases(
      release(twice('1'), { main: 'lib/a', module: 'src/a.js' }),
      release(twice('2'), { main: 'lib/a', module: 'src/a.js' }),
    );
    expect(twin.candidates.map((item) => [item.file, item.twin])).toEqual([
      ['lib/a.js', undefined],
      ['src/a.js', true],
    ]);
  });

  it('leaves tests, examples and minified twins aside', () => {
    const files = (body: string) => ({ 'index.js': '1', 'test/a.js': `f = () => ${body}`, 'dist/a.min.js': `f = () => ${body}` });
    expect(compareReleases(release(files('1')), release(files('2'))).candidates).toEqual([]);
  });

  it('finds readers of a value module in what loads it', () => {
    const files = (value: string) => ({
      'index.js':
        'const re = require("./re"), { B } = require("./b"); exports.f = (a) => re.test(a); exports.g = () => B; exports.h = () => 1',
      're.js': `module.exports = ${value}`,
      'b.js': `exports.A = 1; exports.B = ${value}`,
    });
    const { candidates } = compareReleases(release(files('/a/')), release(files('/b/')));
    expect(candidates.map((item) => [item.name, item.kind, item.reads])).toEqual([
      ['f', 'reader', 'exports'],
      ['g', 'reader', 'B'],
    ]);
  });

  it('finds readers of what is made from a constant', () => {
    const code = (re: string) =>
      `const A = ${re}, B = new RegExp(A.source + 'x'); const C = { re: B }; exports.f = (a) => C.re.test(a); exports.g = () => 1`;
    expect(changes(code('/a/'), code('/b/'))).toEqual(['reader f']);
  });

  it('says when only code outside functions changed, and when a file cannot be read', () => {
    const only = compareReleases(release({ 'index.js': 'run(1)' }), release({ 'index.js': 'run(2)' }));
    expect(only).toEqual({ candidates: [], moduleChanged: true, minified: false });
    const broken = compareReleases(release({ 'index.js': 'f(' }), release({ 'index.js': 'f()' }));
    expect(broken.moduleChanged).toBe(true);
    const line = (name: string) => `${`function a(){${'x();'.repeat(100)}}`.repeat(20)}function ${name}(){}`;
    expect(compareReleases(release({ 'index.js': line('b') }), release({ 'index.js': line('c') })).minified).toBe(true);
  });

  it('does not take what a compiler adds for a change of the package', () => {
    const file = (body: string) => `function _interopRequireDefault(o) { return ${body} } exports.f = () => 1`;
    expect(changes(file('o'), file('o || {}'))).toEqual([]);
  });
});

/** Bodies of functions whose locals are `a` and `b`. */
const expression: fc.Memo<string> = fc.memo((depth) =>
  depth <= 1
    ? fc.constantFrom('a', 'b', '1', '"x"', 'g.h', '/r/')
    : fc.oneof(
        fc
          .tuple(expression(depth - 1), fc.constantFrom('+', '<', '&&'), expression(depth - 1))
          .map(([one, op, two]) => `(${one} ${op} ${two})`),
        fc.tuple(expression(depth - 1)).map(([one]) => `call(${one})`),
        fc.tuple(expression(depth - 1)).map(([one]) => `list.map(function (c) { return ${one} })`),
        fc.tuple(expression(depth - 1)).map(([one]) => `{ k: ${one} }`),
      ),
);
const statement = fc
  .tuple(fc.constantFrom('return', 'b =', 'if (a) return', 'while (a) b ='), expression(3))
  .map(([start, value]) => `${start} ${value.startsWith('{') ? `(${value})` : value};`);
const body = fc.array(statement, { minLength: 1, maxLength: 4 }).map((list) => `var b = a;\n${list.join('\n')}`);
const names = ['one', 'two', 'three', 'four'] as const;
const bodies = fc.tuple(body, body, body, body);
const module = (list: readonly string[], declare = (name: string, text: string) => `function ${name}(a) {\n${text}\n}`) =>
  names.map((name, at) => declare(name, list[at] ?? '')).join('\n');

describe('for any functions', () => {
  it('nothing changed when they are written another way, and moved', () => {
    const other = (name: string, text: string) => {
      const renamed = text
        .replace(/\bvar\b/g, 'const')
        .replace(/\ba\b/g, 'first')
        .replace(/\bb\b/g, 'second')
        .replace(/\bc\b/g, 'third');
      return `const ${name} = (first) => {${renamed.replace(/\n/g, '   ').replace(/"x"/g, "'x'")}};`;
    };
    fc.assert(
      fc.property(bodies, (list) => {
        expect(changes(module(list), module(list, other).split('\n').reverse().join('\n'))).toEqual([]);
      }),
    );
  });

  it('exactly the one with a changed statement is flagged', () => {
    fc.assert(
      fc.property(bodies, fc.nat(3), fc.constantFrom('check(a);', 'if (!a) throw new Error();', 'a = String(a);'), (list, at, extra) => {
        const after = list.map((text, index) => (index === at ? `${extra}\n${text}` : text));
        expect(changes(module(list), module(after))).toEqual([`changed ${names[at]}`]);
      }),
    );
  });
});

describe('a hostile package', () => {
  it('is compared to the end: functions of one name without number, and all of them changed', () => {
    const many = (body: string) => Array.from({ length: 20_000 }, () => `function f() { ${body} }`).join('\n');
    const { candidates } = compareReleases(release({ 'index.js': many('a()') }), release({ 'index.js': many('b()') }));
    expect(candidates).toHaveLength(20_000);
    expect(compareReleases(release({ 'index.js': many('a()') }), release({ 'index.js': '1' })).candidates).toHaveLength(20_000);
  });

  it('with files that load one another, leave the package, or nest without end is read', () => {
    const files = { 'index.js': 'require("./a"); require("../../etc/passwd")', 'a.js': 'require("./index")', 'b.js': '('.repeat(50_000) };
    expect(compareReleases(release(files), release({ ...files, 'b.js': '('.repeat(50_001) }))).toMatchObject({
      candidates: [],
      moduleChanged: true,
    });
  });
});
