import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { composerLock } from './format.ts';

type Json = { readonly [key: string]: unknown };
type Files = Readonly<Record<string, string>>;

const nearOf = (files: Files): Near => ({
  text: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const INSTALLED = 'vendor/composer/installed.json';

const maybe = async (text: string, files: Files = {}, uri = 'composer.lock'): Promise<Parsed | undefined> =>
  composerLock.read(uri, text, nearOf(files));
const read = async (text: string, files: Files = {}, uri?: string): Promise<Parsed> => {
  const parsed = await maybe(text, files, uri);
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
/** Read, or refused in the one way there is. */
const survives = async (text: string, files: Files = {}): Promise<void> => {
  try {
    const parsed = await maybe(text, files);
    if (parsed !== undefined) graphOf('composer.lock', composerLock, parsed);
  } catch (error) {
    expect(error).toBeInstanceOf(ManifestError);
  }
};
const rows = (parsed: Parsed): unknown =>
  graphOf('composer.lock', composerLock, parsed).graph.packages.map((item) =>
    [`${item.name}@${item.version}`, item.scope, item.direct ? 'direct' : 'indirect', item.path.join('>')].join(' '),
  );

const item = (name: string, version: string, more: Json = {}): Json => ({
  name,
  version,
  source: { type: 'git', url: `https://git.example/${name}.git`, reference: '0123' },
  dist: { type: 'zip', url: `https://git.example/${name}.zip`, reference: '0123', shasum: '' },
  type: 'library',
  license: ['MIT'],
  ...more,
});
const text = (value: unknown): string => JSON.stringify(value, undefined, 4);
const lock = (packages: readonly Json[], dev: readonly Json[] = [], more: Json = {}): string =>
  text({
    _readme: ['This file locks the dependencies of your project to a known state'],
    'content-hash': 'f00',
    packages,
    'packages-dev': dev,
    aliases: [],
    'minimum-stability': 'stable',
    'stability-flags': [],
    platform: { php: '>=8.1' },
    'platform-dev': [],
    ...more,
  });

const MANIFEST = text({
  require: { php: '>=8.1', 'ext-json': '*', 'acme/A': '^1.0', 'acme/lib': '*' },
  'require-dev': { 'acme/test': '^9' },
});

describe('composer.lock', () => {
  const packages = [
    item('acme/a', 'v1.2.3', { require: { php: '>=8', 'psr/log-implementation': '1.0', 'acme/b': '^2', 'composer-plugin-api': '^2.0' } }),
    item('acme/b', '2.0.0', { require: [], abandoned: 'acme/c', license: ['LGPL-2.1-only', 'GPL-3.0-or-later', 'MIT or X'] }),
    item('acme/lib', 'dev-main', { dist: { type: 'path', url: 'packages/lib', reference: '0' }, require: { 'acme/own': '1' } }),
    item('acme/log', '3.0.0-beta1', { provide: { 'psr/log-implementation': '1.0.0' }, abandoned: true, type: 'composer-plugin' }),
    item('acme/own', '1.0.0'),
  ];
  const dev = [item('acme/test', '9.0.0', { require: { 'acme/b': '*', 'acme/tool': '1' } }), item('acme/tool', '1.0.0')];

  it.each([
    ['1.1.0', { 'plugin-api-version': '1.1.0' }],
    ['2.6.0', { 'plugin-api-version': '2.6.0' }],
    [undefined, {}],
  ])('of plugin API %s is read with composer.json', async (version, more) => {
    const parsed = await read(lock(packages, dev, more), { 'composer.json': MANIFEST });
    expect(parsed.formatVersion).toBe(version);
    expect(rows(parsed)).toEqual([
      'acme/a@v1.2.3 required direct acme/a',
      'acme/b@2.0.0 required indirect acme/a>acme/b',
      'acme/log@3.0.0-beta1 required indirect acme/a>psr/log-implementation',
      'acme/own@1.0.0 required direct acme/own',
      'acme/test@9.0.0 excluded direct acme/test',
      'acme/tool@1.0.0 excluded indirect acme/test>acme/tool',
    ]);
    expect(parsed.direct).toEqual({ 'acme/a': '^1.0', 'acme/lib': '*', 'acme/test': '^9' });
    expect(parsed.left).toEqual([]);
  });

  it('finds the direct packages itself where there is no composer.json', async () => {
    const parsed = await read(lock(packages, dev));
    expect(parsed.entries.filter(({ direct }) => direct === true).map(({ name }) => name)).toEqual(['acme/a', 'acme/own', 'acme/test']);
  });

  it('keeps line, licence, address, plugins and what is abandoned', async () => {
    const { entries } = await read(lock(packages));
    expect(lock(packages).split('\n')[(entries[1]?.region.startLine ?? 0) - 1]).toBe('            "name": "acme/b",');
    expect(entries[1]).toMatchObject({
      region: { startColumn: 13 },
      license: 'LGPL-2.1-only OR GPL-3.0-or-later OR (MIT or X)',
      deprecated: 'abandoned, use acme/c',
      resolved: 'https://git.example/acme/b.zip',
      hasInstallScript: false,
    });
    expect(entries[0]?.license).toBe('MIT');
    expect(entries[2]).toMatchObject({ name: 'acme/log', deprecated: 'abandoned', hasInstallScript: true });
  });

  it('takes credentials out of addresses', async () => {
    const url = `https://me:${'word'}@git.example/a.zip?token=1`;
    const { entries } = await read(lock([item('acme/a', '1.0.0', { dist: { type: 'zip', url } })]));
    expect(entries[0]?.resolved).toBe('https://git.example/a.zip');
  });

  it('says what has no release', async () => {
    const { entries, left } = await read(
      lock([
        item('acme/branch', 'dev-main', { require: { 'acme/x': '*' } }),
        item('acme/line', '2.x-dev'),
        item('acme/far', '1.0.0', { dist: { type: 'path', url: '../far' } }),
        item('acme/advisories', 'dev-latest', { type: 'metapackage', dist: undefined, source: undefined }),
        item('acme/x', '1.0.0'),
        { name: 'acme/none' },
        item('acme', '1'),
        { version: '1' },
        7 as unknown as Json, // what a hostile file may hold
      ]),
    );
    expect(entries.map(({ name }) => name)).toEqual(['acme/x']);
    expect(left.map(({ name, origin, why }) => [name, origin, why])).toEqual([
      ['acme/branch', 'unresolved', 'dev-main is a branch, not a release'],
      ['acme/line', 'unresolved', '2.x-dev is a branch, not a release'],
      ['acme/far', 'file', undefined],
      ['acme/none', 'unreadable', undefined],
      ['acme', 'unreadable', undefined],
      ['a package without a name', 'unreadable', undefined],
      ['a package without a name', 'unreadable', undefined],
    ]);
    expect(left[0]).toMatchObject({ place: 'acme/branch', edges: [{ name: 'acme/x', to: 'acme/x', kind: 'prod' }] });
  });

  it('treats names of the prototype as names', async () => {
    const hostile = `{"packages":[{"__proto__":{"version":"9"},"constructor":1,"name":"a/__proto__","version":"1","require":{"a/constructor":"1"}},
      {"name":"a/constructor","version":"2"}],"__proto__":{"polluted":true}}`;
    const parsed = await read(hostile, { 'composer.json': '{"require":{"a/__proto__":"1"}}' });
    expect(rows(parsed)).toEqual([
      'a/__proto__@1 required direct a/__proto__',
      'a/constructor@2 required indirect a/__proto__>a/constructor',
    ]);
    expect(Object.keys(parsed.direct)).toEqual(['a/__proto__']);
    expect(({} as Json)['polluted']).toBeUndefined();
  });
});

describe('installed.json', () => {
  const packages = [item('acme/a', '1.0.0'), item('acme/t', '2.0.0')];

  it.each([
    ['Composer 1', text(packages), 'required'],
    ['Composer 2', text({ packages, dev: true, 'dev-package-names': ['acme/t'] }), 'excluded'],
  ])('of %s is read where there is no lockfile', async (_version, installed, scope) => {
    const files = { '../../composer.json': '{"require":{"acme/a":"^1"}}' };
    expect(rows(await read(installed, files, INSTALLED))).toEqual([
      'acme/a@1.0.0 required direct acme/a',
      `acme/t@2.0.0 ${scope} indirect acme/t`,
    ]);
  });

  it('says nothing beside a lockfile', async () => {
    expect(await maybe(text(packages), { '../../composer.lock': '{}' }, INSTALLED)).toBeUndefined();
  });
});

it('is known by its name', () => {
  const yes = ['composer.lock', 'a/composer.lock', INSTALLED, `a/${INSTALLED}`];
  const no = ['vendor/a/b/composer.lock', 'composer.json', 'installed.json', 'xcomposer.lock', 'composer.lock.bak'];
  expect([...yes, ...no].filter(composerLock.matches)).toEqual(yes);
});

describe('what is no composer.lock', () => {
  it.each([
    ['', 'expected {, found the end of the file'],
    ['{}', 'expected packages'],
    ['[', 'expected a value'],
    ['{"packages":[{"name":"a"', 'expected , or }'],
    ['{"packages":[]} x', 'expected the end of the file'],
    ['{"packages":[\n<<<<<<< HEAD\n', 'an unresolved merge'],
    [`{"packages":${'['.repeat(5000)}`, 'no more than 256 levels'],
  ])('%.40s', async (broken, message) => {
    await expect(maybe(broken)).rejects.toThrow(message);
    await expect(maybe(broken)).rejects.toThrow(ManifestError);
  });

  it.each(['{', '[', '"', '{"packages":', '{"a":', '\\', '[[],', '{"packages":[{"require":{"a/b":"1"},'])(
    'a megabyte of %s',
    async (unit) => {
      await expect(maybe(unit.repeat(1_000_000 / unit.length))).rejects.toThrow(ManifestError);
    },
  );

  it('a file in which all provide what all require', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => item(`a/p${i}`, '1', { require: { 'v/x': '1' }, provide: { 'v/x': '1' } }));
    expect((await read(lock(many))).entries[0]?.edges).toHaveLength(8);
  });

  it('never fails in another way, whatever is changed', async () => {
    const good = lock([item('acme/a', 'v1.2.3', { require: { 'acme/b': '1' } }), item('acme/b', '1')], [item('acme/c', 'dev-x')]);
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 6 }), fc.nat(good.length), async (at, cut, put, copy) => {
        const changed = good.slice(0, at) + put + good.slice(copy, copy + cut) + good.slice(at + cut);
        await survives(changed, { 'composer.json': changed });
      }),
      { numRuns: 1500 },
    );
  });

  it('loses no package', async () => {
    const kinds = fc.constantFrom<Json>(
      { version: '1.0.0' },
      { version: 'v2' },
      { version: 'dev-main' },
      { version: '1', dist: { type: 'path', url: './x' } },
      { version: '1', dist: { type: 'path', url: '/x' } },
      {},
    );
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 30 }), async (all) => {
        const { entries, left } = await read(lock(all.map((kind, i) => ({ name: `a/p${i}`, ...kind }))));
        const lost = all.filter((kind) => JSON.stringify(kind).includes('./x')).length;
        expect(entries.length + left.length).toBe(all.length - lost);
        expect(entries).toHaveLength(all.filter(({ version, dist }) => /^v?[12]/.test(`${version}`) && dist === undefined).length);
      }),
    );
  });
});
