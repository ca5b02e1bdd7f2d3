import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Config } from '@breakwater/model';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { DependencyGraph, ModuleGraph, Package } from '../facts.ts';
import type { Reading, ReadProblem } from '../reading.ts';
import { openReading, takeInventory } from '../tree/open.ts';
import { readModuleGraphs } from './module-graph.ts';

type Files = Readonly<Record<string, string>>;

interface Locked {
  readonly version?: string;
  readonly files?: Files;
  /** In the lockfile but not on disk. */
  readonly absent?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly integrity?: string;
}

const signal = new AbortController().signal;
const nameAt = (place: string): string => place.split('node_modules/').at(-1) ?? '';

const lock = (place: string, { version = '1.0.0', dependencies = {}, integrity }: Locked): Package => ({
  ecosystem: 'npm',
  name: nameAt(place),
  version,
  purl: `pkg:npm/${nameAt(place)}@${version}`,
  place,
  scope: 'required',
  direct: true,
  path: [],
  region: { startLine: 1 },
  ...(integrity === undefined ? {} : { integrity }),
  hasInstallScript: false,
  dependencies,
});

const write = async (root: string, files: Files): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

interface World {
  readonly own: Files;
  readonly packages?: Readonly<Record<string, Locked>>;
  readonly config?: Config;
  readonly offline?: boolean;
  readonly cache?: string;
}

const readingOf = async (root: string, { config = {}, offline = true, cache }: World, problems: ReadProblem[]): Promise<Reading> => {
  const common = { root, inventory: await takeInventory(root, signal), config, control: 'reachability', offline, advisories: '', signal };
  const folder = cache ?? (await mkdtemp(join(tmpdir(), 'bw-cache-')));
  const silent = { problem: (problem: ReadProblem) => problems.push(problem), progress: () => undefined, looked: () => undefined };
  return openReading({ ...common, cache: folder, ...silent });
};

/** Installs the tree and reads its one graph. */
const graphOf = async (world: World): Promise<ModuleGraph & { readonly problems: readonly ReadProblem[] }> => {
  const root = await mkdtemp(join(tmpdir(), 'bw-graph-'));
  const places = Object.entries(world.packages ?? {});
  await write(root, { 'package.json': '{"name":"app","main":"index.js"}', ...world.own });
  for (const [place, { version = '1.0.0', files = { 'index.js': '' }, absent }] of places) {
    if (absent === true) continue;
    const manifest = { 'package.json': JSON.stringify({ name: nameAt(place), version }) };
    await write(join(root, place), { ...manifest, ...files });
  }
  const graph: DependencyGraph = {
    manifest: 'package-lock.json',
    lockfileVersion: 3,
    direct: {},
    packages: places.map(([place, locked]) => lock(place, locked)),
  };
  const problems: ReadProblem[] = [];
  const [found] = await readModuleGraphs(await readingOf(root, world, problems), [graph]);
  if (found === undefined) throw new Error('no graph');
  return { ...found, problems };
};

const n = (name: string): string => `node_modules/${name}`;
const plain = (...names: readonly string[]): Readonly<Record<string, Locked>> => Object.fromEntries(names.map((name) => [n(name), {}]));
const loadedIn = async (world: World): Promise<readonly string[]> => [...(await graphOf(world)).loaded.keys()].map(nameAt).sort();

describe('what is loaded', () => {
  it('is what imports lead to, with the shortest way as proof', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('./routes')\nrequire('a')", 'routes.js': "\nrequire('b')" },
      packages: {
        [n('a')]: { files: { 'index.js': "require('./lib/x')", 'lib/x.js': "require('c')" } },
        [n('b')]: {},
        [n('c')]: { version: '2.1.0' },
        [n('d')]: {},
      },
    });
    expect([...graph.loaded.keys()].map(nameAt).sort()).toEqual(['a', 'b', 'c']);
    expect(graph.loaded.get(n('b'))?.map((at) => [at.uri, at.region?.startLine, at.message])).toEqual([
      ['index.js', 1, 'main of package.json'],
      ['index.js', 1, "require('./routes')"],
      ['routes.js', 2, "require('b')"],
    ]);
    expect(graph.loaded.get(n('c'))?.map((at) => [at.fullyQualifiedName, at.uri, at.message])).toEqual([
      [undefined, 'index.js', 'main of package.json'],
      [undefined, 'index.js', "require('a')"],
      ['a 1.0.0', 'lib/x.js', "require('c')"],
    ]);
    expect(graph.open).toEqual([]);
    expect(graph.maybe.size).toBe(0);
    expect(graph.places.get('c@2.1.0')).toEqual([n('c')]);
  });

  it('follows the nearest version, as Node does', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('a')" },
      packages: {
        [n('a')]: { files: { 'index.js': "require('b')" } },
        [n('b')]: { version: '1.0.0' },
        [`${n('a')}/node_modules/b`]: { version: '2.0.0' },
      },
    });
    expect([...graph.loaded.keys()].sort()).toEqual([n('a'), `${n('a')}/node_modules/b`]);
  });

  it('includes what is hoisted but not declared', async () => {
    expect(
      await loadedIn({
        own: { 'index.js': "require('a')" },
        packages: { [n('a')]: { files: { 'index.js': "require('b')" } }, [n('b')]: {} },
      }),
    ).toEqual(['a', 'b']);
  });

  it('takes the folder of a constant beginning: plugins', async () => {
    const graph = await graphOf({
      own: {
        'index.js': "require('./plugins/' + name)",
        'plugins/a.js': "require('a')",
        'plugins/deep/b.js': "require('b')",
        'other/c.js': "require('c')",
      },
      packages: plain('a', 'b', 'c'),
    });
    expect([...graph.loaded.keys()].map(nameAt).sort()).toEqual(['a', 'b']);
    expect(graph.open).toEqual([]);
  });

  it('takes every package whose name begins so, and every file of one', async () => {
    expect(await loadedIn({ own: { 'index.js': "require('x-' + name)" }, packages: plain('x-a', 'x-b', 'y') })).toEqual(['x-a', 'x-b']);
    const files = { 'locale/en.js': "require('b')", 'locale/de.js': '', 'index.js': "require('c')" };
    expect(
      await loadedIn({ own: { 'index.js': 'import(`a/locale/${l}.js`)' }, packages: { [n('a')]: { files }, ...plain('b', 'c') } }),
    ).toEqual(['a', 'b']);
  });

  it.each([
    ['exports by import', "import 'a'", { exports: { import: './m.mjs', require: './c.js' } }, ['a', 'viaImport', 'viaRequire']],
    ['main', "require('a')", { main: 'lib' }, ['a', 'viaLib']],
    ['a folder below', "require('a/lib')", {}, ['a', 'viaLib']],
    ['a file below', "require('a/c')", {}, ['a', 'viaRequire']],
    ['a name inside of exports', "require('a/feature/m')", { exports: { './feature/*': './*.mjs' } }, ['a', 'viaImport']],
    ['an inner name', "require('a')", { main: 'inner.js', imports: { '#dep': 'viaLib' } }, ['a', 'viaLib']],
  ])('resolves %s', async (_, text, manifest, expected) => {
    const files = {
      'package.json': JSON.stringify({ name: 'a', version: '1.0.0', ...manifest }),
      'm.mjs': "import 'viaImport'",
      'c.js': "require('viaRequire')",
      'lib/index.js': "require('viaLib')",
      'inner.js': "require('#dep')",
      'index.js': '',
    };
    expect(
      await loadedIn({ own: { 'index.js': text }, packages: { [n('a')]: { files }, ...plain('viaImport', 'viaRequire', 'viaLib') } }),
    ).toEqual(expected);
  });

  it('asks exports by how a package asks', async () => {
    const files = {
      'package.json': JSON.stringify({ name: 'a', version: '1.0.0', exports: { import: './m.mjs', require: './c.js' } }),
      'm.mjs': "import 'x'",
      'c.js': "require('y')",
    };
    const packages = { [n('r')]: { files: { 'index.js': "require('a')" } }, [n('a')]: { files }, ...plain('x', 'y') };
    expect(await loadedIn({ own: { 'index.js': "require('r')" }, packages })).toEqual(['a', 'r', 'y']);
  });

  it('counts the whole package when the file is not there', async () => {
    const files = { 'x.js': "require('b')", 'package.json': '{"name":"a","version":"1.0.0"}' };
    expect(await loadedIn({ own: { 'index.js': "require('a/gone')" }, packages: { [n('a')]: { files }, ...plain('b') } })).toEqual([
      'a',
      'b',
    ]);
  });

  it('reads TypeScript: paths, .js for .ts, sources of a build output', async () => {
    const own = {
      'package.json': '{"name":"app","main":"dist/main.js"}',
      'tsconfig.json':
        '{ // where\n "compilerOptions": { "outDir": "dist", "rootDir": "src", "baseUrl": ".", "paths": { "@app/*": ["src/app/*"], } } }',
      'src/main.ts': "import { x } from './x.js'; import type { T } from 'types-only'; import y from '@app/y'",
      'src/x.ts': "export * from 'a'",
      'src/app/y.tsx': "import b = require('b')",
    };
    expect(await loadedIn({ own, packages: plain('a', 'b', 'types-only') })).toEqual(['a', 'b']);
  });

  it('follows workspaces by name and starts in each', async () => {
    const own = {
      'package.json': '{"name":"app","workspaces":["packages/*"]}',
      'packages/one/package.json': '{"name":"one","main":"one.js"}',
      'packages/one/one.js': "require('two')",
      'packages/two/package.json': '{"name":"two"}',
      'packages/two/index.js': "require('a')",
      'packages/three/package.json': '{"name":"three","bin":"cli.js"}',
      'packages/three/cli.js': "require('b')",
    };
    expect(await loadedIn({ own, packages: plain('a', 'b', 'c') })).toEqual(['a', 'b']);
  });
});

describe('where the application starts', () => {
  const empty = { 'package.json': '{}' };
  it.each([
    ['scripts.start', { 'package.json': '{"scripts":{"start":"NODE_ENV=production node src/x.js"}}' }],
    ['a script that calls another', { 'package.json': '{"scripts":{"start":"npm run serve:all","serve:all":"ts-node src/x"}}' }],
    ['bin', { 'package.json': '{"bin":{"app":"src/x.js"}}' }],
    ['exports', { 'package.json': '{"exports":{".":{"types":"./x.d.ts","default":"./src/x.js"}}}' }],
    ['CMD of a Dockerfile, exec form', { ...empty, Dockerfile: 'FROM node\nWORKDIR /app\nCOPY . .\nCMD ["node", "/app/src/x.js"]' }],
    ['CMD of a Dockerfile, shell form', { ...empty, Dockerfile: 'FROM node\nCMD exec node src/x.js --port 1' }],
    [
      'a shell script',
      { ...empty, Dockerfile: 'FROM node\nENTRYPOINT ["./run.sh"]', 'run.sh': '#!/bin/sh\nset -e\nexec node src/x.js "$@"\n' },
    ],
    ['a Procfile', { ...empty, Procfile: 'web: node src/x.js\n' }],
    ['serverless handlers', { ...empty, 'serverless.yml': 'functions:\n  f:\n    handler: src/x.run\n' }],
    ['code on the command line', { 'package.json': '{"scripts":{"start":"node -e \\"require(\'./src/x\')\\""}}' }],
    ['a preload', { 'package.json': '{"scripts":{"start":"node -r ./src/x.js other.js"}}', 'other.js': '' }],
  ])('%s', async (_, own: Files) => {
    const files = { ...own, 'src/x.js': "require('a')" };
    expect(await loadedIn({ own: files, packages: plain('a', 'b') })).toEqual(['a']);
  });

  it('is what breakwater.yaml says, and only that', async () => {
    const own = { 'index.js': "require('a')", 'other.js': "require('b')" };
    expect(await loadedIn({ own, packages: plain('a', 'b'), config: { application: { entries: ['other.js'] } } })).toEqual(['b']);
  });

  it('falls back to usual names, and else says that it does not know', async () => {
    expect(await loadedIn({ own: { ...empty, 'src/server.ts': "import 'a'" }, packages: plain('a') })).toEqual(['a']);
    const graph = await graphOf({ own: { ...empty, 'lib/x.js': "require('a')" }, packages: plain('a') });
    expect(graph.inconclusive).toContain('no entry point');
  });

  it('stays open when what is started is not in the tree', async () => {
    const graph = await graphOf({ own: { 'package.json': '{"scripts":{"start":"node out/x.js"}}' }, packages: plain('a') });
    expect(graph.open.map((site) => site.what)).toEqual(['out/x.js is not in the scanned folder']);
    expect([...graph.maybe.keys()]).toEqual([n('a')]);
  });

  it('starts a Next application at its pages', async () => {
    const own = {
      'package.json': '{"dependencies":{"next":"1"}}',
      'pages/index.jsx': "import 'a'",
      'pages/x.test.jsx': "import 'b'",
      'lib/c.js': "require('c')",
    };
    expect(await loadedIn({ own, packages: plain('next', 'a', 'b', 'c') })).toEqual(['a', 'next']);
  });
});

describe('what may be loaded', () => {
  it('is everything that Node finds from a site whose name is not constant, and what that leads to', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('a')" },
      packages: {
        [n('a')]: { files: { 'index.js': '\nmodule.exports = (x) => require(x)' } },
        [n('b')]: {},
        [`${n('b')}/node_modules/c`]: {},
      },
    });
    expect([...graph.maybe.keys()].sort()).toEqual([n('b'), `${n('b')}/node_modules/c`]);
    const [site] = graph.maybe.get(n('b')) ?? [];
    expect(site).toMatchObject({
      place: n('a'),
      mayLoad: 'any-resolvable',
      location: { uri: 'index.js', region: { startLine: 2 }, fullyQualifiedName: 'a 1.0.0' },
    });
  });

  it.each(['eval(x)', 'new Function(x)', 'load(require)', "require('vm').runInThisContext(x)", 'require(a, ((', 'import(x)'])(
    '%s opens the graph',
    async (text) => {
      const graph = await graphOf({ own: { 'index.js': text }, packages: plain('a') });
      expect(graph.open).toHaveLength(1);
      expect(graph.maybe.has(n('a'))).toBe(true);
    },
  );

  it('is nothing for a name that no lockfile has, in a package or where a failure is caught', async () => {
    const own = { 'index.js': "require('a'); try { require('gone') } catch {}" };
    const graph = await graphOf({
      own,
      packages: { [n('a')]: { files: { 'index.js': "require('gone'); require('./gone')" } }, ...plain('b') },
    });
    expect(graph.open).toEqual([]);
  });

  it('is everything for a name of our own code that no lockfile has: it may be an alias', async () => {
    const graph = await graphOf({ own: { 'index.js': "import '@/config'" }, packages: plain('b') });
    expect(graph.open).toHaveLength(1);
  });

  it('is held to declared dependencies for a native addon', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('a')" },
      packages: { [n('a')]: { files: { 'index.js': "require('./x.node')", 'x.node': '' }, dependencies: { b: n('b') } }, ...plain('b') },
    });
    expect(graph.open.map((site) => [site.what, site.mayLoad])).toEqual([['native addon', [n('b')]]]);
  });

  it('is everything when sources are missing, said once', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('a'); require('b')" },
      packages: { [n('a')]: { absent: true }, [n('b')]: { absent: true }, [n('c')]: { absent: true } },
    });
    expect([...graph.loaded.keys()].sort()).toEqual([n('a'), n('b')]);
    expect([...graph.maybe.keys()]).toEqual([n('c')]);
    expect(graph.problems).toMatchObject([{ code: 'BW3030', incomplete: false, message: expect.stringContaining('2 packages') }]);
  });

  it('is everything when another version is installed than the lockfile has', async () => {
    const graph = await graphOf({
      own: { 'index.js': "require('a')" },
      packages: { [n('a')]: { files: { 'package.json': '{"name":"a","version":"9.9.9"}', 'index.js': '' } }, ...plain('b') },
    });
    expect(graph.maybe.has(n('b'))).toBe(true);
  });
});

describe('what closes a site', () => {
  const express: Locked = {
    version: '4.17.1',
    files: { 'index.js': "require('./lib/view')", 'lib/view.js': 'module.exports = (mod) => require(mod)' },
  };

  it('is a model: express loads the engines that the application names', async () => {
    const own = { 'index.js': "const app = require('express')(); app.set('view engine', 'ejs'); res.render('a'); res.render('b.pug')" };
    const graph = await graphOf({ own, packages: { [n('express')]: express, ...plain('ejs', 'pug', 'hbs') } });
    expect([...graph.loaded.keys()].map(nameAt).sort()).toEqual(['ejs', 'express', 'pug']);
    expect(graph.open).toEqual([]);
    expect(graph.relied).toEqual(['express 4.17.1 lib/view.js:1 require(mod): loads the view engine that the application names']);
  });

  it.each(["app.set('view engine', process.env.ENGINE)", 'res.render(req.query.view)', "app.settings['view engine'] = x"])(
    'not when %s',
    async (text) => {
      const graph = await graphOf({
        own: { 'index.js': `const app = require('express')(); ${text}` },
        packages: { [n('express')]: express, ...plain('ejs') },
      });
      expect([...graph.maybe.keys()]).toEqual([n('ejs')]);
    },
  );

  it('not when the file was changed, or the version is another one', async () => {
    const changed = { ...express, files: { 'index.js': 'module.exports = (name) => require(name)' } };
    for (const locked of [changed, { ...express, version: '99.0.0' }]) {
      const graph = await graphOf({ own: { 'index.js': "require('express')" }, packages: { [n('express')]: locked, ...plain('ejs') } });
      expect([...graph.maybe.keys()]).toEqual([n('ejs')]);
    }
  });

  it('is a model that holds while nobody names the property', async () => {
    const lodash: Locked = {
      version: '4.17.11',
      files: {
        'package.json': '{"name":"lodash","version":"4.17.11","main":"lodash.js"}',
        'lodash.js': "Function(importsKeys, sourceURL + 'return ' + source)",
      },
    };
    const packages = { [n('lodash')]: lodash, ...plain('a') };
    expect((await graphOf({ own: { 'index.js': "require('lodash').chunk([])" }, packages })).open).toEqual([]);
    expect((await graphOf({ own: { 'index.js': "require('lodash').template(x)" }, packages })).open).toHaveLength(1);
  });

  it('is a model that holds while no template loads modules', async () => {
    const text = "new ctor(opts.localsName + ', escapeFn, include, rethrow', src); var ctor = Function";
    const ejs: Locked = {
      version: '3.1.6',
      files: { 'package.json': '{"name":"ejs","version":"3.1.6","main":"lib/ejs.js"}', 'lib/ejs.js': text },
    };
    const packages = { [n('ejs')]: ejs, ...plain('a') };
    expect((await graphOf({ own: { 'index.js': "require('ejs')", 'views/x.ejs': '<%= name %>' }, packages })).open).toEqual([]);
    const loads = { 'index.js': "require('ejs')", 'views/x.ejs': "<% process.mainModule.require('a') %>" };
    expect((await graphOf({ own: loads, packages })).open).toHaveLength(1);
  });

  it('is a pin of the team, which is shown; one that fits nothing is said', async () => {
    const pins = [
      { at: 'index.js:1', loads: ['a'], reason: 'names come from the table of channels' },
      { at: 'gone.js:1', loads: [], reason: 'old' },
    ];
    const graph = await graphOf({ own: { 'index.js': 'require(x)' }, packages: plain('a', 'b'), config: { reachability: { pins } } });
    expect([...graph.loaded.keys()]).toEqual([n('a')]);
    expect(graph.maybe.size).toBe(0);
    expect(graph.relied).toEqual(['index.js:1 require(x): pinned: names come from the table of channels']);
    expect(graph.problems.map((problem) => problem.code)).toEqual(['BW3031']);
  });
});

describe('sources that are not installed', () => {
  it('are fetched from the registry, and the second scan needs none', async () => {
    const tar = pack();
    tar.entry({ name: 'package/package.json' }, '{"name":"a","version":"1.0.0"}');
    tar.entry({ name: 'package/index.js' }, "require('b')");
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
    const bytes = gzipSync(Buffer.concat(chunks));
    const server = createServer((_, response) => response.end(bytes));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    process.env['npm_config_registry'] = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
    const cache = await mkdtemp(join(tmpdir(), 'bw-cache-'));
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const world = { own: { 'index.js': "require('a')" }, packages: { [n('a')]: { absent: true, integrity }, ...plain('b', 'c') }, cache };
    const first = await graphOf({ ...world, offline: false });
    delete process.env['npm_config_registry'];
    server.close();
    expect([...first.loaded.keys()]).toEqual([n('a'), n('b')]);
    expect(first.maybe.size).toBe(0);
    const { problems: _, ...again } = await graphOf(world);
    const { problems: __, ...before } = first;
    expect(again).toEqual(before);
  });
});
