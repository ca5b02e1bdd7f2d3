import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportUnlocked } from '../../npm/unlocked.ts';
import type { Reading, ReadProblem } from '../../reading.ts';
import { Disk } from './disk.ts';
import { readNodeModules } from './tree.ts';

let parent = '';
let root = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'installed-'));
  root = join(parent, 'root');
  await mkdir(root);
});
afterEach(async () => {
  await rm(parent, { recursive: true });
});

const put = async (path: string, content: unknown): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
};
const link = async (path: string, target: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await symlink(target, join(root, path));
};

/** `files`: those that the walk of the target finds, which never goes into node_modules. */
const run = async (files: Readonly<Record<string, unknown>>, locked: readonly string[] = []) => {
  for (const [path, content] of Object.entries(files)) await put(path, content);
  const problems: ReadProblem[] = [];
  const textOf = (uri: string): string => (typeof files[uri] === 'string' ? files[uri] : JSON.stringify(files[uri]));
  const reading: Reading = {
    root,
    kind: 'directory',
    files: Object.keys(files)
      .sort()
      .map((uri) => ({ uri, bytes: 0 })),
    config: {},
    offline: true,
    cache: '/',
    advisories: '/',
    vex: [],
    signal: new AbortController().signal,
    readText: async (uri) => textOf(uri),
    readBytes: async (uri) => Buffer.from(textOf(uri)),
    readRange: async () => Buffer.alloc(0),
    problem: (problem) => problems.push(problem),
    progress: () => undefined,
    looked: () => undefined,
  };
  const { graphs } = await reportUnlocked(reading, new Set(locked));
  return {
    graphs,
    problems: problems.map(({ code, uri, incomplete }) => [code, uri, incomplete]),
    full: problems,
    packages: graphs.flatMap((graph) =>
      graph.packages.map(({ place, name, version, scope, direct, path }) => [place, `${name}@${version}`, scope, direct, path.join('>')]),
    ),
  };
};

const APP = { dependencies: { a: '^1.0.0' }, devDependencies: { d: '*' }, optionalDependencies: { o: '*' } };

describe('installed node_modules', () => {
  it('reads the packages that lie there, each with its nearest dependencies', async () => {
    await put('node_modules/a/package.json', {
      name: 'a',
      version: '1.2.0',
      license: 'MIT',
      dependencies: { '@s/b': '1' },
      devDependencies: { d: '9' },
      scripts: { postinstall: 'x' },
    });
    await put('node_modules/a/node_modules/@s/b/package.json', { name: '@s/b', version: '1.0.0' });
    await put('node_modules/@s/b/package.json', { name: '@s/b', version: '2.0.0' });
    await put('node_modules/d/package.json', { name: 'd', version: '3.0.0', dependencies: { '@s/b': '2', gone: '1' } });
    await put('node_modules/d/index.js', 'throw 1');
    await put('node_modules/.bin/x', '');
    await put('node_modules/.cache/y/package.json', { name: 'y', version: '1.0.0' });
    await put('node_modules/alias/package.json', { name: 'real', version: '4.0.0' });
    const { packages, graphs, problems, full } = await run({ 'package.json': APP });
    expect(packages).toEqual([
      ['node_modules/@s/b', '@s/b@2.0.0', 'excluded', false, 'd>@s/b'],
      ['node_modules/a', 'a@1.2.0', 'required', true, 'a'],
      ['node_modules/a/node_modules/@s/b', '@s/b@1.0.0', 'required', false, 'a>@s/b'],
      ['node_modules/alias', 'real@4.0.0', 'required', false, 'alias'],
      ['node_modules/d', 'd@3.0.0', 'excluded', true, 'd'],
    ]);
    expect(graphs[0]).toMatchObject({ manifest: 'node_modules', kind: 'node_modules', direct: { a: '^1.0.0' } });
    expect(graphs[0]?.packages[1]).toMatchObject({ license: 'MIT', hasInstallScript: true, region: { startLine: 1 } });
    expect(problems).toEqual([['BW3011', 'node_modules', false]]);
    expect(full[0]?.message).toBe('There is no lockfile: the versions are those that are installed here');
  });

  it('says which direct dependencies are not installed, and a project of which none is', async () => {
    await put('node_modules/d/package.json', { name: 'd', version: '3.0.0' });
    await put('empty/node_modules/.keep', '');
    const { problems, full } = await run({ 'package.json': APP, 'empty/package.json': APP, 'none/package.json': { dependencies: {} } });
    expect(problems).toEqual([
      ['BW3011', 'node_modules', false],
      ['BW3015', 'node_modules', true],
      ['BW3011', 'empty/package.json', true],
    ]);
    expect(full[1]?.message).toContain('a');
  });

  it('reads the members of a workspace with what lies above them, under their own uri where they are alone', async () => {
    await put('node_modules/a/package.json', { name: 'a', version: '1.0.0' });
    await put('packages/m/node_modules/b/package.json', { name: 'b', version: '2.0.0' });
    await put('alone/node_modules/c/package.json', { name: 'c', version: '3.0.0' });
    await link('node_modules/m', '../packages/m');
    const { packages, graphs, problems } = await run(
      {
        'package.json': { workspaces: ['packages/*'] },
        'packages/m/package.json': { name: 'm', dependencies: { a: '1', b: '2' } },
        'alone/package.json': { dependencies: { c: '3' } },
        'locked/package.json': { dependencies: { z: '3' } },
      },
      ['locked'],
    );
    expect(graphs.map(({ manifest }) => manifest)).toEqual(['alone/node_modules', 'node_modules']);
    expect(packages.map(([place, name, , direct]) => [place, name, direct])).toEqual([
      ['node_modules/c', 'c@3.0.0', true],
      ['node_modules/a', 'a@1.0.0', true],
      ['packages/m/node_modules/b', 'b@2.0.0', true],
    ]);
    expect(problems).toEqual([
      ['BW3011', 'alone/node_modules', false],
      ['BW3011', 'node_modules', false],
    ]);
  });

  it("prefers npm's own note", async () => {
    await put('node_modules/.package-lock.json', {
      lockfileVersion: 3,
      packages: {
        'node_modules/a': { version: '1.0.1', dependencies: { b: '1' }, integrity: 'sha512-AA==' },
        'node_modules/b': { version: '1.0.0' },
      },
    });
    await put('node_modules/x/package.json', { name: 'x', version: '1.0.0' });
    const { packages } = await run({ 'package.json': { dependencies: { a: '1' } } });
    expect(packages).toEqual([
      ['node_modules/a', 'a@1.0.1', 'required', true, 'a'],
      ['node_modules/b', 'b@1.0.0', 'required', false, 'a>b'],
    ]);
  });

  it('reads the packages where the note is broken', async () => {
    await put('node_modules/.package-lock.json', '{"lockfileVersion":');
    await put('node_modules/.pnpm/lock.yaml', '{');
    await put('node_modules/a/package.json', { name: 'a', version: '1.0.0' });
    const { packages } = await run({ 'package.json': { dependencies: { a: '1' } } });
    expect(packages.map(([place]) => place)).toEqual(['node_modules/a']);
  });

  it("reads pnpm's own note", async () => {
    await put(
      'node_modules/.pnpm/lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    devDependencies:\n      a:\n        specifier: '1'\n        version: 1.0.0\n  m:\n    dependencies:\n      b: {specifier: '2', version: 2.0.0}\npackages:\n  a@1.0.0: {}\n  b@2.0.0: {}\n",
    );
    const { packages, problems } = await run({
      'package.json': { devDependencies: { a: '1' }, workspaces: [] },
      'm/package.json': { dependencies: { b: '2' } },
    });
    expect(packages.map(([place, , scope]) => [place, scope])).toEqual([
      ['a@1.0.0', 'excluded'],
      ['b@2.0.0', 'required'],
    ]);
    expect(problems).toEqual([['BW3011', 'node_modules', false]]);
  });

  it("follows pnpm's links within the root", async () => {
    await put('node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', { name: 'a', version: '1.0.0', dependencies: { b: '2' } });
    await put('node_modules/.pnpm/b@2.0.0/node_modules/b/package.json', { name: 'b', version: '2.0.0' });
    await link('node_modules/.pnpm/a@1.0.0/node_modules/b', '../../b@2.0.0/node_modules/b');
    await link('node_modules/a', '.pnpm/a@1.0.0/node_modules/a');
    const { packages } = await run({ 'package.json': { dependencies: { a: '1' } } });
    expect(packages).toEqual([
      ['node_modules/.pnpm/a@1.0.0/node_modules/a', 'a@1.0.0', 'required', true, 'a'],
      ['node_modules/.pnpm/b@2.0.0/node_modules/b', 'b@2.0.0', 'required', false, 'a>b'],
    ]);
  });

  it('follows no link out of the root, and says so', async () => {
    await mkdir(join(parent, 'outside/node_modules/deep'), { recursive: true });
    await writeFile(join(parent, 'outside/package.json'), '{"name":"outside","version":"6.6.6"}');
    await writeFile(join(parent, 'outside/node_modules/deep/package.json'), '{"name":"deep","version":"6.6.6"}');
    await put('node_modules/ok/package.json', { name: 'ok', version: '1.0.0' });
    await put('node_modules/none/package.json', 'not json');
    await mkdir(join(root, 'node_modules/tricky'));
    await link('node_modules/outside', '../../outside');
    await link('node_modules/tricky/package.json', '../../../outside/package.json');
    await link('node_modules/loop', 'loop');
    await link('app/node_modules', '../../outside/node_modules');
    const { packages, problems, full } = await run({
      'package.json': { dependencies: { ok: '1' } },
      'app/package.json': { dependencies: { deep: '1' } },
    });
    expect(packages.map(([place]) => place)).toEqual(['node_modules/ok']);
    expect(problems).toEqual([
      ['BW3011', 'node_modules', true],
      ['BW3013', 'node_modules', true],
      ['BW3011', 'app/package.json', true],
    ]);
    expect(full[1]?.message).toContain('loop, none, outside');
  });

  it('says when the bounds cut it short', async () => {
    for (const name of ['a', 'b', 'c']) await put(`node_modules/${name}/package.json`, { name, version: '1.0.0' });
    await put('node_modules/b/package.json', { name: 'b', version: '1.0.0', description: 'x'.repeat(200) });
    const disk = await Disk.open(root, { folders: 100, manifestBytes: 100 });
    const found = await readNodeModules(disk, '', [], new AbortController().signal);
    expect(found?.graph.packages.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(disk.incomplete).toBe(true);
    const small = await Disk.open(root, { folders: 1, manifestBytes: 1000 });
    await readNodeModules(small, '', [], new AbortController().signal);
    expect(small.incomplete).toBe(true);
  });
});
