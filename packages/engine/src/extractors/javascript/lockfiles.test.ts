import { describe, expect, it } from 'vitest';
import type { Files } from '../../../../../tests/support/tiny-world.ts';
import { graphsOf } from '../../../../../tests/support/tiny-world.ts';
import type { ModuleGraph } from '../facts.ts';

const pkg = (name: string, version: string, more: object = {}): string => JSON.stringify({ name, version, ...more });
const only = (graphs: readonly ModuleGraph[]): ModuleGraph => {
  const [graph, ...rest] = graphs;
  if (graph === undefined || rest.length > 0) throw new Error(`${graphs.length} graphs`);
  return graph;
};
const loaded = (graph: ModuleGraph): readonly string[] => [...graph.loaded.keys()].sort();
const maybe = (graph: ModuleGraph): readonly string[] => [...graph.maybe.keys()].sort();

/** Every one is in `a`'s own folder as its manager puts it. */
const PNPM = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: {specifier: ^1.0.0, version: 1.0.0}
      other: {specifier: ^3.0.0, version: 3.0.0}
  apps/web:
    dependencies:
      a: {specifier: ^2.0.0, version: 2.0.0}
      lib: {specifier: workspace:*, version: link:../../libs/lib}
  libs/lib:
    dependencies:
      deep: {specifier: ^1.0.0, version: 1.0.0}
packages:
  a@1.0.0: {resolution: {integrity: sha512-YQ==}}
  a@2.0.0: {resolution: {integrity: sha512-Yg==}}
  b@1.0.0: {resolution: {integrity: sha512-Yw==}}
  deep@1.0.0: {resolution: {integrity: sha512-ZA==}}
  other@3.0.0: {resolution: {integrity: sha512-ZQ==}}
snapshots:
  a@1.0.0: {}
  a@2.0.0: {dependencies: {b: 1.0.0}}
  b@1.0.0: {}
  deep@1.0.0: {}
  other@3.0.0: {}
`;
const pnpmFiles = (text: string, inB = ''): Files => ({
  'pnpm-lock.yaml': PNPM,
  'pnpm-workspace.yaml': 'packages: ["apps/*", "libs/*"]\n',
  'package.json': pkg('root', '1.0.0', { private: true }),
  'apps/web/package.json': pkg('web', '1.0.0', { main: 'server.js' }),
  'apps/web/server.js': text,
  'libs/lib/package.json': pkg('lib', '1.0.0', { main: 'lib.js' }),
  'libs/lib/lib.js': "require('deep')",
  'node_modules/.pnpm/a@1.0.0/node_modules/a/package.json': pkg('a', '1.0.0'),
  'node_modules/.pnpm/a@1.0.0/node_modules/a/index.js': '',
  'node_modules/.pnpm/a@2.0.0/node_modules/a/package.json': pkg('a', '2.0.0'),
  'node_modules/.pnpm/a@2.0.0/node_modules/a/index.js': "require('b')",
  'node_modules/.pnpm/b@1.0.0/node_modules/b/package.json': pkg('b', '1.0.0'),
  'node_modules/.pnpm/b@1.0.0/node_modules/b/index.js': inB,
  'node_modules/.pnpm/deep@1.0.0/node_modules/deep/package.json': pkg('deep', '1.0.0'),
  'node_modules/.pnpm/deep@1.0.0/node_modules/deep/index.js': '',
  'node_modules/.pnpm/other@3.0.0/node_modules/other/package.json': pkg('other', '3.0.0'),
  'node_modules/.pnpm/other@3.0.0/node_modules/other/index.js': '',
});
const PNPM_LINKS = { 'apps/web/node_modules/a': '../../../node_modules/.pnpm/a@2.0.0/node_modules/a' };

describe('pnpm', () => {
  it('looks names up by what the project that asks declares, and reads the store of node_modules', async () => {
    const graph = only(await graphsOf(pnpmFiles("require('a'); require('lib')"), PNPM_LINKS));
    expect(loaded(graph)).toEqual(['a@2.0.0', 'b@1.0.0', 'deep@1.0.0']);
    expect(graph.open).toEqual([]);
    expect(graph.places.get('a@2.0.0')).toEqual(['a@2.0.0']);
    expect(graph.loaded.get('b@1.0.0')?.map(({ uri, fullyQualifiedName }) => [uri, fullyQualifiedName])).toEqual([
      ['apps/web/server.js', undefined],
      ['apps/web/server.js', undefined],
      ['index.js', 'a 2.0.0'],
    ]);
  });

  it('holds an open site of the project to what it and the root declare, and what that leads to', async () => {
    const graph = only(await graphsOf(pnpmFiles('require(name)')));
    expect(maybe(graph)).toEqual(expect.arrayContaining(['a@2.0.0', 'b@1.0.0', 'other@3.0.0']));
    const own = only(await graphsOf({ ...pnpmFiles(''), 'libs/lib/lib.js': 'require(name)' }));
    expect(own.open).toHaveLength(1);
  });

  it('lets an open site of a package load everything: pnpm hoists for packages', async () => {
    const graph = only(await graphsOf(pnpmFiles("require('a')", 'module.exports = (x) => require(x)')));
    expect(maybe(graph)).toEqual(['a@1.0.0', 'other@3.0.0']);
  });

  it('finds what a package does not declare among all that is hoisted, every version of it', async () => {
    const graph = only(await graphsOf(pnpmFiles("require('a')", "require('other')")));
    expect(loaded(graph)).toContain('other@3.0.0');
  });

  it('takes every version of what own code asks for and does not declare, and is open where there is none', async () => {
    const graph = only(await graphsOf({ ...pnpmFiles("require('b')"), 'libs/lib/lib.js': "require('gone')" }));
    expect(loaded(graph)).toEqual(['b@1.0.0']);
    expect(graph.open.map(({ what }) => what)).toEqual(['gone is in no lockfile: an alias?']);
  });

  it('lets own code load everything where the project hoists all', async () => {
    const lock = PNPM.replace('      other: {specifier: ^3.0.0, version: 3.0.0}\n', '').replace(
      '      a: {specifier: ^1.0.0, version: 1.0.0}\n',
      '',
    );
    const root = { 'pnpm-lock.yaml': lock, 'package.json': pkg('root', '1.0.0', { main: 'root.js' }), 'root.js': 'require(name)' };
    const open = { ...pnpmFiles(''), ...root };
    expect(maybe(only(await graphsOf(open)))).toEqual([]);
    expect(maybe(only(await graphsOf({ ...open, '.npmrc': 'shamefully-hoist=true\n' })))).toContain('other@3.0.0');
  });

  it('does not believe that the registry has what a patch changes', async () => {
    const patched = PNPM.replaceAll('b@1.0.0: {}', 'b@1.0.0(patch_hash=abc): {}').replaceAll('{b: 1.0.0}', '{b: 1.0.0(patch_hash=abc)}');
    const files = pnpmFiles("require('a')");
    const absent = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('/b@1.0.0/')));
    const graph = only(await graphsOf({ ...absent, 'pnpm-lock.yaml': patched }));
    expect(graph.open.map(({ what }) => what)).toEqual(['source missing of b 1.0.0: not installed, and a patch of the project changes it']);
  });
});

const YARN = `# yarn lockfile v1


a@^1.0.0:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#00"
  integrity sha512-YQ==
  dependencies:
    b "^2.0.0"

b@^1.0.0:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/b/-/b-1.0.0.tgz#00"
  integrity sha512-Yg==

b@^2.0.0:
  version "2.0.0"
  resolved "https://registry.yarnpkg.com/b/-/b-2.0.0.tgz#00"
  integrity sha512-Yw==

"called@npm:real@^5.0.0":
  version "5.0.0"
  resolved "https://registry.yarnpkg.com/real/-/real-5.0.0.tgz#00"
  integrity sha512-ZA==

forked@user/forked:
  version "1.0.0"
  resolved "https://codeload.github.com/user/forked/tar.gz/abc"

peer@^1.0.0:
  version "1.0.0"
  resolved "https://registry.yarnpkg.com/peer/-/peer-1.0.0.tgz#00"
  integrity sha512-ZQ==
`;
const yarnFiles = (text: string, inA = "require('b')"): Files => ({
  'yarn.lock': YARN,
  'package.json': pkg('app', '1.0.0', {
    main: 'index.js',
    workspaces: ['packages/*'],
    dependencies: { b: '^1.0.0', called: 'npm:real@^5.0.0', forked: 'user/forked' },
  }),
  'index.js': text,
  'packages/one/package.json': pkg('one', '1.0.0', { main: 'one.js', dependencies: { a: '^1.0.0', peer: '^1.0.0' } }),
  'packages/one/one.js': '',
  'node_modules/a/package.json': pkg('a', '1.0.0'),
  'node_modules/a/index.js': inA,
  'node_modules/a/node_modules/b/package.json': pkg('b', '2.0.0'),
  'node_modules/a/node_modules/b/index.js': '',
  'node_modules/b/package.json': pkg('b', '1.0.0'),
  'node_modules/b/index.js': '',
  'node_modules/called/package.json': pkg('real', '5.0.0'),
  'node_modules/called/index.js': "require('peer')",
  'node_modules/peer/package.json': pkg('peer', '1.0.0'),
  'node_modules/peer/index.js': '',
});

describe('Yarn classic', () => {
  it('looks up by the edges of the package that asks, in the hoisted tree and in the folder below it', async () => {
    const graph = only(await graphsOf({ ...yarnFiles("require('b'); require('one')"), 'packages/one/one.js': "require('a')" }));
    expect(loaded(graph)).toEqual(['a@1.0.0', 'b@1.0.0', 'b@2.0.0']);
    expect(graph.open).toEqual([]);
    expect(only(await graphsOf({ ...yarnFiles(''), 'packages/one/one.js': "require('a')" })).loaded.has('b@1.0.0')).toBe(false);
  });

  it('follows another name, and what nobody declares', async () => {
    expect(loaded(only(await graphsOf(yarnFiles("require('called')"))))).toEqual(['peer@1.0.0', 'real@5.0.0']);
  });

  it('lets a package load a member of the workspace by its name', async () => {
    const files = { ...yarnFiles("require('a')", "require('one')"), 'packages/one/one.js': "require('peer')" };
    const started = {
      'packages/one/package.json': pkg('one', '1.0.0', { dependencies: { peer: '^1.0.0' } }),
      'packages/one/index.js': "require('peer')",
    };
    const graph = only(await graphsOf({ ...files, ...started }));
    expect(graph.loaded.get('peer@1.0.0')?.map(({ uri }) => uri)).toEqual(['index.js', 'index.js', 'index.js', 'packages/one/index.js']);
  });

  it('is open at what a package ships inside itself and no lockfile of Yarn has', async () => {
    const bundling = pkg('a', '1.0.0', { bundledDependencies: ['inner'] });
    const graph = only(
      await graphsOf({
        ...yarnFiles("require('one')", "require('inner')"),
        'node_modules/a/package.json': bundling,
        'packages/one/one.js': "require('a')",
      }),
    );
    expect(graph.open.map(({ what }) => what)).toEqual(['inner is shipped inside the package, and the lockfile does not have it']);
  });

  it('is open at a package from git, and an open site may load everything hoisted', async () => {
    const graph = only(await graphsOf(yarnFiles("require('forked')")));
    expect(graph.open.map(({ what }) => what)).toEqual(['forked does not come from the registry']);
    expect(maybe(graph)).toEqual(['a@1.0.0', 'b@1.0.0', 'b@2.0.0', 'peer@1.0.0', 'real@5.0.0']);
  });

  it('is judged beside a lockfile of another manager: each has what own code loads', async () => {
    const npm = {
      name: 'app',
      lockfileVersion: 3,
      packages: { '': { dependencies: { b: '^1.0.0' } }, 'node_modules/b': { version: '1.0.0', integrity: 'sha512-Yg==' } },
    };
    const graphs = await graphsOf({ ...yarnFiles("require('b')"), 'package-lock.json': JSON.stringify(npm) });
    expect(graphs.map((graph) => [graph.manifest, loaded(graph)])).toEqual([
      ['package-lock.json', ['node_modules/b']],
      ['yarn.lock', ['b@1.0.0']],
    ]);
  });
});

const BERRY = `__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  languageName: unknown
  linkType: soft

"hidden@npm:^1.0.0":
  version: 1.0.0
  resolution: "hidden@npm:1.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"one@workspace:packages/one":
  version: 0.0.0-use.local
  resolution: "one@workspace:packages/one"
  dependencies:
    hidden: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;
const berryFiles = (linker: string): Files => ({
  'yarn.lock': BERRY,
  '.yarnrc.yml': `nodeLinker: ${linker}\n`,
  'package.json': pkg('app', '1.0.0', { main: 'index.js', workspaces: ['packages/*'], dependencies: { a: '^1.0.0' } }),
  'index.js': "require('a')",
  'packages/one/package.json': pkg('one', '1.0.0', { dependencies: { hidden: '^1.0.0' } }),
  'node_modules/a/package.json': pkg('a', '1.0.0'),
  'node_modules/a/index.js': 'module.exports = (x) => require(x)',
  'node_modules/hidden/package.json': pkg('hidden', '1.0.0'),
});

describe('Yarn 2 and later', () => {
  it('holds packages to what they and the root declare with Plug’n’Play, and to nothing with node_modules', async () => {
    const asks = (linker: string): Files => ({ ...berryFiles(linker), 'node_modules/a/index.js': "require('hidden')" });
    expect(loaded(only(await graphsOf(asks('pnp'))))).toEqual(['a@npm:1.0.0']);
    expect(loaded(only(await graphsOf(asks('node-modules'))))).toEqual(['a@npm:1.0.0', 'hidden@npm:1.0.0']);
  });

  it('lets an open site of a package load what any project declares: it may load their modules', async () => {
    expect(maybe(only(await graphsOf(berryFiles('pnp'))))).toEqual(['hidden@npm:1.0.0']);
  });

  it('has no digest of the registry: what is not installed is missing', async () => {
    const files = Object.fromEntries(Object.entries(berryFiles('pnp')).filter(([path]) => !path.startsWith('node_modules/')));
    const graph = only(await graphsOf(files));
    expect(graph.open.map(({ what }) => what)).toEqual(['source missing of a 1.0.0: the lockfile has no digest for it']);
  });
});

describe('bun', () => {
  it('looks up by its own tree', async () => {
    const lock = {
      lockfileVersion: 1,
      workspaces: { '': { name: 'app', dependencies: { a: '^1.0.0', b: '^1.0.0' } } },
      packages: {
        a: ['a@1.0.0', '', { dependencies: { b: '^2.0.0' } }, 'sha512-YQ=='],
        b: ['b@1.0.0', '', {}, 'sha512-Yg=='],
        'a/b': ['b@2.0.0', '', {}, 'sha512-Yw=='],
      },
    };
    const files = yarnFiles("require('a')");
    const graph = only(
      await graphsOf({ ...files, 'yarn.lock': '', 'bun.lock': JSON.stringify(lock) }).then((all) =>
        all.filter(({ manifest }) => manifest === 'bun.lock'),
      ),
    );
    expect(loaded(graph)).toEqual(['a', 'a/b']);
  });
});

describe('no lockfile', () => {
  it('takes what is installed', async () => {
    const files = Object.fromEntries(Object.entries(yarnFiles("require('b')")).filter(([path]) => path !== 'yarn.lock'));
    const [graph] = await graphsOf(files);
    expect([graph?.manifest, graph && loaded(graph)]).toEqual(['node_modules', ['node_modules/b']]);
  });
});
