import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { graphOf, loadedIn, n, nameAt, plain } from '../../../../../tests/support/tiny-world.ts';

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

  it.each(['require(path.resolve(file))', 'require(path.join(process.cwd(), file))'])(
    'does not call the whole application loaded by %s: it stays open, and what others load of it is only possible',
    async (text) => {
      const tool = { files: { 'index.js': `const path = require('path'); module.exports = (file) => ${text}` } };
      const own = { 'index.js': "require('tool')", 'jobs/never.js': "require('a')" };
      const graph = await graphOf({ own, packages: { [n('tool')]: tool, ...plain('a') } });
      expect([...graph.loaded.keys()].map(nameAt)).toEqual(['tool']);
      expect([...graph.maybe.keys()].map(nameAt)).toEqual(['a']);
      expect(graph.open).toHaveLength(1);
    },
  );

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

  it('reads the paths of configurations that tsconfig.json only refers to', async () => {
    const own = {
      'package.json': '{"name":"app","main":"main.ts"}',
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.lib.json" }] }',
      'tsconfig.lib.json': '{ "compilerOptions": { "paths": { "#lib/*": ["./lib/*"] } } }',
      'main.ts': "import '#lib/x.js'",
      'lib/x.ts': "import 'a'",
    };
    expect(await loadedIn({ own, packages: plain('a') })).toEqual(['a']);
  });

  it('takes the source of a local package whose output is not there', async () => {
    const own = {
      'package.json': '{"name":"app","main":"index.js","workspaces":["libs/*"]}',
      'index.js': "require('data'); require('data/deep/x')",
      'libs/data/package.json': '{"name":"data","main":"dist/bundle.cjs","exports":{".":"./dist/bundle.js"}}',
      'libs/data/src/index.ts': "import 'a'",
      'libs/data/src/deep/x.ts': "import 'b'",
    };
    const graph = await graphOf({ own, packages: plain('a', 'b', 'c') });
    expect([...graph.loaded.keys()].map(nameAt)).toEqual(['a', 'b']);
    expect(graph.open).toEqual([]);
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
    process.env['NPM_CONFIG_REGISTRY'] = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
    const cache = await mkdtemp(join(tmpdir(), 'bw-cache-'));
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const world = { own: { 'index.js': "require('a')" }, packages: { [n('a')]: { absent: true, integrity }, ...plain('b', 'c') }, cache };
    const first = await graphOf({ ...world, offline: false });
    delete process.env['NPM_CONFIG_REGISTRY'];
    server.close();
    expect([...first.loaded.keys()]).toEqual([n('a'), n('b')]);
    expect(first.maybe.size).toBe(0);
    const { problems: _, calls, keyOf: ___, ...again } = await graphOf(world);
    const { problems: __, calls: callsBefore, keyOf: ____, ...before } = first;
    expect(again).toEqual(before);
    expect(calls?.reached).toBe(callsBefore?.reached);
  });
});
