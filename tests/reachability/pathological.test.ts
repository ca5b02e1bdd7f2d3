/** Code that is hard to read, around a vulnerable function that really runs: a right verdict or `unknown`, never `unreachable`, never a crash. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildIndex } from '../../packages/engine/src/advisories/build.ts';
import { verdictOf } from './verdict.ts';

const work = mkdtempSync(join(tmpdir(), 'bw-pathological-'));
const record = (id: string, fn: string): object => ({
  schema_version: '1.6.0',
  id,
  modified: '2026-01-01T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'bad' },
      versions: ['1.0.0'],
      ecosystem_specific: { affected_functions: [`bad.${fn}`] },
      database_specific: { functions_precision: 'advisory' },
    },
  ],
});
const NAMES = ['danger', '__proto__', 'constructor', 'hasOwnProperty', 'toString', 'then', 'größe', 'length'];

beforeAll(async () => {
  mkdirSync(join(work, 'osv'));
  for (const name of NAMES) writeFileSync(join(work, 'osv', `${NAMES.indexOf(name)}.json`), JSON.stringify(record(`X-${name}`, name)));
  await buildIndex({ from: join(work, 'osv'), to: join(work, 'index'), kev: false, epss: false, signal: new AbortController().signal });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CALL = "require('bad').danger('x');\n";
const lock = { version: '1.0.0', resolved: 'https://registry.example/bad-1.0.0.tgz', integrity: `sha512-${'A'.repeat(86)}==` };

/** An application of `index.js` and the installed package `bad`. */
const judged = async (bad: Readonly<Record<string, string>>, own = CALL, fn = 'danger') => {
  const folder = mkdtempSync(join(work, 'app-'));
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'app', version: '1.0.0', scripts: { start: 'node index.js' }, dependencies: { bad: '1.0.0' } }),
    'package-lock.json': JSON.stringify({
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'app', version: '1.0.0', dependencies: { bad: '1.0.0' } }, 'node_modules/bad': lock },
    }),
    'index.js': own,
    'node_modules/bad/package.json': JSON.stringify({ name: 'bad', version: '1.0.0', main: 'index.js' }),
  };
  for (const [path, text] of Object.entries(bad)) files[`node_modules/bad/${path}`] = text;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cache = join(folder, '../cache');
  const verdict = await verdictOf({ folder, advisories: join(work, 'index'), cache, advisory: `X-${fn}` });
  return verdict?.reachability?.status ?? 'no verdict';
};

const RIGHT = ['reachable', 'unknown'];
const many = (count: number, each: (at: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, at) => each(at)).join(between);
const inside = (text: string): string =>
  `exports.danger = function danger(x) { return eval(x) };\nexports.safe = function (x) { ${text} };\n`;

const SHAPES: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'a bundle of 10 MB on one line': () => ({
    'index.js': `!function(e,t){"object"==typeof exports?module.exports=t():e.bad=t()}(this,(function(){var o={};${many(125_000, (at) => `function f${at}(a,b){return a.x${at % 999}?f${(at * 7) % 125_000}(b.y,a):o.z${at % 50}=b(a.c,${at})}`)}o.danger=function(x){return eval(x)};return o}));`,
  }),
  '100,000 functions of one name': () => ({
    'index.js': `exports.danger = function (x) { return exports.list[7].run(x) };\nexports.list = [${many(100_000, (at) => `{ run: function run(a) { return a.run(${at}) } }`, ',\n')}];\n`,
  }),
  'a circle of 1,500 modules': () => ({
    'index.js': "module.exports = require('./m0.js');\n",
    ...Object.fromEntries(
      Array.from({ length: 1_500 }, (_, at) => [
        `m${at}.js`,
        at === 1_499
          ? "const first = require('./m0.js');\nexports.danger = (x) => eval(x);\nexports.back = () => first.danger;\n"
          : `const next = require('./m${at + 1}.js');\nexports.danger = (x) => next.danger(x);\nexports.back = () => next.back();\n`,
      ]),
    ),
  }),
  'a file that does not parse': () => ({ 'index.js': 'exports.danger = function (x) { return eval(x)\n' }),
  'a broken file beside it': () => ({
    'index.js': "exports.danger = function (x) { return require('./broken.js').run(eval, x) };\n",
    'broken.js': 'exports.run = function ( {{{ \n',
  }),
  'a megabyte of nested calls': () => ({ 'index.js': inside(`return ${'f('.repeat(340_000)}${')'.repeat(340_000)}`) }),
  'calls nested 900 deep': () => ({ 'index.js': inside(`return ${'f('.repeat(900)}${')'.repeat(900)}`) }),
  'a megabyte of nested objects': () => ({ 'index.js': inside(`return ${'{a:'.repeat(250_000)}1${'}'.repeat(250_000)}`) }),
  'functions nested 600 deep': () => ({ 'index.js': inside(`${'return function () { '.repeat(600)}${'}'.repeat(600)}`) }),
  '50,000 parameters': () => ({
    'index.js': `${inside(`return (function (${many(50_000, (at) => `p${at}`, ',')}) { return p7(x) })(${many(50_000, (at) => `a${at}`, ',')})`)}`,
  }),
  'a switch of 20,000 cases': () => ({
    'index.js': inside(`switch (x) { ${many(20_000, (at) => `case ${at}: return exports.f${at}(x);`)} }`),
  }),
  'a chain of 20,000 ternaries': () => ({ 'index.js': inside(`return ${many(20_000, (at) => `x === ${at} ? f${at}(x) : `)} 0`) }),
  'a chain of 50,000 members': () => ({ 'index.js': inside(`return x${'.then(f)'.repeat(50_000)}`) }),
  'a sum of 50,000 terms': () => ({ 'index.js': inside(`return ${many(50_000, (at) => `'t${at}'`, '+')}`) }),
  'names of every object': () => ({
    'index.js': inside(
      "const o = { __proto__: null, ['__proto__']: exports, constructor() {}, hasOwnProperty: 1, toString() {}, valueOf: x }; o.__proto__.danger(x); o.constructor.prototype.hasOwnProperty(x); exports.__proto__ = o; exports.hasOwnProperty = o.hasOwnProperty; this.constructor = o",
    ),
  }),
  'escaped names': () => ({
    'index.js': "exports.d\\u0061nger = function (x) { return eval(x) };\nexports['\\x64anger'] = exports.danger;\n",
  }),
};

it.each(Object.entries(SHAPES))('%s', { timeout: 60_000 }, async (_name, shape) => {
  expect(RIGHT).toContain(await judged(shape()));
});

it.each(NAMES)('a vulnerable function of the name %s', async (name) => {
  const written = `exports[${JSON.stringify(name)}] = function (x) { return eval(x) };\n`;
  expect(RIGHT).toContain(await judged({ 'index.js': written }, `require('bad')[${JSON.stringify(name)}]('x');\n`, name));
  expect(RIGHT).toContain(await judged({ 'index.js': written }, `const b = require('bad'); b[process.argv[2]]('x');\n`, name));
});

it.each([
  ["a member's name put together", "require('bad')['dan' + 'ger']('x');\n"],
  ['an escaped name', "require('bad').d\\u0061nger('x');\n"],
  ['kept by a name of every object', "const o = { constructor: require('bad') }; o['constructor'].danger('x');\n"],
  ['kept in a map', "const m = new Map([['__proto__', require('bad').danger]]); m.get('__proto__')('x');\n"],
  [
    'handed to a function of a hundred thousand statements',
    `const f = require('bad').danger;\nfunction run(g) { ${'x = 1;'.repeat(100_000)} g('x') }\nrun(f);\n`,
  ],
  ['called in a getter', "const o = { get toString() { return require('bad').danger('x') } }; `${o}`;\n"],
])('%s', { timeout: 60_000 }, async (_name, own) => {
  expect(RIGHT).toContain(await judged({ 'index.js': 'exports.danger = function (x) { return eval(x) };\n' }, own));
});
