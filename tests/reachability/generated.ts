/** Applications that load their packages in many ways, for properties of the module graph; they only require, and end at once. */
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { readNodeDependencies } from '../../packages/engine/src/extractors/dependencies/read.ts';
import type { ModuleGraph } from '../../packages/engine/src/extractors/facts.ts';
import { readModuleGraphs } from '../../packages/engine/src/extractors/javascript/module-graph.ts';
import { readingOf } from '../support/tiny-world.ts';

export const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;

const name = fc.constantFrom(...NAMES);

/** Closed: what is loaded is written down. */
const closed = fc.oneof(
  name.map((x) => `require('${x}')`),
  name.map((x) => `require('${x}/lib/one')`),
  name.map((x) => `import('${x}').catch(() => undefined)`),
  name.map((x) => `const r = require; r('${x}')`),
  name.map((x) => `module.require('${x}')`),
  name.map((x) => `require('node:module').createRequire(__filename)('${x}')`),
  name.map((x) => `try { require('gone') } catch { require('${x}') }`),
  fc.tuple(name, name).map(([x, y]) => `for (const n of ['${x}', '${y}']) require(n)`),
  fc.tuple(name, name).map(([x, y]) => `require(process.argv.length > 5 ? '${x}' : '${y}')`),
  fc.tuple(name, name).map(([x, y]) => `({ x: '${x}', y: '${y}' }); ['${x}', '${y}'].forEach((n) => require(n))`),
  fc.constantFrom('one', 'two').map((x) => `require('./lib/' + (process.env.NONE ?? '${x}'))`),
  fc.constantFrom('one', 'two').map((x) => `require(require('path').join(__dirname, 'lib', '${x}.js'))`),
  fc.constant("new Function('return 1')()"),
  fc.constant("require('./data.json')"),
);
/** Open: only running it tells. */
const open = fc.oneof(
  name.map((x) => `require(process.env.NONE ?? String.fromCharCode(${x.charCodeAt(0)}))`),
  name.map((x) => `eval("require('${x}')")`),
  name.map((x) => `new Function('r', 'r("${x}")')(require)`),
  name.map((x) => `module.constructor._load('${x}'.toLowerCase(), module)`),
);
const statements = (weight: number) =>
  fc
    .array(fc.oneof({ weight: 12, arbitrary: closed }, { weight, arbitrary: open }), { maxLength: 3 })
    .map((lines) => lines.map((line) => `{ ${line} }`).join('\n'));

export interface Application {
  readonly own: string;
  readonly packages: Readonly<Record<(typeof NAMES)[number], { readonly index: string; readonly one: string }>>;
}

const each = fc.record({ index: statements(1), one: statements(0) });
export const application: fc.Arbitrary<Application> = fc.record({
  own: statements(1),
  packages: fc.record({ a: each, b: each, c: each, d: each, e: each, f: each, g: each }),
});

const write = async (root: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

export const filesOf = ({ own, packages }: Application): Readonly<Record<string, string>> => {
  const locked = Object.fromEntries(NAMES.map((x) => [`node_modules/${x}`, { version: '1.0.0', integrity: 'sha512-YQ==' }]));
  const lockfile = {
    name: 'app',
    lockfileVersion: 3,
    packages: { '': { dependencies: Object.fromEntries(NAMES.map((x) => [x, '1.0.0'])) }, ...locked },
  };
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'app', scripts: { start: 'node index.js' } }),
    'package-lock.json': JSON.stringify(lockfile),
    'index.js': own,
    'lib/one.js': '',
    'lib/two.js': '',
    'data.json': '{}',
  };
  for (const x of NAMES) {
    const folder = `node_modules/${x}`;
    files[`${folder}/package.json`] = JSON.stringify({ name: x, version: '1.0.0' });
    files[`${folder}/index.js`] = packages[x].index;
    files[`${folder}/lib/one.js`] = packages[x].one
      .replaceAll("'./lib/", "'../lib/")
      .replaceAll("'./data.json'", "'../data.json'")
      .replaceAll("__dirname, 'lib'", '__dirname');
    files[`${folder}/lib/two.js`] = '';
    files[`${folder}/data.json`] = '{}';
  }
  return files;
};

export const scanned = async (files: Readonly<Record<string, string>>): Promise<{ readonly root: string; readonly graph: ModuleGraph }> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'bw-certificate-')));
  await write(root, files);
  return { root, graph: await graphIn(root) };
};

export const graphIn = async (root: string): Promise<ModuleGraph> => {
  const reading = await readingOf(root, { own: {} }, []);
  const [graph] = await readModuleGraphs(reading, await readNodeDependencies(reading));
  if (graph === undefined) throw new Error(`no graph of ${root}`);
  return graph;
};
