import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { mixLock } from './format.ts';

type Files = Readonly<Record<string, string>>;

const nearOf = (files: Files): Near => ({
  text: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: (name) =>
    Object.keys(files)
      .filter((path) => path === name || path.endsWith(`/${name}`))
      .map((path) => path.slice(0, Math.max(0, path.length - name.length - 1)))
      .sort(),
  signal: new AbortController().signal,
});

const read = async (text: string, files: Files = {}): Promise<Parsed> => {
  const parsed = await mixLock.read('mix.lock', text, nearOf(files));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const rows = (parsed: Parsed): readonly string[] =>
  graphOf('mix.lock', mixLock, parsed).graph.packages.map((item) =>
    [`${item.name}@${item.version}`, item.scope, item.direct ? 'direct' : 'indirect', item.path.join('>')].join(' '),
  );

const INNER = 'ab'.repeat(32);
const OUTER = 'cd'.repeat(32);

const dep = (name: string, optional = false): string => `{:${name}, "~> 1.0", [hex: :${name}, repo: "hexpm", optional: ${optional}]}`;
const hex = (name: string, version: string, deps: readonly string[] = []): string =>
  `  "${name}": {:hex, :${name}, "${version}", "${INNER}", [:mix], [${deps.join(', ')}], "hexpm", "${OUTER}"},\n`;

const LOCK = `%{
${hex('cowboy', '2.9.0', [dep('cowlib'), dep('ranch')])}${hex('cowlib', '2.11.0')}${hex('credo', '1.7.0', [dep('bunt'), dep('jason')])}${hex('bunt', '0.2.1')}${hex('jason', '1.4.0')}  "patched": {:git, "https://git.example/patched.git", "0123456789abcdef", [branch: "main"]},
${hex('phoenix', '1.7.0-rc.1', [dep('jason', true), dep('plug')])}  "plug": {:hex, :plug_fork, "1.14.0", "${INNER}", [:mix], [], "hexpm", "${OUTER}"},
  "pro": {:hex, :pro, "1.0.0", "${INNER}", [:mix], [], "hexpm:acme", "${OUTER}"},
  "ranch": {:hex, :ranch, "1.8.0", "${INNER}", [:make, :rebar3], [], "hexpm", "${OUTER}"},
}
`;

const MIX = `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0", deps: deps()]

  # {:commented, "~> 1.0", only: :test}
  defp deps do
    [
      {:phoenix, "~> 1.7"},
      {:cowboy, "~> 2.9", only: [:dev, :test]},
      {:credo, "~> 1.7", only: [:dev, :test], runtime: false},
      {:patched, git: "https://git.example/patched.git"},
      {:pro, "~> 1.0", repo: "hexpm:acme"}
    ]
  end
end
`;

describe('mix.lock', () => {
  it('of Hex 2 is read with mix.exs', async () => {
    const parsed = await read(LOCK, { 'mix.exs': MIX });
    expect(rows(parsed)).toEqual([
      'bunt@0.2.1 excluded indirect credo>bunt',
      'cowboy@2.9.0 excluded direct cowboy',
      'cowlib@2.11.0 excluded indirect cowboy>cowlib',
      'credo@1.7.0 excluded direct credo',
      'jason@1.4.0 excluded indirect credo>jason', // an optional wish of phoenix brings nothing in
      'phoenix@1.7.0-rc.1 required direct phoenix',
      'plug_fork@1.14.0 required indirect phoenix>plug',
      'ranch@1.8.0 excluded indirect cowboy>ranch',
    ]);
    expect(parsed.direct).toEqual({ phoenix: '~> 1.7', cowboy: '~> 2.9', credo: '~> 1.7', patched: '>= 0.0.0', pro: '~> 1.0' });
    expect(parsed.left.map(({ name, origin }) => [name, origin])).toEqual([
      ['patched', 'git'],
      ['pro', 'remote'],
    ]);
    const plug = parsed.entries.find(({ place }) => place === 'plug');
    expect(plug).toMatchObject({ name: 'plug_fork', integrity: `sha256:${OUTER}`, region: { startColumn: 3 } });
    expect(LOCK.split('\n')[(plug?.region.startLine ?? 0) - 1]).toMatch(/^ {2}"plug": /);
  });

  it('requires everything where there is no mix.exs', async () => {
    const parsed = await read(LOCK);
    expect(rows(parsed).filter((row) => !row.includes(' required '))).toEqual([]);
    expect(parsed.entries.length).toBe(8);
  });

  it.each([
    ['Hex 0.1', '%{"a" => {:package, "1.0.0"}}'],
    ['Hex 0.8', '%{"a": {:hex, :a, "1.0.0"}}'],
    ['Hex 0.11', `%{"a": {:hex, :a, "1.0.0", "${INNER}", [:mix], []}}\n`],
    ['Hex 0.16', `%{\n  "a": {:hex, :a, "1.0.0", "${INNER}", [:mix], [{:b, "~> 1.0", [hex: :b, optional: false]}], "hexpm"},\n}\n`],
    ['Hex 0.20, keys without quotes', `%{a: {:hex, :a, "1.0.0", "${INNER}", [:mix], [], "hexpm", "${OUTER}"}}\r\n`],
  ])('of %s', async (_version, text) => {
    expect(rows(await read(text))).toEqual(['a@1.0.0 required direct a']);
  });

  it('may be empty', async () => expect(rows(await read('%{\n}\n'))).toEqual([]));

  it('asks every application of an umbrella and every package by path', async () => {
    const text = `%{\n${hex('a', '1.0.0')}${hex('b', '1.0.0')}${hex('c', '1.0.0')}${hex('d', '1.0.0')}}\n`;
    const parsed = await read(text, {
      'mix.exs': 'def project, do: [apps_path: "apps", deps: [{:a, "1", only: :dev}]]',
      'apps/web/mix.exs': '[{:b, "1", only: :test}, {:core, in_umbrella: true}, {:lib, path: "../../libs/lib"}]',
      'apps/core/mix.exs': '[{:b, "1"}, {:c, "1", [only: :docs]}]',
      'libs/lib/mix.exs': '[{:a, "1", only: :test}, {:d, "1"}]',
      'other/mix.exs': '[{:c, "1"}]',
    });
    expect(rows(parsed)).toEqual([
      'a@1.0.0 excluded direct a',
      'b@1.0.0 required direct b',
      'c@1.0.0 excluded direct c',
      'd@1.0.0 required direct d',
    ]);
  });

  it('treats names of the prototype as names', async () => {
    const parsed = await read(`%{${hex('__proto__', '1', [dep('constructor')])}${hex('constructor', '2')}}`, {
      'mix.exs': '[{:__proto__, "1"}]',
    });
    expect(rows(parsed)).toEqual(['__proto__@1 required direct __proto__', 'constructor@2 required indirect __proto__>constructor']);
    expect(Object.keys(parsed.direct)).toEqual(['__proto__']);
  });
});

it('is known by its name', () => {
  const all = ['mix.lock', 'a/mix.lock', 'deps/a/mix.lock', 'a/deps/b/mix.lock', 'mix.exs', 'xmix.lock'];
  expect(all.filter(mixLock.matches)).toEqual(['mix.lock', 'a/mix.lock']);
});

describe('what is no mix.lock', () => {
  it.each([
    ['', 'expected %{, found the end of the file'],
    ['[]', 'expected %{, found []'],
    ['%{"a": }', 'expected a term, found }'],
    ['%{:a}', 'expected "name": {…}'],
    ['%{"a": {:hex', 'expected }, found the end of the file'],
    ['%{} x', 'expected the end of the file'],
    ['%{"a', 'expected a text that ends with a quote on its line'],
    ['%{\n<<<<<<< HEAD\n', 'an unresolved merge'],
    [`%{"a": ${'['.repeat(100)}`, 'expected no more than 64 levels'],
    [`%{"a": ${'b: '.repeat(100)}`, 'expected no more than 64 levels'],
  ])('%.40j', async (broken, message) => {
    await expect(read(broken)).rejects.toThrow(message);
    await expect(read(broken)).rejects.toThrow(ManifestError);
  });

  it.each(['%{', '{', '[', '"', 'a: ', '"a": ', ':a, ', '\\', '#', '{:a, ', '{:a, [', '[{:a, "', '"""', '{          '])(
    'a megabyte of %s',
    async (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      await expect(read(text)).rejects.toThrow(ManifestError);
      await expect(read(`%{"a": ${text}`)).rejects.toThrow(ManifestError);
      expect((await read('%{}', { 'mix.exs': text })).entries).toEqual([]);
    },
  );

  it('a line of a megabyte', async () => {
    const one = `"a": {:hex, :a, "1.0.0"}, `;
    const { entries } = await read(`%{${one.repeat(1_000_000 / one.length)}}`);
    expect(entries.at(-1)?.region).toMatchObject({ startLine: 1 });
    expect(entries.length).toBe(Math.floor(1_000_000 / one.length));
  });

  it('never fails in another way, whatever is changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(LOCK.length), fc.nat(40), fc.string({ maxLength: 6 }), fc.nat(MIX.length), async (at, cut, put, at2) => {
        const changed = LOCK.slice(0, at) + put + LOCK.slice(at2, at2 + cut) + LOCK.slice(at + cut);
        const mix = MIX.slice(0, at2) + put + MIX.slice(at2 + cut);
        try {
          graphOf('mix.lock', mixLock, await read(changed, { 'mix.exs': mix }));
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('loses no package', async () => {
    const value = fc.constantFrom(
      '{:hex, :x, "1.0.0"}',
      '{:hex, :x, "1", "s", [:mix], [], "other"}',
      '{:git, "u", "r", []}',
      '{:path, "x"}',
      '{:hex}',
      '1',
      '[]',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 30 }), async (all) => {
        const { entries, left } = await read(`%{\n${all.map((of, i) => `  "p${i}": ${of},\n`).join('')}}\n`);
        expect(entries.length + left.length).toBe(all.length);
        expect(entries).toHaveLength(all.filter((of) => of === '{:hex, :x, "1.0.0"}').length);
      }),
    );
  });
});
