import { deflateSync } from 'node:zlib';
import { BreakwaterError } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { craftElf, craftMachO, craftPe, craftUniversal, inlineBuildInfo, PE_BASE } from '../../../../../tests/support/executables.ts';
import { graphOf } from '../dependencies/graph.ts';
import type { Reading, ReadProblem } from '../reading.ts';
import type { Binary } from './read-binaries.ts';
import { readBinaries } from './read-binaries.ts';

const SIZE = 64 << 10;

const read = async (files: Readonly<Record<string, Buffer | BreakwaterError>>) => {
  const problems: ReadProblem[] = [];
  const opened = new Set<string>();
  const sizeOf = (file: Buffer | BreakwaterError | undefined): number => (Buffer.isBuffer(file) ? file.length : SIZE);
  const reading: Reading = {
    root: '/nowhere',
    kind: 'directory',
    vex: [],
    files: Object.keys(files).map((uri) => ({ uri, bytes: sizeOf(files[uri]) })),
    config: {},
    offline: true,
    cache: '/nowhere',
    advisories: '/nowhere',
    signal: new AbortController().signal,
    readText: async () => Promise.reject(new Error('not asked')),
    readBytes: async () => Promise.reject(new Error('not asked')),
    readRange: async (uri, offset, length) => {
      opened.add(uri);
      const file = files[uri];
      if (!Buffer.isBuffer(file)) throw file;
      return file.subarray(offset, offset + length);
    },
    problem: (problem) => problems.push(problem),
    progress: () => undefined,
    looked: () => undefined,
  };
  return { binaries: await readBinaries(reading), problems, opened: [...opened] };
};

const ADDRESS = PE_BASE + 0x1000;
const shape = { wide: true, little: true };
const padding = { name: '.text', address: 0x1000, data: Buffer.alloc(SIZE), writable: false };
const go = (modules: string) => ({ name: '.go.buildinfo', address: ADDRESS, data: inlineBuildInfo('go1.21.3', modules) });
const rust = (packages: readonly object[], format?: number) => ({
  name: '.dep-v0',
  address: 0,
  writable: false,
  data: deflateSync(JSON.stringify(format === undefined ? { packages } : { packages, format })),
});

const summary = ({ binaries }: { readonly binaries: readonly Binary[] }): unknown =>
  binaries.map(({ manifest, kind, parsed }) => [manifest, kind, parsed.entries.map(({ place }) => place)]);

const CRATES = [
  { name: 'app', version: '0.1.0', source: 'local', root: true, dependencies: [1, 2, 3, 4] },
  { name: 'a', version: '1.0.0', source: 'crates.io', dependencies: [5] },
  { name: 'cc', version: '1.0.0', source: 'crates.io', kind: 'build', dependencies: [6] },
  { name: 'lib', version: '0.1.0', source: 'local', dependencies: [5] },
  { name: 'g', version: '0.1.0', source: 'git', dependencies: [7] },
  { name: 'b', version: '1.0.0', source: 'crates.io' },
  { name: 'tool', version: '1.0.0', source: 'crates.io', kind: 'build' },
  { name: 'c', version: '1.0.0', source: 'crates.io', dependencies: [99] },
  { name: 'r', version: '1.0.0', source: 'registry' },
];

describe('programs', () => {
  it('are told by their bytes, in the order of the files', async () => {
    const elf = craftElf({ ...shape, parts: [padding, go('dep\ta\tv1.0.0\th1:x=\n')] });
    const pe = craftPe({
      wide: true,
      parts: [{ ...go('dep\tp\tv1.0.0\t\n'), name: '.data', data: Buffer.concat([go('dep\tp\tv1.0.0\t\n').data, Buffer.alloc(SIZE)]) }],
    });
    const files = {
      'bin/app': elf,
      'bin/app.exe': pe,
      'bin/plain': craftElf({ ...shape, parts: [padding] }),
      'logo.png': elf,
      small: elf.subarray(0, 1000),
    };
    const result = await read(files);
    expect(summary(result)).toEqual([
      ['bin/app', 'go-binary', ['stdlib@1.21.3', 'a@v1.0.0']],
      ['bin/app.exe', 'go-binary', ['stdlib@1.21.3', 'p@v1.0.0']],
    ]);
    expect(result.problems).toEqual([]);
    expect(result.opened).toEqual(['bin/app', 'bin/app.exe', 'bin/plain']);
  });

  it('of several architectures are one', async () => {
    const slice = (modules: string): Buffer => craftMachO({ ...shape, parts: [padding, { ...go(modules), name: '__go_buildinfo' }] });
    const result = await read({
      app: craftUniversal([slice('dep\ta\tv1.0.0\t\n'), slice('dep\ta\tv1.0.0\t\ndep\tm1\tv1.0.0\t\ndep\tl\t(devel)\t\n')]),
    });
    expect(summary(result)).toEqual([['app', 'go-binary', ['stdlib@1.21.3', 'a@v1.0.0', 'm1@v1.0.0']]]);
    expect(result.binaries[0]?.parsed.left).toHaveLength(1);
  });

  it('of both languages are both', async () => {
    const result = await read({ app: craftElf({ ...shape, parts: [padding, go('path\ta\n'), rust(CRATES.slice(0, 2))] }) });
    expect(summary(result)).toEqual([
      ['app', 'go-binary', ['stdlib@1.21.3']],
      ['app', 'rust-binary', ['a 1.0.0']],
    ]);
  });

  it('that cannot be read are said', async () => {
    const broken = craftElf({ ...shape, parts: [padding, { ...go(''), data: Buffer.alloc(40) }] });
    const result = await read({ broken, locked: new BreakwaterError('BW3003', 'locked cannot be read', 'Give the right') });
    expect(result.binaries).toEqual([]);
    expect(result.problems.map(({ code, uri, incomplete }) => [code, uri, incomplete])).toEqual([
      ['BW3010', 'broken', true],
      ['BW3003', 'locked', true],
    ]);
  });
});

describe('crates of a program', () => {
  const graph = async (packages: readonly object[], format?: number) => {
    const { binaries } = await read({ app: craftElf({ ...shape, parts: [padding, rust(packages, format)] }) });
    const [binary] = binaries;
    if (binary === undefined) throw new Error('not found');
    return { parsed: binary.parsed, packages: graphOf('app', { kind: binary.kind, ecosystem: 'Go' }, binary.parsed).graph.packages };
  };

  it('are shipped unless only the build ran them; what is not published is stepped through', async () => {
    const { parsed, packages } = await graph(CRATES, 1);
    expect(packages.map((item) => `${item.ecosystem} ${item.name} ${item.scope} ${item.path.join('>')}`)).toEqual([
      'crates.io a required a',
      'crates.io b required b',
      'crates.io c required c',
      'crates.io cc excluded cc',
      'crates.io tool excluded cc>tool',
    ]);
    expect(packages[0]?.dependencies).toEqual({ b: 'b 1.0.0' });
    expect(parsed.left.map(({ name, origin }) => `${name} ${origin}`)).toEqual(['lib file', 'g git', 'r remote']);
    expect(parsed.formatVersion).toBe('1');
  });

  it('count the program itself when it was published', async () => {
    const { packages } = await graph([
      { name: 'tool', version: '2.0.0', source: 'crates.io', root: true, dependencies: [1, 0] },
      { name: 'a', version: '1.0.0', source: 'crates.io' },
    ]);
    expect(packages.map((item) => `${item.name} ${item.scope}`)).toEqual(['a required', 'tool required']);
  });

  it.each([
    ['no zlib', Buffer.from('{"packages":[]}')],
    ['no JSON', deflateSync('nonsense')],
    ['another shape', deflateSync('{"packages":[{"name":1}]}')],
    ['a bomb', deflateSync(Buffer.alloc(9 << 20, 0x20))],
    [
      'too many dependencies',
      deflateSync(
        JSON.stringify({ packages: [{ name: 'a', version: '1', source: 'x', dependencies: Array.from({ length: 1_000_001 }, () => 0) }] }),
      ),
    ],
  ])('are said when they cannot be read: %s', async (_what, data) => {
    const { binaries, problems } = await read({
      app: craftElf({ ...shape, parts: [padding, { name: '.dep-v0', address: 0, data, writable: false }] }),
    });
    expect(binaries).toEqual([]);
    expect(problems.map(({ code, incomplete }) => [code, incomplete])).toEqual([['BW3010', true]]);
  });

  it('stand in PE and Mach-O under the same name', async () => {
    const part = { ...rust(CRATES.slice(0, 2)), address: ADDRESS };
    const big = { ...padding, address: PE_BASE + 0x100000 };
    const result = await read({
      pe: craftPe({ wide: false, parts: [big, part] }),
      macho: craftMachO({ ...shape, parts: [padding, part] }),
    });
    expect(summary(result)).toEqual([
      ['pe', 'rust-binary', ['a 1.0.0']],
      ['macho', 'rust-binary', ['a 1.0.0']],
    ]);
  });
});
