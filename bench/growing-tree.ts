/** Installed trees of any size, with modules, functions and calls as real packages have them: deterministic. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As measured on an express application: 12 modules a package, 12 functions a module, 5 calls a function, few names for many methods. */
const MODULES = 12;
const FUNCTIONS = 12;
const METHODS = [
  'get',
  'set',
  'parse',
  'handle',
  'write',
  'read',
  'on',
  'emit',
  'create',
  'update',
  'close',
  'toString',
  'format',
  'next',
  'send',
];
const VERSION = '1.0.0';

const pick = <T>(items: readonly T[], at: number): T | undefined => items[(at * 7_919) % items.length];
const methodOf = (at: number): string => `${pick(METHODS, at) ?? 'run'}${at % 5 === 0 ? '' : at % 11}`;

/** Declared functions, a class, callbacks and an exported object, each calling what stands near it or what it loads. */
const moduleText = (unit: number, at: number, loads: readonly string[]): string => {
  const requires = loads.map((name, n) => `const d${n} = require('${name}');`);
  const functions = Array.from({ length: FUNCTIONS }, (_, n) => {
    const seed = unit * 131 + at * 17 + n;
    const load = `d${n % Math.max(loads.length, 1)}`;
    const body = [
      n + 1 < FUNCTIONS ? `  const a = f${n + 1}(x, done);` : '  const a = x;',
      loads.length > 0
        ? `  ${load}.${methodOf(seed)}(a, (error, value) => done(error, value.${methodOf(seed + 1)}()));`
        : '  done(null, a);',
      `  return list.map((item) => item.${methodOf(seed + 2)}(a)).concat(this_.${methodOf(seed + 3)}(x));`,
    ];
    return `function f${n}(x, done) {\n${body.join('\n')}\n}`;
  });
  const methods = Array.from(
    { length: 4 },
    (_, n) => `  ${methodOf(unit + at + n)}(x) {\n    return f${n}(x, () => this.${methodOf(unit + n)}(x));\n  }`,
  );
  const exported = Array.from({ length: 6 }, (_, n) => `  ${methodOf(unit * 3 + at + n)}: f${n},`);
  return [
    "'use strict';",
    ...requires,
    'const list = [];',
    `class Thing${at} {\n${methods.join('\n')}\n}`,
    `const this_ = new Thing${at}();`,
    ...functions,
    `module.exports = {\n${exported.join('\n')}\n  Thing${at},\n  f0,\n};`,
    '',
  ].join('\n');
};

const needsOf = (unit: number, count: number): readonly number[] =>
  [...new Set([unit + 1, unit * 2 + 1, unit * 3 + 2])].filter((other) => other > unit && other < count);

const nameOf = (unit: number): string => `grown-${unit}`;

/** An application of `count` packages, all of them loaded; `grown-N` needs up to three others. */
export const growTree = (folder: string, count: number): void => {
  const packages: Record<string, unknown> = { '': { name: 'grown', version: VERSION, dependencies: { [nameOf(0)]: VERSION } } };
  for (let unit = 0; unit < count; unit += 1) {
    const place = `node_modules/${nameOf(unit)}`;
    const dependencies = Object.fromEntries(needsOf(unit, count).map((other) => [nameOf(other), VERSION]));
    packages[place] = { version: VERSION, resolved: `https://registry.example/${nameOf(unit)}.tgz`, dependencies };
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(
      join(folder, place, 'package.json'),
      JSON.stringify({ name: nameOf(unit), version: VERSION, main: 'm0.js', dependencies }),
    );
    for (let at = 0; at < MODULES; at += 1) {
      const inside = [at * 2 + 1, at * 2 + 2].filter((other) => other < MODULES).map((other) => `./m${other}.js`);
      const loads = at === 0 ? [...inside, ...needsOf(unit, count).map(nameOf)] : inside;
      writeFileSync(join(folder, place, `m${at}.js`), moduleText(unit, at, loads));
    }
  }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'grown', version: VERSION, scripts: { start: 'node index.js' }, dependencies: { [nameOf(0)]: VERSION } }),
  );
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ name: 'grown', version: VERSION, lockfileVersion: 3, packages }));
  writeFileSync(join(folder, 'index.js'), `const first = require('${nameOf(0)}');\nfirst.f0(process.argv[2], console.log);\n`);
};

/** One advisory for each tenth package: functions of names that many have, and one that nobody calls. */
export const grownFlaws = (count: number): readonly (readonly [name: string, fn: string])[] =>
  Array.from({ length: Math.ceil(count / 10) }, (_, n) => [nameOf(n * 10), n % 2 === 0 ? 'f3' : `Thing5.${methodOf(n * 10 + 7)}`]);
