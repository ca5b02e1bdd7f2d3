import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format, Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { nugetDeps } from './deps-format.ts';
import { nugetLock } from './lock-format.ts';

type Json = { readonly [key: string]: unknown };

const NEAR: Near = {
  text: async () => undefined,
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: () => [],
  signal: new AbortController().signal,
};

const maybe = async (format: Format, text: string): Promise<Parsed | undefined> => format.read('x', text, NEAR);
const read = async (format: Format, value: Json): Promise<Parsed> => {
  const parsed = await maybe(format, JSON.stringify(value, undefined, 2));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const rows = (format: Format, parsed: Parsed): readonly string[] =>
  graphOf('x', format, parsed).graph.packages.map((item) =>
    [`${item.name}@${item.version}`, item.scope, item.direct ? 'direct' : 'indirect', item.path.join('>')].join(' '),
  );
const survives = async (format: Format, text: string): Promise<void> => {
  try {
    const parsed = await maybe(format, text);
    if (parsed !== undefined) graphOf('x', format, parsed);
  } catch (error) {
    expect(error).toBeInstanceOf(ManifestError);
  }
};

const HASH = `${'A'.repeat(86)}==`;

const direct = (resolved: string, dependencies?: Json): Json => ({
  type: 'Direct',
  requested: `[${resolved}, )`,
  resolved,
  contentHash: HASH,
  ...(dependencies === undefined ? {} : { dependencies }),
});
const transitive = (resolved: string, dependencies?: Json): Json => ({
  type: 'Transitive',
  resolved,
  contentHash: HASH,
  ...{ dependencies },
});

describe('packages.lock.json', () => {
  const dependencies = {
    'net8.0': {
      'Acme.Json': direct('13.0.1', { 'acme.text': '1.0.0' }),
      'Acme.Text': transitive('1.0.0', { 'Acme.Core': '2.0.0' }),
      'Acme.Core': { type: 'CentralTransitive', requested: '[2.1.0, )', resolved: '2.1.0', contentHash: HASH },
      'acme.shared': { type: 'Project', dependencies: { 'Acme.Log': '[3.0.0, )', 'acme.base': '[1.0.0, )' } },
      'acme.base': { type: 'Project' },
      'Acme.Log': transitive('3.0.0'),
    },
    'net8.0/win-x64': { 'Acme.Native': transitive('4.0.0', { 'Acme.Core': '2.0.0' }), 'Acme.Log': transitive('3.0.0') },
    '.NETFramework,Version=v4.8': { 'acme.json': direct('12.0.0', { 'Acme.Log': '3.0.0' }), 'Acme.Log': transitive('3.0.1') },
  };
  const expected = [
    'acme.core@2.1.0 required indirect Acme.Json>Acme.Text>Acme.Core',
    'acme.json@12.0.0 required direct acme.json',
    'acme.json@13.0.1 required direct Acme.Json',
    'acme.log@3.0.0 required direct Acme.Log',
    'acme.log@3.0.1 required indirect acme.json>Acme.Log',
    'acme.native@4.0.0 required indirect acme.native',
    'acme.text@1.0.0 required indirect Acme.Json>Acme.Text',
  ];

  it.each([1, 2, 3])('of version %s', async (version) => {
    const parsed = await read(nugetLock, { version, dependencies });
    expect(rows(nugetLock, parsed)).toEqual(expected);
    expect(parsed.formatVersion).toBe(String(version));
    expect(parsed.direct).toEqual({ 'Acme.Json': '[13.0.1, )', 'acme.json': '[12.0.0, )' });
    expect(parsed.left).toEqual([]);
  });

  it('keeps line and hash', async () => {
    const { entries } = await read(nugetLock, { version: 1, dependencies });
    expect(entries[0]).toMatchObject({ name: 'Acme.Json', region: { startLine: 5, startColumn: 7 }, integrity: `sha512-${HASH}` });
  });

  it('reads what a runtime needs with what its framework needs', async () => {
    const { entries } = await read(nugetLock, { version: 1, dependencies });
    expect(entries.find(({ name }) => name === 'Acme.Native')?.edges).toEqual([{ name: 'Acme.Core', to: 'acme.core@2.1.0', kind: 'prod' }]);
  });

  it('says what has no version', async () => {
    const { left } = await read(nugetLock, { version: 2, dependencies: { net8: { a: { type: 'Direct' }, b: 1 } } });
    expect(left.map(({ name, origin, why }) => [name, origin, why])).toEqual([
      ['a', 'unresolved', 'no resolved version'],
      ['b', 'unresolved', 'no resolved version'],
    ]);
  });

  it('may be empty', async () => {
    expect(rows(nugetLock, await read(nugetLock, { version: 1, dependencies: { 'net8.0': {} } }))).toEqual([]);
  });

  it('treats names of the prototype as names', async () => {
    const parsed = await maybe(
      nugetLock,
      '{"version":1,"dependencies":{"__proto__":{"__proto__":{"type":"Direct","resolved":"1","dependencies":{"constructor":"2"}},"constructor":{"resolved":"2"}}}}',
    );
    expect(rows(nugetLock, parsed as Parsed)).toEqual([
      // it is nugetLock's own, which is always defined
      '__proto__@1 required direct __proto__',
      'constructor@2 required indirect __proto__>constructor',
    ]);
  });

  it.each([
    ['{}', 'expected version 1, 2 or 3, found none'],
    ['{"version":4,"dependencies":{}}', 'expected version 1, 2 or 3, found 4'],
    ['{"version":1}', 'expected dependencies'],
    ['{"version":1,"dependencies":{"a":{"b":{"type":}', 'expected a value'],
  ])('refuses %s', async (text, message) => {
    await expect(maybe(nugetLock, text)).rejects.toThrow(message);
    await expect(maybe(nugetLock, text)).rejects.toThrow(ManifestError);
  });

  it('loses no package', async () => {
    const kind = fc.constantFrom('Direct', 'Transitive', 'CentralTransitive', 'Project', 'Unheard');
    const target = fc.constantFrom('net8.0', 'net8.0/linux-x64', 'net48');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(target, kind, fc.boolean()), { maxLength: 30 }), async (all) => {
        const targets: Record<string, Record<string, Json>> = {};
        for (const [i, [on, type, resolved]] of all.entries()) {
          targets[on] = { ...targets[on], [`p${i}`]: { type, ...(resolved ? { resolved: '1.0.0' } : {}) } };
        }
        const { entries, left, roots } = await read(nugetLock, { version: 1, dependencies: targets });
        const projects = all.filter(([, type]) => type === 'Project').length;
        expect(entries.length + left.length + projects).toBe(all.length);
        expect(roots).toHaveLength(1 + projects);
      }),
    );
  });
});

describe('*.deps.json', () => {
  const deps = {
    runtimeTarget: { name: '.NETCoreApp,Version=v8.0/linux-x64', signature: '' },
    compilationOptions: {},
    targets: {
      '.NETCoreApp,Version=v8.0': {},
      '.NETCoreApp,Version=v8.0/linux-x64': {
        'Shop/1.0.0': {
          dependencies: { 'Acme.Json': '13.0.1', 'Shop.Core': '1.0.0', 'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64': '8.0.0' },
          runtime: { 'Shop.dll': {} },
        },
        'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0': { runtime: { 'System.Private.CoreLib.dll': {} } },
        'Acme.Json/13.0.1': {
          dependencies: { 'Acme.Text': '1.0.0' },
          runtime: { 'lib/net6.0/Acme.Json.dll': { assemblyVersion: '13.0.0.0' } },
        },
        'Acme.Text/1.0.0': {},
        'Shop.Core/1.0.0': { dependencies: { 'Acme.Log': '2.0.0' } },
        'Acme.Log/2.0.0': {},
        'Old.Assembly/1.0.0.0': { runtime: { 'Old.Assembly.dll': {} } },
      },
    },
    libraries: {
      'Shop/1.0.0': { type: 'project', serviceable: false, sha512: '' },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0': { type: 'runtimepack', serviceable: false, sha512: '' },
      'Acme.Json/13.0.1': { type: 'package', serviceable: true, sha512: `sha512-${HASH}`, path: 'acme.json/13.0.1', hashPath: 'x' },
      'Acme.Text/1.0.0': { type: 'package', serviceable: true, sha512: `sha512-${HASH}` },
      'Shop.Core/1.0.0': { type: 'project', serviceable: false, sha512: '' },
      'Acme.Log/2.0.0': { type: 'package', serviceable: true, sha512: '' },
      'Old.Assembly/1.0.0.0': { type: 'reference', serviceable: false, sha512: '' },
      'Compile.Only/3.0.0': { type: 'package', serviceable: true, sha512: '' },
    },
  };

  it('is read with the runtime that it carries', async () => {
    const parsed = await read(nugetDeps, deps);
    expect(rows(nugetDeps, parsed)).toEqual([
      'acme.json@13.0.1 required direct Acme.Json',
      'acme.log@2.0.0 required direct Acme.Log',
      'acme.text@1.0.0 required indirect Acme.Json>Acme.Text',
      'compile.only@3.0.0 required indirect compile.only',
      'microsoft.netcore.app.runtime.linux-x64@8.0.0 required direct Microsoft.NETCore.App.Runtime.linux-x64',
    ]);
    expect(parsed.left.map(({ name, origin }) => [name, origin])).toEqual([['Old.Assembly', 'file']]);
    const json = parsed.entries.find(({ name }) => name === 'Acme.Json');
    expect(json?.integrity).toBe(`sha512-${HASH}`);
    expect(JSON.stringify(deps, undefined, 2).split('\n')[(json?.region.startLine ?? 0) - 1]).toBe('    "Acme.Json/13.0.1": {');
  });

  it('of .NET Core 1.0, whose packages name no dependencies', async () => {
    const old = {
      runtimeTarget: 'x',
      targets: { x: { 'A/1.0.0': {} } },
      libraries: { 'A/1.0.0': { type: 'package', sha512: 'sha512-x' } },
    };
    expect(rows(nugetDeps, await read(nugetDeps, old))).toEqual(['a@1.0.0 required indirect a']);
  });

  it('of another tool is not ours', async () => {
    expect(await maybe(nugetDeps, '{"name":"x"}')).toBeUndefined();
    expect(await maybe(nugetDeps, '{"libraries":["x"]}')).toBeUndefined();
  });

  it('loses no library', async () => {
    const kind = fc.constantFrom('package', 'project', 'reference', 'runtimepack', 'x');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(kind, fc.boolean(), fc.boolean()), { maxLength: 30 }), async (all) => {
        const key = (i: number, versioned: boolean): string => `p${i}${versioned ? '/1.0.0' : ''}`;
        const libraries = Object.fromEntries(all.map(([type, , versioned], i) => [key(i, versioned), { type }]));
        const target = Object.fromEntries(all.flatMap(([, placed, versioned], i) => (placed ? [[key(i, versioned), {}]] : [])));
        const { entries, left } = await read(nugetDeps, { targets: { t: target }, libraries });
        expect(entries.length + left.length).toBe(all.filter(([type]) => type !== 'project').length);
      }),
    );
  });
});

it('are known by their names', () => {
  const locks = ['packages.lock.json', 'a/packages.lock.json', 'packages.shop.lock.json', 'a/Packages.lock.json'];
  const deps = ['bin/shop.deps.json', 'Shop.Deps.json'];
  const no = ['package-lock.json', 'xpackages.lock.json', 'deps.json', 'my_deps.json', 'a.deps.json.bak'];
  expect([...locks, ...deps, ...no].filter(nugetLock.matches)).toEqual(locks);
  expect([...locks, ...deps, ...no].filter(nugetDeps.matches)).toEqual(deps);
});

describe('hostile texts', () => {
  it.each(['{', '[', '"', '{"version":1,"dependencies":', '{"a":', '{"libraries":{"a/1":{'])('a megabyte of %s', async (unit) => {
    for (const format of [nugetLock, nugetDeps]) {
      await expect(maybe(format, unit.repeat(1_000_000 / unit.length))).rejects.toThrow(ManifestError);
    }
  });

  it('never fail in another way, whatever is changed', async () => {
    const lock = JSON.stringify({
      version: 1,
      dependencies: { net8: { A: direct('1.0.0', { B: '1' }), B: transitive('2'), c: { type: 'Project' } } },
    });
    const deps = JSON.stringify({
      targets: { t: { 'A/1': { dependencies: { B: '1' } }, 'B/1': {} } },
      libraries: { 'A/1': { type: 'project' }, 'B/1': {} },
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(deps.length), fc.nat(30), fc.string({ maxLength: 6 }), fc.nat(deps.length), async (at, cut, put, copy) => {
        for (const [format, good] of [
          [nugetLock, lock],
          [nugetDeps, deps],
        ] as const) {
          await survives(format, good.slice(0, at) + put + good.slice(copy, copy + cut) + good.slice(at + cut));
        }
      }),
      { numRuns: 1500 },
    );
  });
});
