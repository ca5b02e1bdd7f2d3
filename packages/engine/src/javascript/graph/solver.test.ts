import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../modules/sites.ts';
import type { GraphModule } from './program.ts';
import { callGraphOf } from './solver.ts';

type Files = Readonly<Record<string, string>>;

const ENDINGS = ['', '.js', '.ts', '.tsx', '/index.js'];

/** What stands for a module whose text loads nothing. */
const EMPTY: GraphModule['facts'] = {
  functions: [{ name: '', place: [1, 1, 1, 1], body: [1, 1], outer: -1, params: [], rest: -1, result: 2, gives: [], ops: [] }],
  names: [],
  variables: 3,
  objects: 0,
  esm: false,
};

/** Modules of a program whose loads lead to each other by relative paths; a text without a word like `require` is not parsed. */
const programOf = (files: Files): readonly GraphModule[] => {
  const paths = Object.keys(files);
  const found = (from: string, to: string): readonly number[] =>
    ENDINGS.map((ending) => paths.indexOf(posix.join(posix.dirname(from), to) + ending))
      .filter((at) => at >= 0)
      .slice(0, 1);
  return paths.map((path) => {
    const { calls, loads, error } = factsOf(files[path] ?? '', path, new Set());
    if (error !== undefined) throw new Error(`${path}: ${error}`);
    return { facts: calls ?? EMPTY, loads: loads.map((load) => load.patterns.flatMap(({ head }) => found(path, head))), further: [] };
  });
};

/** Names of functions by whether they are reached from the first file; without the repeats' numbers. */
const reachedIn = (files: Files, exportsCalled = false): { readonly reached: readonly string[]; readonly others: readonly string[] } => {
  const modules = programOf(files);
  const graph = callGraphOf(modules, [{ module: 0, exportsCalled }]);
  expect(graph.exhausted).toBe(false);
  const all = modules.flatMap(({ facts }, module) =>
    facts.functions.map(({ name }, fn) => ({ name, is: graph.isReached({ module, fn }) })),
  );
  return { reached: all.filter(({ is }) => is).map(({ name }) => name), others: all.filter(({ is }) => !is).map(({ name }) => name) };
};

const endOf = (name: string): string => name.split(/[.> ]/).at(-1) ?? '';
const isMarked = (mark: string) => (name: string) => endOf(name).startsWith(mark);

/** In these programs functions whose name begins with `yes` must be reached, those with `no` must not. */
const check = (program: string | Files, exportsCalled?: boolean): void => {
  const { reached, others } = reachedIn(typeof program === 'string' ? { 'main.js': `// require\n${program}` } : program, exportsCalled);
  expect([...reached, ...others].some((name) => isMarked('yes')(name) || isMarked('no')(name))).toBe(true);
  expect({ missed: others.filter(isMarked('yes')), extra: reached.filter(isMarked('no')) }).toEqual({ missed: [], extra: [] });
};

/** `programs.txt`: `### chapter`, `# program`, `== file` (the first is main.js), text. After ` ! ` stands why the graph is wrong. */
const chapters = readFileSync(new URL('./programs.txt', import.meta.url), 'utf8')
  .split(/^### /m)
  .slice(1)
  .map((chapter) => {
    const [title = '', ...programs] = chapter.split(/^# /m);
    return { title: title.trim(), programs: programs.map(read) };
  });

function read(program: string): { readonly what: string; readonly gap: string | undefined; readonly files: Files } {
  const end = program.indexOf('\n');
  const [what = '', gap] = program.slice(0, end).split(' ! ');
  const text = program.slice(end + 1);
  const parts = (text.startsWith('== ') ? text : `== main.js\n// require\n${text}`).split(/^== /m).slice(1);
  return {
    what,
    gap,
    files: Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])),
  };
}

for (const { title, programs } of chapters) {
  describe(title, () => {
    for (const { what, gap, files } of programs) (gap === undefined ? it : it.fails)(what, () => check(files));
  });
}

describe('entries', () => {
  it('takes what an entry exports as called when a platform does so', () => {
    check('exports.yes = () => 1; module.exports.yes2 = function () {}; function no() {}', true);
    check(
      { 'main.js': "export default { yes() {} }; export const yes2 = () => 1; import './b'", 'b.js': 'export const no = () => 1' },
      true,
    );
    check('exports.no = () => 1', false);
  });
});

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'])('%s', (name) => {
    check(
      `const o = {}; o.${name} = function yes() {}; o.${name}(); function ${name === 'constructor' ? name : 'f'}() {} function no() {}`,
    );
  });
});

describe('paths', () => {
  const files = {
    'main.js': "const b = require('./b');\nfunction go() {\n  b.read();\n}\ngo();",
    'b.js': 'exports.read = () => deep();\nfunction deep() {}',
  };

  it('lead from the start over every call, with its line', () => {
    const modules = programOf(files);
    const graph = callGraphOf(modules, [{ module: 0, exportsCalled: false }]);
    const fn = modules[1]?.facts.functions.findIndex(({ name }) => name === 'deep') ?? -1;
    const named = graph
      .pathTo({ module: 1, fn }, true)
      ?.map(({ in: at, line }) => [modules[at.module]?.facts.functions[at.fn]?.name, line]);
    expect(named).toEqual([
      ['', 5],
      ['go', 3],
      ['read', 1],
    ]);
    expect(graph.pathTo({ module: 0, fn: 0 }, true)).toEqual([]);
  });

  it('are not sure where nothing is known of what is called', () => {
    const modules = programOf({ 'main.js': '/* require */ table[a] = f; function f() {} function go(o) { o[k]() } go()' });
    const graph = callGraphOf(modules, [{ module: 0, exportsCalled: false }]);
    const fn = modules[0]?.facts.functions.findIndex(({ name }) => name === 'f') ?? -1;
    expect(graph.pathTo({ module: 0, fn }, false)).toHaveLength(2);
    expect(graph.pathTo({ module: 0, fn }, true)).toBeUndefined();
  });
});

describe('budget', () => {
  it('ends, and says so', () => {
    const modules = programOf({
      'main.js': `// require\n${Array.from({ length: 200 }, (_, at) => `function f${at}(cb) { cb(f${at + 1}) }`).join('\n')}f0(f1)`,
    });
    expect(callGraphOf(modules, [{ module: 0, exportsCalled: false }], 10).exhausted).toBe(true);
    expect(callGraphOf(modules, [{ module: 0, exportsCalled: false }]).exhausted).toBe(false);
  });

  it('is not needed by a program without functions', () => {
    const graph = callGraphOf(programOf({ 'main.js': '// require' }), [{ module: 0, exportsCalled: false }]);
    expect([graph.functions, graph.reached, graph.exhausted]).toEqual([1, 1, false]);
  });
});
