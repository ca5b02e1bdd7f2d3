import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Craft } from '../../../../../tests/support/executables.ts';
import {
  craftElf,
  craftMachO,
  craftPe,
  craftUniversal,
  inlineBuildInfo,
  PE_BASE,
  pointedBuildInfo,
} from '../../../../../tests/support/executables.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { ByteSource } from './executable/image.ts';
import { openImages } from './executable/open.ts';
import { parsedOfBuildInfo, readGoBinary } from './go-binary.ts';
import { readRustBinary } from './rust-binary.ts';

/** Refuses ranges that no file has: a header that leads there was not checked. */
const sourceOf = (file: Buffer): ByteSource & { total: number } => ({
  size: file.length,
  total: 0,
  async read(offset, length) {
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) throw new Error(`${offset}+${length}`);
    const found = file.subarray(offset, offset + length);
    this.total += found.length;
    return found;
  },
});

const found = async (file: Buffer): Promise<unknown> => {
  const all: string[][] = [];
  for (const image of await openImages(sourceOf(file))) {
    const parsed = await readGoBinary(image);
    if (parsed !== undefined) all.push(parsed.entries.map(({ place }) => place));
  }
  return all;
};

const MODULES = 'path\ta.b/app\nmod\ta.b/app\t(devel)\t\ndep\tgolang.org/x/net\tv0.1.0\th1:x=\n';
const EXPECTED = [['stdlib@1.21.3', 'golang.org/x/net@v0.1.0']];
const ADDRESS = PE_BASE + 0x2000;

const SHAPES = [
  { wide: true, little: true },
  { wide: true, little: false },
  { wide: false, little: true },
  { wide: false, little: false },
];
const infos = (shape: Pick<Craft, 'wide' | 'little'>): readonly (readonly [string, Buffer])[] => [
  ['inline', inlineBuildInfo('go1.21.3', MODULES)],
  ['pointed', pointedBuildInfo('go1.21.3', MODULES, ADDRESS, shape)],
];

describe('build information', () => {
  it.each(SHAPES)('is found in ELF, $wide $little', async (shape) => {
    for (const [, data] of infos(shape)) {
      const text = { name: '.text', address: 0x1000, data: Buffer.alloc(64, 1), writable: false };
      const parts = [text, { name: '.go.buildinfo', address: ADDRESS, data }];
      expect(await found(craftElf({ ...shape, parts }))).toEqual(EXPECTED);
      expect(await found(craftElf({ ...shape, parts, noSections: true }))).toEqual(EXPECTED);
    }
  });

  it.each([true, false])('is found in PE, %s', async (wide) => {
    for (const [, data] of infos({ wide, little: true })) {
      const padded = Buffer.concat([data, Buffer.alloc(32)]);
      expect(await found(craftPe({ wide, parts: [{ name: '.data', address: ADDRESS, data: padded }] }))).toEqual(EXPECTED);
    }
  });

  it.each(SHAPES)('is found in Mach-O, $wide $little, alone and in universal files', async (shape) => {
    for (const [, data] of infos(shape)) {
      const file = craftMachO({ ...shape, parts: [{ name: '__go_buildinfo', address: ADDRESS, data }] });
      expect(await found(file)).toEqual(EXPECTED);
      for (const wide of [true, false]) expect(await found(craftUniversal([file, file], wide))).toEqual([...EXPECTED, ...EXPECTED]);
    }
  });

  it('is not what only looks like it: unaligned, not writable, or followed by nonsense before the real one', async () => {
    const shape = { wide: true, little: true };
    const info = inlineBuildInfo('go1.21.3', MODULES);
    const unaligned = Buffer.concat([Buffer.alloc(8), info]);
    expect(await found(craftElf({ ...shape, parts: [{ name: '.data', address: ADDRESS, data: unaligned }] }))).toEqual([]);
    expect(await found(craftElf({ ...shape, parts: [{ name: '.rodata', address: ADDRESS, data: info, writable: false }] }))).toEqual([]);
    const decoy = Buffer.concat([inlineBuildInfo('', ''), Buffer.alloc(14), info]);
    expect(decoy.indexOf(info) % 16).toBe(0);
    expect(await found(craftElf({ ...shape, parts: [{ name: '.data', address: ADDRESS, data: decoy }] }))).toEqual(EXPECTED);
  });

  it('is found behind the end of a chunk, and across it', async () => {
    for (const before of [1 << 20, (1 << 20) - 8]) {
      const data = Buffer.concat([Buffer.alloc(before), inlineBuildInfo('go1.21.3', MODULES)]);
      const parts = [{ name: '.data', address: ADDRESS + (before % 16), data }];
      expect(await found(craftElf({ wide: true, little: true, parts }))).toEqual(EXPECTED);
    }
  });

  it.each([
    ['a length beyond the end', Buffer.concat([inlineBuildInfo('go1.21.3', '').subarray(0, 32), Buffer.from([0xff, 0xff, 0xff, 0x7f])])],
    ['a length without an end', Buffer.concat([inlineBuildInfo('go1.21.3', '').subarray(0, 32), Buffer.alloc(16, 0xff)])],
    ['a pointer out of the file', pointedBuildInfo('go1.16', MODULES, 0x9999_0000, { wide: true, little: true })],
    ['a word of three bytes', Buffer.concat([inlineBuildInfo('', '').subarray(0, 14), Buffer.from([3, 0]), Buffer.alloc(16)])],
    ['nothing', Buffer.alloc(32)],
  ])('that is broken is said: %s', async (_what, data) => {
    const file = craftElf({ wide: true, little: true, parts: [{ name: '.go.buildinfo', address: ADDRESS, data }] });
    await expect(found(file)).rejects.toThrow(ManifestError);
  });

  it('is not looked for in what is no executable', async () => {
    for (const text of ['', 'MZ', '\x7fELF', '#!/bin/sh\n', `MZ${'\0'.repeat(100)}`, '\xca\xfe\xba\xbe\0\0\0\x34rest of a class'])
      expect(await found(Buffer.from(text, 'latin1'))).toEqual([]);
  });
});

describe('the modules', () => {
  const rows = (version: string, modules: string): unknown => {
    const { entries, left } = parsedOfBuildInfo(version, modules);
    return [entries.map(({ place }) => place), left.map(({ name, origin }) => `${name} ${origin}`)];
  };

  it.each([
    ['a replacement', 'dep\ta\tv1.0.0\n=>\tb\tv2.0.0\th1:y=\n', ['stdlib@1.21.3', 'b@v2.0.0'], []],
    ['a folder', 'dep\ta\tv1.0.0\n=>\t./a\t\t\n', ['stdlib@1.21.3'], ['a file']],
    ['a folder, as later versions say it', 'dep\ta\tv1.0.0\n=>\t../a\t(devel)\t\n', ['stdlib@1.21.3'], ['a file']],
    ['a module of a workspace', 'dep\ta\t(devel)\t\n', ['stdlib@1.21.3'], ['a file']],
    ['a tool with its own version', 'path\ta/cmd/b\nmod\ta\tv1.2.3\th1:z=\n', ['stdlib@1.21.3', 'a@v1.2.3'], []],
    [
      'a version of a dirty tree',
      'mod\ta\tv1.2.4-0.20240101000000-abcdefabcdef+dirty\t\n',
      ['stdlib@1.21.3', 'a@v1.2.4-0.20240101000000-abcdefabcdef+dirty'],
      [],
    ],
    ['the go command', 'path\tcmd/go\nmod\tcmd\t(devel)\t\n', ['stdlib@1.21.3', 'toolchain@1.21.3'], []],
    ['no modules', '', ['stdlib@1.21.3'], ['modules unresolved']],
    ['odd versions', 'mod\ta\t\t\ndep\tb\tmaster\t\nnonsense\n=>\n', ['stdlib@1.21.3'], ['b file']],
  ])('%s', (_what, modules, entries, left) => {
    expect(rows('go1.21.3', modules)).toEqual([entries, left]);
  });

  it.each([
    ['go1.22rc1', 'stdlib@1.22.0-rc.1'],
    ['go1.20', 'stdlib@1.20.0'],
    ['go1.21.3 X:loopvar', 'stdlib@1.21.3'],
    ['go1.21.3-acme', 'stdlib@1.21.3'],
    ['devel go1.23-abcdef Mon', undefined],
  ])('%s is %s', (version, place) => {
    expect(rows(version, 'path\ta\n')).toEqual(place === undefined ? [[], ['stdlib unresolved']] : [[place], []]);
  });

  it('keep the checksum of what was compiled', () => {
    expect(parsedOfBuildInfo('go1.21', 'dep\ta\tv1.0.0\th1:x=\n').entries[1]).toMatchObject({
      integrity: 'h1:x=',
      region: { startLine: 1 },
    });
  });
});

describe('for any bytes', () => {
  const part = (shape: Pick<Craft, 'wide' | 'little'>, inline: boolean) => ({
    name: '.go.buildinfo',
    address: ADDRESS,
    data: inline ? inlineBuildInfo('go1.21.3', MODULES) : pointedBuildInfo('go1.21.3', MODULES, ADDRESS, shape),
  });
  const dep = { name: '.dep-v0', address: ADDRESS + 0x1000, data: Buffer.from('not zlib'), writable: false };
  const file = fc
    .tuple(fc.constantFrom(...SHAPES), fc.boolean(), fc.constantFrom('elf', 'pe', 'mach-o', 'universal'))
    .map(([shape, inline, format]) => {
      const parts = [part(shape, inline), dep];
      if (format === 'elf') return craftElf({ ...shape, parts });
      if (format === 'pe') return craftPe({ wide: shape.wide, parts });
      const one = craftMachO({ ...shape, parts });
      return format === 'mach-o' ? one : craftUniversal([one, one], shape.wide);
    });
  const change = fc.tuple(fc.nat(1023), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff));

  const tried = async (bytes: Buffer): Promise<number> => {
    const source = sourceOf(bytes);
    for (const image of await openImages(source)) {
      for (const read of [readGoBinary, readRustBinary]) {
        const error: unknown = await read(image).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) expect(error).toBeInstanceOf(ManifestError);
      }
    }
    return source.total;
  };

  it('throws nothing but ManifestError, asks for no range outside, and reads each part a bounded number of times', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.array(change, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), async (whole, changes, percent) => {
        const bytes = Buffer.from(whole.subarray(0, Math.ceil((whole.length * Math.min(percent, 100)) / 100)));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(await tried(bytes)).toBeLessThan(100 * bytes.length + 10_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
