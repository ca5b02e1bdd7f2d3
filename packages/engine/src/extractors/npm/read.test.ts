import { BreakwaterError } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import type { Reading, ReadProblem } from '../reading.ts';
import { readNpmLockfiles } from './read.ts';
import { reportUnlocked } from './unlocked.ts';

/** `elsewhere`: folders that lockfiles of other tools cover. */
const run = async (files: Readonly<Record<string, string | Error>>, elsewhere: readonly string[] = []) => {
  const problems: ReadProblem[] = [];
  const reading: Reading = {
    root: '/nowhere/at/all',
    files: Object.keys(files)
      .sort()
      .map((uri) => ({ uri, bytes: 0 })),
    config: {},
    kind: 'directory',
    vex: [],
    offline: true,
    cache: '/',
    advisories: '/',
    signal: new AbortController().signal,
    readText: async (uri) => {
      const content = files[uri];
      if (typeof content !== 'string') throw content;
      return content;
    },
    readBytes: async () => Promise.reject(new Error('not asked')),
    readRange: async () => Promise.reject(new Error('not asked')),
    problem: (problem) => problems.push(problem),
    progress: () => undefined,
    looked: () => undefined,
  };
  const { graphs, locked } = await readNpmLockfiles(reading);
  const unlocked = await reportUnlocked(reading, new Set([...locked, ...elsewhere]));
  expect(unlocked.graphs).toEqual([]);
  return { graphs, problems: problems.map(({ code, uri, line, incomplete }) => [code, uri, line, incomplete]), full: problems };
};

const lock = (count = 1): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { p0: '1' } },
      ...Object.fromEntries(Array.from({ length: count }, (_, i) => [`node_modules/p${i}`, { version: '1.0.0' }])),
    },
  });
const manifest = JSON.stringify({ dependencies: { a: '1' } });

describe('readNpmLockfiles and reportUnlocked', () => {
  it('reads every lockfile that is not installed, and says how much', async () => {
    const result = await run({
      'package-lock.json': lock(1200),
      'b/npm-shrinkwrap.json': lock(),
      'node_modules/x/package-lock.json': lock(),
      'node_modules/x/package.json': manifest,
    });
    expect(result.graphs.map((graph) => graph.manifest)).toEqual(['b/npm-shrinkwrap.json', 'package-lock.json']);
    expect(result.problems).toEqual([]);
  });

  it('goes on after a broken lockfile', async () => {
    const result = await run({
      'a/package-lock.json': '{\n"lockfileVersion": 3,\n}',
      'b/package-lock.json': lock(),
      'c/package-lock.json': new BreakwaterError('BW3004', 'too large', 'shrink it'),
      'd/package-lock.json': new Error('gone'),
    });
    expect(result.graphs.map((graph) => graph.manifest)).toEqual(['b/package-lock.json']);
    expect(result.problems).toEqual([
      ['BW3010', 'a/package-lock.json', 3, true],
      ['BW3004', 'c/package-lock.json', undefined, true],
      ['BW3010', 'd/package-lock.json', undefined, true],
    ]);
    expect(result.full[0]?.message).toContain('expected a key in quotes');
  });

  it('says where versions are not known, but not for workspaces, projects without dependencies or installed packages', async () => {
    const workspaces = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'packages/app': { dependencies: { a: '1' } } } });
    const result = await run({
      'package-lock.json': workspaces,
      'package.json': manifest,
      'packages/app/package.json': manifest,
      'other/package.json': manifest,
      'empty/package.json': '{"peerDependencies":{"a":"1"},"dependencies":{}}',
      'bad/package.json': '{',
    });
    expect(result.problems).toEqual([
      ['BW3010', 'bad/package.json', 1, true],
      ['BW3011', 'other/package.json', undefined, true],
    ]);
  });

  it('takes the word of the readers of other lockfiles for what they cover', async () => {
    const files = { 'y/yarn.lock': '', 'y/package.json': manifest, 'y/w/package.json': manifest, 'y/apart/package.json': manifest };
    expect((await run(files, ['y', 'y/w'])).problems).toEqual([['BW3011', 'y/apart/package.json', undefined, true]]);
  });

  it('names a binary lockfile of bun once for all its workspaces, unless the text stands beside it', async () => {
    const result = await run(
      {
        'bun/bun.lockb': '',
        'bun/package.json': manifest,
        'bun/w/package.json': manifest,
        'both/bun.lockb': '',
        'both/bun.lock': '',
        'both/package.json': manifest,
        'mixed/bun.lockb': '',
        'mixed/package.json': manifest,
      },
      ['both', 'mixed'],
    );
    expect(result.problems).toEqual([
      ['BW3012', 'bun/bun.lockb', undefined, true],
      ['BW3012', 'mixed/bun.lockb', undefined, false],
    ]);
  });

  it.each([
    ['pnpm@9.1.0+sha512.aa', 'pnpm install --lockfile-only'],
    ['yarn@1.22.22', 'yarn install --ignore-scripts'],
    ['yarn@4.1.0', 'yarn install --mode update-lockfile'],
    ['bun@1.2.0', 'bun install --lockfile-only'],
    ['other@1', 'npm install --package-lock-only'],
  ])('names the command of %s', async (packageManager, hint) => {
    const { full } = await run({ 'package.json': JSON.stringify({ packageManager, dependencies: { a: '1' } }) });
    expect(full).toMatchObject([{ code: 'BW3011', hint }]);
  });

  it('reads the shrinkwrap where both are, and says so', async () => {
    const result = await run({ 'npm-shrinkwrap.json': lock(), 'package-lock.json': lock(3) });
    expect(result.graphs.map((graph) => graph.packages.length)).toEqual([1]);
    expect(result.problems).toEqual([['BW3014', 'package-lock.json', undefined, false]]);
  });

  it('notes packages without a published version with the line of the first', async () => {
    const packages = Object.fromEntries(
      Array.from({ length: 7 }, (_, i) => [`node_modules/g${i}`, { version: '1.0.0', resolved: 'git+ssh://e.example/g.git' }]),
    );
    const result = await run({
      'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }, undefined, 1),
    });
    expect(result.problems).toEqual([['BW3013', 'package-lock.json', 5, false]]);
    expect(result.full[0]?.message).toMatch(/^7 packages do not come from the registry.*\(git\): g0, g1, g2, g3, g4, and 2 more$/);
  });

  it('uses package.json beside a lockfile of version 1', async () => {
    const first = JSON.stringify({ lockfileVersion: 1, dependencies: { a: { version: '1.0.0' }, b: { version: '1.0.0' } } });
    const result = await run({ 'package-lock.json': first, 'package.json': '{"devDependencies":{"a":"1"}}' });
    expect(result.graphs[0]?.packages.map(({ name, scope, direct }) => [name, scope, direct])).toEqual([
      ['a', 'excluded', true],
      ['b', 'required', false],
    ]);
  });
});

describe('declared', () => {
  const root = (version: number) => JSON.stringify({ lockfileVersion: version, packages: { '': { dependencies: { a: '1' } } } });

  it('is what package.json asks for today, peers left out', async () => {
    const text = JSON.stringify({
      dependencies: { a: '^2' },
      optionalDependencies: { b: '1' },
      devDependencies: { c: '1' },
      peerDependencies: { d: '1' },
    });
    const { graphs } = await run({ 'package-lock.json': root(3), 'package.json': text });
    expect({ ...graphs[0]?.declared }).toEqual({ a: '^2', b: '1', c: '1' });
    expect(graphs[0]?.direct['a']).toBe('1');
  });
  it.each(['{', new BreakwaterError('BW3004', 'large', 'none')])('is absent where package.json cannot be read', async (text) => {
    const { graphs } = await run({ 'package-lock.json': root(3), 'package.json': text });
    expect(graphs[0]).not.toHaveProperty('declared');
  });
  it('is absent without a package.json', async () => {
    expect((await run({ 'package-lock.json': root(2) })).graphs[0]).not.toHaveProperty('declared');
  });
});
