import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Package } from '../facts.ts';
import type { GraphReading } from './graph.ts';
import { graphOf } from './graph.ts';
import { JsonError } from './json-cursor.ts';
import { parseLockfile } from './lockfile.ts';
import { parseManifest } from './manifest.ts';

type Json = { readonly [key: string]: unknown };

const read = (lock: Json | string, manifest?: Json): GraphReading =>
  graphOf(
    'package-lock.json',
    parseLockfile(typeof lock === 'string' ? lock : JSON.stringify(lock, undefined, 2)),
    manifest === undefined ? undefined : parseManifest(JSON.stringify(manifest)),
  );

const v3 = (packages: Json): GraphReading => read({ lockfileVersion: 3, packages });

const find = ({ graph }: GraphReading, place: string): Package | undefined => graph.packages.find((item) => item.place === place);

const row = (item: Package | undefined): unknown => item && [item.name, item.version, item.scope, item.direct, item.path.join(' ')];

describe('lockfile versions 2 and 3', () => {
  const reading = v3({
    '': { dependencies: { a: '^1.0.0', alias: 'npm:@s/real@2' }, devDependencies: { d: '1', a: '*' }, optionalDependencies: { o: '1' } },
    'node_modules/a': {
      version: '1.0.0',
      resolved: 'https://r.example/a/-/a-1.0.0.tgz',
      integrity: 'sha512-x',
      dependencies: { b: '^2' },
      hasInstallScript: true,
    },
    'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { c: '1' } },
    'node_modules/b': { version: '1.0.0', dev: true },
    'node_modules/c': { version: '1.0.0', peerDependencies: { p: '1', q: '1' }, peerDependenciesMeta: { q: { optional: true } } },
    'node_modules/p': { version: '1.0.0', peer: true },
    'node_modules/q': { version: '1.0.0' },
    'node_modules/d': { version: '1.0.0', dev: true, dependencies: { b: '1', c: '1' } },
    'node_modules/o': { version: '1.0.0', optional: true, dependencies: { x: '1' } },
    'node_modules/x': { version: '1.0.0', optional: true },
    'node_modules/alias': { name: '@s/real', version: '2.0.0', inBundle: true },
    'node_modules/left': { version: '1.0.0', extraneous: true, devOptional: true },
  });

  it('gives scope, directness and the shortest way within the strongest scope', () => {
    expect(reading.graph.packages.map(row)).toEqual([
      ['a', '1.0.0', 'required', true, 'a'],
      ['b', '2.0.0', 'required', false, 'a b'],
      ['@s/real', '2.0.0', 'required', true, 'alias'],
      ['b', '1.0.0', 'excluded', false, 'd b'],
      ['c', '1.0.0', 'required', false, 'a b c'],
      ['d', '1.0.0', 'excluded', true, 'd'],
      ['left', '1.0.0', 'optional', false, 'left'],
      ['o', '1.0.0', 'optional', true, 'o'],
      ['p', '1.0.0', 'required', false, 'a b c p'],
      ['q', '1.0.0', 'optional', false, 'a b c q'],
      ['x', '1.0.0', 'optional', false, 'o x'],
    ]);
  });

  it('keeps what other steps need', () => {
    expect(find(reading, 'node_modules/a')).toMatchObject({
      purl: 'pkg:npm/a@1.0.0',
      integrity: 'sha512-x',
      resolved: 'https://r.example/a/-/a-1.0.0.tgz',
      hasInstallScript: true,
      region: { startLine: 17, startColumn: 5, endLine: 17, endColumn: 21 },
      dependencies: { b: 'node_modules/a/node_modules/b' },
    });
    expect(find(reading, 'node_modules/alias')?.purl).toBe('pkg:npm/%40s/real@2.0.0');
    expect({ ...reading.graph.direct }).toEqual({ a: '^1.0.0', alias: 'npm:@s/real@2', d: '1', o: '1' });
  });

  it('walks local packages without matching them', () => {
    const workspaces = v3({
      '': { workspaces: ['packages/*'], devDependencies: { tool: 'file:tool' } },
      'node_modules/app': { resolved: 'packages/app', link: true },
      'node_modules/tool': { resolved: 'tool', link: true, dev: true },
      'packages/app': { version: '1.0.0', dependencies: { a: '1', tool: '*' }, devDependencies: { t: '1' } },
      'packages/app/node_modules/a': { version: '2.0.0', dependencies: { z: '1' } },
      tool: { version: '1.0.0', dev: true, dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', dev: true },
      'node_modules/t': { version: '1.0.0', dev: true },
      'node_modules/z': { version: '1.0.0' },
    });
    expect(workspaces.graph.packages.map(row)).toEqual([
      ['a', '1.0.0', 'required', true, 'a'], // app uses tool after all, whatever the flag says
      ['t', '1.0.0', 'excluded', true, 't'],
      ['z', '1.0.0', 'required', false, 'a z'],
      ['a', '2.0.0', 'required', true, 'a'],
    ]);
    expect(workspaces.localFolders).toEqual(['packages/app', 'tool']);
    expect(workspaces.unversioned).toEqual([]);
  });

  it('notes what the registry did not publish', () => {
    const { graph, unversioned } = v3({
      '': { dependencies: { g: 'user/repo', f: 'file:f.tgz', r: 'https://e.example/r.tgz', over: 'user/over', ok: '1' } },
      'node_modules/g': { version: '1.0.0', resolved: 'git+ssh://git@e.example/user/repo.git#0' },
      'node_modules/f': { version: '1.0.0', resolved: 'file:f.tgz' },
      'node_modules/r': { version: '1.0.0', resolved: 'https://e.example/r.tgz' },
      'node_modules/over': { version: '1.0.0', resolved: 'https://e.example/over/-/over-1.0.0.tgz' },
      'node_modules/ok': { version: '1.0.0' },
      'node_modules/none': {},
      'node_modules/\u001b[31m': { version: '1.0.0' },
      'node_modules/esc': { version: '1.0.0\u001b' },
    });
    expect(graph.packages.map((item) => item.name)).toEqual(['ok', 'over']);
    expect(unversioned.map(({ name, origin }) => [name, origin])).toEqual([
      ['\u001b[31m', 'unreadable'],
      ['esc', 'unreadable'],
      ['f', 'file'],
      ['g', 'git'],
      ['none', 'unreadable'],
      ['r', 'remote'],
    ]);
  });

  it('treats names of the prototype as names', () => {
    const text = `{"lockfileVersion":3,"packages":{"":{"dependencies":{"__proto__":"1","constructor":"1"}},
      "node_modules/__proto__":{"version":"1.0.0","__proto__":{"version":"9"},"dependencies":{"constructor":"1","toString":"1"}},
      "node_modules/constructor":{"version":"1.0.0"},"__proto__":{"polluted":true}}}`;
    const { graph } = read(text);
    expect(graph.packages.map(row)).toEqual([
      ['__proto__', '1.0.0', 'required', true, '__proto__'],
      ['constructor', '1.0.0', 'required', true, 'constructor'],
    ]);
    expect(Object.entries(graph.packages[0]?.dependencies ?? {})).toEqual([['constructor', 'node_modules/constructor']]);
    expect(Object.keys(graph.direct)).toEqual(['__proto__', 'constructor']);
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  it('takes the last of repeated entries and names them', () => {
    const lockfile = parseLockfile(
      '{"lockfileVersion":3,"packages":{"":{},"node_modules/a":{"version":"1.0.0"},"node_modules/a":{"version":"2.0.0"}}}',
    );
    expect(lockfile.repeated).toEqual(['node_modules/a']);
    expect(graphOf('x', lockfile, undefined).graph.packages.map((item) => item.version)).toEqual(['2.0.0']);
  });

  it('bounds the way in of a very long chain', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [`node_modules/p${i}`, { version: '1.0.0', dependencies: { [`p${i + 1}`]: '1' } }]),
    );
    const far = find(v3({ '': { dependencies: { p0: '1' } }, ...chain }), 'node_modules/p2999');
    expect(far?.path.length).toBeLessThanOrEqual(64);
    expect([far?.path[0], far?.path.at(-1)]).toEqual(['p0', 'p2999']);
  });
});

describe('lockfile version 1', () => {
  const lock = {
    lockfileVersion: 1,
    requires: true,
    dependencies: {
      a: { version: '1.0.0', requires: { b: '2', o: '1' }, dependencies: { b: { version: '2.0.0', bundled: true } } },
      alias: { version: 'npm:@s/real@2.0.0' },
      b: { version: '1.0.0', dev: true },
      d: { version: '1.0.0', dev: true, requires: { b: '1' } },
      g: { version: 'git+https://e.example/g.git#0', from: 'g' },
      o: { version: '1.0.0', optional: true },
      own: { version: 'file:own', requires: { b: '1' } },
    },
  };

  it('reads the tree with package.json beside it', () => {
    const reading = read(lock, {
      dependencies: { a: '1', alias: 'npm:@s/real', g: 'user/g' },
      devDependencies: { d: '1' },
      peerDependencies: { x: '1' },
    });
    expect(reading.graph.packages.map(row)).toEqual([
      ['a', '1.0.0', 'required', true, 'a'],
      ['b', '2.0.0', 'required', false, 'a b'],
      ['@s/real', '2.0.0', 'required', true, 'alias'],
      ['b', '1.0.0', 'excluded', false, 'd b'],
      ['d', '1.0.0', 'excluded', true, 'd'],
      ['o', '1.0.0', 'optional', false, 'a o'],
    ]);
    expect(reading.unversioned.map((item) => item.name)).toEqual(['g']);
    expect(Object.keys(reading.graph.direct)).toEqual(['d', 'a', 'alias', 'g']);
  });

  it('finds the roots itself where there is no package.json', () => {
    expect(
      read(lock)
        .graph.packages.filter((item) => item.direct)
        .map((item) => item.name),
    ).toEqual(['a', '@s/real', 'd']);
  });
});

describe('what is no lockfile', () => {
  it.each([
    ['{}', 'expected lockfileVersion with packages or dependencies'],
    ['[]', 'expected {'],
    ['', 'expected {, found the end of the file'],
    ['{"lockfileVersion":4,"packages":{}}', 'expected lockfileVersion 1, 2 or 3, found 4'],
    ['{"lockfileVersion":3,"dependencies":{}}', 'expected packages'],
    ['{"lockfileVersion":3,"packages":[]}', 'expected {'],
    ['{"lockfileVersion":3,"packages":{"node_modules/a":1}}', 'expected {'],
    ['{"lockfileVersion":3,"packages":{}} x', 'expected the end of the file'],
    [`{"packages":{"${'a/'.repeat(3000)}":{}}}`, 'a place of at most 4096 characters'],
  ])('%.60s', (text, message) => {
    expect(() => parseLockfile(text)).toThrow(message);
    expect(() => parseLockfile(text)).toThrow(JsonError);
  });

  it('never throws anything else, whatever stands in the file', () => {
    const key = fc.constantFrom(
      '',
      'node_modules/a',
      'node_modules/a/node_modules/a',
      'a',
      'version',
      'dependencies',
      'packages',
      'requires',
      'link',
      'resolved',
      '__proto__',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, true, 1, '1.0.0', 'a', 'file:a', 'npm:@'),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    const lock = fc.record(
      { lockfileVersion: fc.constantFrom(1, 2, 3), packages: value, dependencies: value },
      { requiredKeys: ['lockfileVersion'] },
    );
    fc.assert(
      fc.property(lock, (json) => {
        try {
          read(JSON.stringify(json));
        } catch (error) {
          expect(error).toBeInstanceOf(JsonError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('one tree in three versions', () => {
  interface Node {
    readonly version: string;
    readonly requires: Readonly<Record<string, string>>;
    readonly children: Readonly<Record<string, Node>>;
  }
  const name = fc.constantFrom('a', 'b', 'c', '@s/d', 'e');
  const requires = fc.dictionary(name, fc.constant('*'), { maxKeys: 3 });
  const version = fc.constantFrom('1.0.0', '2.0.0', '3.0.0-rc.1');
  const leaf: fc.Arbitrary<Node> = fc.record({ version, requires, children: fc.constant({}) });
  const inner: fc.Arbitrary<Node> = fc.record({ version, requires, children: fc.dictionary(name, leaf, { maxKeys: 2 }) });
  const tree = fc.record({ prod: requires, dev: requires, tops: fc.dictionary(name, inner, { maxKeys: 5 }) });

  const nested = (nodes: Readonly<Record<string, Node>>): Json =>
    Object.fromEntries(
      Object.entries(nodes).map(([key, n]) => [key, { version: n.version, requires: n.requires, dependencies: nested(n.children) }]),
    );
  const flat = (nodes: Readonly<Record<string, Node>>, parent: string): Json =>
    Object.assign(
      {},
      ...Object.entries(nodes).map(([key, n]) => ({
        [`${parent}node_modules/${key}`]: { version: n.version, dependencies: n.requires },
        ...flat(n.children, `${parent}node_modules/${key}/`),
      })),
    );

  it('gives the same packages', () => {
    fc.assert(
      fc.property(tree, ({ prod, dev, tops }) => {
        const manifest = { dependencies: prod, devDependencies: dev };
        const packages = { '': manifest, ...flat(tops, '') };
        const dependencies = nested(tops);
        const shape = ({ graph }: GraphReading): unknown =>
          graph.packages.map(({ region, ...rest }) => ({ ...rest, dependencies: { ...rest.dependencies } }));
        const third = shape(read({ lockfileVersion: 3, packages }));
        expect(shape(read({ lockfileVersion: 2, dependencies, packages }))).toEqual(third);
        expect(shape(read({ lockfileVersion: 1, dependencies }, manifest))).toEqual(third);
      }),
      { numRuns: 300 },
    );
  });
});
