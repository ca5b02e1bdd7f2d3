import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingOf } from '../../../../../tests/support/tiny-world.ts';
import { exact } from '../../javascript/modules/pattern.ts';
import type { DependencyGraph, Package } from '../facts.ts';
import { applicationTree } from './file-tree.ts';
import type { Resolved } from './resolve.ts';
import { ModuleResolver } from './resolve.ts';
import { typeScriptPaths } from './tsconfig.ts';
import { manifestsOf, openWorld } from './world.ts';

/** Every file that a target or a specifier may name, so that whether one is there is drawn too. */
const FILES = [
  'index.js',
  'index.json',
  'main.js',
  'lib/index.js',
  'lib/a.js',
  'lib/a.json',
  'lib/a.mjs',
  'b.cjs',
  'feature/x.js',
  'feature/x.mjs',
  'feature/deep/y.js',
  'src/main/index.js',
] as const;
const SPECIFIERS = [
  ...['p', 'p/lib', 'p/lib/', 'p/lib/a', 'p/lib/a.js', 'p/feature/x', 'p/feature/x.js', 'p/feature/deep/y', 'p/feature/deep/y.js'],
  ...['p/b', 'p/b.cjs', 'p/index.js', 'p/package.json', 'p/main'],
];
const INSIDE = ['#in', '#in/x', '#in/deep/y', './lib', './lib/a', './', '.', './feature/x.js', '../q/index.js', 'p', 'p/lib/a', 'q'];

const target = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...FILES.map((file) => `./${file}`)) },
  { weight: 2, arbitrary: fc.constantFrom('./feature/*', './feature/*.js', './lib/*.js', './feature/*/y.js', './lib/') },
  { weight: 1, arbitrary: fc.constantFrom('../q/index.js', 'q', './node_modules/z/index.js', './lib/../main.js', './gone.js', '') },
);
const CONDITIONS = ['node', 'import', 'require', 'default', 'types', 'browser', 'deno', 'custom'];
const { tree } = fc.letrec((tie) => ({
  leaf: fc.oneof({ weight: 9, arbitrary: target }, { weight: 1, arbitrary: fc.constant(null) }),
  list: fc.array(tie('tree'), { maxLength: 3 }),
  table: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...CONDITIONS), tie('tree')), { maxLength: 4, selector: ([key]) => key })
    .map((pairs) => Object.fromEntries(pairs)),
  tree: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'exports' },
    { weight: 4, arbitrary: tie('leaf') },
    { weight: 3, arbitrary: tie('table') },
    { weight: 1, arbitrary: tie('list') },
  ),
}));
const SUBPATHS = [
  '.',
  './lib',
  './lib/a',
  './lib/*',
  './feature/*',
  './feature/*.js',
  './*',
  './feature/',
  './package.json',
  './feature/*/y',
];
const subpaths = (keys: readonly string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), tree), { minLength: 1, maxLength: 4, selector: ([key]) => key })
    .map((pairs) => Object.fromEntries(pairs));
const manifest = fc.record(
  {
    main: fc.constantFrom('./main.js', 'main', 'lib', './lib/', './src/main', './gone', 'index', '.'),
    exports: fc.oneof(tree, subpaths(SUBPATHS), subpaths(SUBPATHS)),
    imports: subpaths(['#in', '#in/*', '#in/deep/*', '#other']),
    type: fc.constantFrom('module', 'commonjs'),
  },
  { requiredKeys: [] },
);
const world = fc.record({ manifest, files: fc.subarray([...FILES], { minLength: 3 }) });

/** Asks Node itself for every case at once: `[folder, asker, specifier]` → path or undefined for each way to ask. */
const ORACLE = `
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { existsSync, readFileSync, statSync } from 'node:fs';
const isFile = (path) => existsSync(path) && statSync(path).isFile();
const answer = (work) => { try { const path = work(); return isFile(path) ? path : undefined; } catch { return undefined; } };
const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(cases.map(([asker, specifier]) => ({
  require: answer(() => createRequire(asker).resolve(specifier)),
  import: answer(() => fileURLToPath(import.meta.resolve(specifier, pathToFileURL(asker).href))),
}))));`;

interface Answer {
  readonly require?: string;
  readonly import?: string;
}

const lock = (name: string): Package => ({
  ...{ ecosystem: 'npm', name, version: '1.0.0', purl: `pkg:npm/${name}@1.0.0`, place: `node_modules/${name}`, scope: 'required' },
  ...{ direct: true, path: [name], region: { startLine: 1 }, hasInstallScript: false, dependencies: {} },
});

const graph: DependencyGraph = { manifest: 'package-lock.json', kind: 'package-lock', direct: {}, packages: [lock('p'), lock('q')] };

const write = async (root: string, path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};

const plant = async ({ manifest: stated, files }: { readonly manifest: object; readonly files: readonly string[] }): Promise<string> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'bw-resolve-')));
  await write(root, 'package.json', '{"name":"app"}');
  await write(root, 'node_modules/q/package.json', '{"name":"q","version":"1.0.0"}');
  await write(root, 'node_modules/q/index.js', '');
  await write(root, 'node_modules/p/package.json', JSON.stringify({ name: 'p', version: '1.0.0', ...stated }));
  for (const file of files) await write(root, `node_modules/p/${file}`, file.endsWith('.json') ? '{}' : '');
  return root;
};

const resolverOf = async (root: string) => {
  const reading = await readingOf(root, { own: {} }, []);
  const own = applicationTree(reading);
  const found = await openWorld(reading, [graph], own);
  const place = { tree: own, own: true, manifestOf: manifestsOf(own), typeScript: typeScriptPaths(own), locals: new Map<string, string>() };
  return { resolver: new ModuleResolver(found, place), units: found.units };
};

const listed = (root: string, { modules, whole }: Resolved): readonly string[] => [
  ...modules.map(({ unit, path }) => join(root, unit?.key ?? '', path)),
  ...whole.map((unit) => `${join(root, unit.key)}/*`),
];

const hasLists = (value: unknown): boolean =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && Object.values(value).some(hasLists));

/** Each that Node finds, with what we find. */
const compare = async (root: string, askers: readonly (readonly [asker: string, specifier: string])[], answers: readonly Answer[]) => {
  const { resolver, units } = await resolverOf(root);
  const found = [];
  for (const [at, [asker, specifier]] of askers.entries()) {
    const unit = units.get(dirname(asker));
    for (const by of ['require', 'import'] as const) {
      const node = answers[at]?.[by];
      if (node === undefined || unit === undefined) continue;
      const resolved = await resolver.resolve({ unit, path: 'index.js' }, { patterns: [exact(specifier)], by, line: 1, text: specifier });
      found.push({ by, asker, specifier, node: relative(root, node), ours: listed(root, resolved).map((one) => relative(root, one)) });
    }
  }
  return found;
};

describe('resolution', () => {
  it('finds what Node finds, from require and from import, and without lists of fallbacks nothing else from require', async () => {
    const worlds = fc.sample(world, { numRuns: 150, seed: 20_261_124 });
    const roots = await Promise.all(worlds.map(plant));
    const askers = [
      ...SPECIFIERS.map((specifier) => ['node_modules/q/index.js', specifier] as const),
      ...INSIDE.map((specifier) => ['node_modules/p/index.js', specifier] as const),
    ];
    const cases = roots.flatMap((root) => askers.map(([asker, specifier]) => [join(root, asker), specifier] as const));
    const folder = await mkdtemp(join(tmpdir(), 'bw-oracle-'));
    await writeFile(join(folder, 'oracle.mjs'), ORACLE);
    await writeFile(join(folder, 'cases.json'), JSON.stringify(cases));
    const flags = ['--no-warnings', '--experimental-import-meta-resolve', join(folder, 'oracle.mjs'), join(folder, 'cases.json')];
    const answers: readonly Answer[] = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8', maxBuffer: 1 << 27 }));
    const compared = await Promise.all(
      roots.map((root, index) => compare(root, askers, answers.slice(index * askers.length, (index + 1) * askers.length))),
    );
    const all = compared.flatMap((each, index) => each.map((one) => ({ ...one, world: worlds[index] })));
    const missed = all.filter(
      ({ node, ours }) => !ours.some((one) => one === node || (one.endsWith('/*') && node.startsWith(one.slice(0, -1)))),
    );
    const tooMuch = all.filter(
      ({ by, node, ours, world: { manifest: stated } = {} }) => by === 'require' && !hasLists(stated) && ours.some((one) => one !== node),
    );
    expect(missed.slice(0, 5)).toEqual([]);
    expect(tooMuch.slice(0, 5)).toEqual([]);
    expect(all.length).toBeGreaterThan(1_000);
  }, 60_000);
});
