import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { goMod } from './go-mod.ts';

const nearOf = (files: Readonly<Record<string, string>>): Near => ({
  text: async (path) => files[path],
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const read = async (text: string, files: Readonly<Record<string, string>> = {}): Promise<Parsed> => {
  const parsed = await goMod.read('go.mod', text, nearOf(files));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};

const rows = ({ entries }: Parsed): unknown =>
  entries.map(({ name, version, scope, direct }) => [`${name}@${version}`, scope, direct === true ? 'direct' : 'indirect'].join(' '));
const left = (parsed: Parsed): unknown => parsed.left.map(({ name, origin, line }) => [name, origin, line]);

const digest = (letter: string): string => `h1:${letter.repeat(43)}=`;

describe('go.mod of go 1.17 and later', () => {
  const text = `// Copyright
module example.com/App // the app

go 1.21

toolchain go1.22.3

godebug default=go1.21
tool example.org/gen/cmd/gen

require (
\tgithub.com/BurntSushi/toml v1.3.2
\tgithub.com/old/thing v2.0.0+incompatible // indirect; kept
\texample.org/gen v0.0.0-20230102030405-abcdefabcdef // indirect
\t"golang.org/x/net" \`v0.17.0\` // indirect
\tgithub.com/local/one v1.0.0
\tgithub.com/local/two/v2 v2.1.0
\tgithub.com/fork/me v1.5.0
)
require github.com/single/line v0.1.0
exclude ()
exclude github.com/bad/one v1.9.9
retract [v1.0.0, v1.0.5] // broken
ignore ./node_modules
replace (
\tgithub.com/local/one => ./one
\tgithub.com/local/two/v2 v2.1.0 => ../two
\tgithub.com/fork/me => github.com/us/me v1.5.1
\tgithub.com/fork/me v1.4.0 => github.com/us/me v1.0.0
)
`;
  const sum = `github.com/BurntSushi/toml v1.3.2 ${digest('a')}
github.com/BurntSushi/toml v1.3.2/go.mod ${digest('b')}
github.com/us/me v1.5.1 ${digest('c')}
github.com/not/compiled v1.0.0 ${digest('d')}
`;

  it('is the inventory', async () => {
    const parsed = await read(text, { 'go.sum': sum });
    expect(rows(parsed)).toEqual([
      'stdlib@1.22.3 required direct',
      'github.com/BurntSushi/toml@v1.3.2 required direct',
      'github.com/old/thing@v2.0.0+incompatible required indirect',
      'example.org/gen@v0.0.0-20230102030405-abcdefabcdef required direct',
      'golang.org/x/net@v0.17.0 required indirect',
      'github.com/us/me@v1.5.1 required direct',
      'github.com/single/line@v0.1.0 required direct',
    ]);
    expect(left(parsed)).toEqual([
      ['github.com/local/one', 'file', 16],
      ['github.com/local/two/v2', 'file', 17],
    ]);
    expect(parsed.formatVersion).toBe('1.21');
    expect(parsed.roots).toEqual([]);
  });

  it('says where each stands, what was asked for and what it was checked against', async () => {
    const { entries, direct } = await read(text, { 'go.sum': sum });
    expect(entries[1]).toEqual({
      place: 'github.com/BurntSushi/toml@v1.3.2',
      name: 'github.com/BurntSushi/toml',
      version: 'v1.3.2',
      region: { startLine: 12, startColumn: 2, endLine: 12, endColumn: 35 },
      edges: [],
      scope: 'required',
      direct: true,
      integrity: digest('a'),
    });
    expect(entries.find(({ name }) => name === 'github.com/us/me')?.integrity).toBe(digest('c'));
    expect(direct).toEqual({
      'github.com/BurntSushi/toml': 'v1.3.2',
      'github.com/fork/me': 'v1.5.0',
      'github.com/local/one': 'v1.0.0',
      'github.com/local/two/v2': 'v2.1.0',
      'github.com/single/line': 'v0.1.0',
    });
  });

  it.each([
    ['go 1.21', undefined],
    ['go 1.21.0', undefined],
    ['go 1.22rc2', undefined],
    ['go 1.21.0\ntoolchain go1.22rc2', '1.22.0-rc.2'],
    ['go 1.20\ntoolchain default', undefined],
    ['go 1.21.1\ntoolchain go1.22.5-custom', '1.22.5'],
  ])('%j names the standard library %s', async (lines, version) => {
    const { entries } = await read(`module m\n${lines}\n`);
    expect(entries.map((entry) => entry.version)).toEqual(version === undefined ? [] : [version]);
  });

  it('leaves open what go has not settled', async () => {
    const parsed = await read('module m\ngo 1.20\nrequire a.b/c master\nrequire a.b/d v1.0.0\nexclude a.b/d v1.0.0\n');
    expect(rows(parsed)).toEqual([]);
    expect(left(parsed)).toEqual([
      ['a.b/c', 'unresolved', 3],
      ['a.b/d', 'unresolved', 4],
    ]);
  });

  it('selects the highest of a module required twice', async () => {
    expect(rows(await read('module m\ngo 1.20\nrequire a.b/c v1.10.0\nrequire a.b/c v1.9.0 // indirect\n'))).toEqual([
      'a.b/c@v1.10.0 required direct',
    ]);
  });
});

describe('go.mod before go 1.17', () => {
  const text = 'module m\n\ngo 1.16\n\nrequire a.b/c v1.0.0\nreplace a.b/gone => a.b/there v0.2.0\nreplace a.b/own => ./own\n';
  const sum = [
    `a.b/c v0.9.0/go.mod ${digest('a')}`,
    `a.b/c v1.0.0 ${digest('b')}`,
    `a.b/c v1.1.0 ${digest('c')}`,
    `a.b/deep v1.9.0 ${digest('d')}`,
    `a.b/deep v1.10.0 ${digest('e')}`,
    `a.b/deep v1.11.0/go.mod ${digest('f')}`,
    `a.b/there v0.2.0 ${digest('g')}`,
    `a.b/graph-only v1.0.0/go.mod ${digest('h')}`,
  ].join('\n');

  it('takes of each other module the highest version whose code go.sum has', async () => {
    const parsed = await read(text, { 'go.sum': sum });
    expect(rows(parsed)).toEqual([
      'a.b/c@v1.0.0 required direct',
      'a.b/deep@v1.10.0 required indirect',
      'a.b/there@v0.2.0 required indirect',
    ]);
    expect(parsed.entries[1]).toMatchObject({ region: { startLine: 1 }, integrity: digest('e') });
    expect(parsed.left).toEqual([]);
  });

  it('says that modules are missing without go.sum, or with a broken one', async () => {
    expect(left(await read(text))).toEqual([['go.sum', 'unresolved', 3]]);
    expect(left(await read('module m\nrequire a.b/c v1.0.0\n'))).toEqual([['go.sum', 'unresolved', 1]]);
    expect(left(await read(text, { 'go.sum': `${sum}\n<<<<<<< HEAD\n` }))).toEqual([['go.sum', 'unresolved', 3]]);
    expect(left(await read('module m\n'))).toEqual([]);
  });
});

describe('vendor/modules.txt', () => {
  const text = 'module m\ngo 1.20\nrequire (\na.b/c v1.0.0\na.b/unused v1.0.0\na.b/fork v1.0.0 // indirect\na.b/dir v1.0.0\n)\n';
  const list = `## workspace
# a.b/c v1.0.0
## explicit; go 1.17
a.b/c
a.b/c/internal
# a.b/unused v1.0.0
## explicit
# a.b/fork v1.0.0 => a.b/our v1.2.0
## explicit; go 1.17
a.b/our/x
# a.b/dir v1.0.0 => ./dir
## explicit
a.b/dir
# a.b/never v2.0.0 => a.b/other v1.0.0
# a.b/fork => a.b/our v1.2.0
`;

  it('is exact: what is compiled, what only settles versions', async () => {
    const parsed = await read(text, { 'vendor/modules.txt': list });
    expect(rows(parsed)).toEqual(['a.b/c@v1.0.0 required direct', 'a.b/unused@v1.0.0 excluded direct', 'a.b/our@v1.2.0 required indirect']);
    expect(left(parsed)).toEqual([['a.b/dir', 'file', 7]]);
  });

  it('wins, and what it does not know is added', async () => {
    const stale = '# a.b/c v0.9.0\n## explicit\na.b/c\n# a.b/extra v3.0.0\na.b/extra\n?? ?\n';
    const parsed = await read('module m\ngo 1.16\nrequire a.b/c v1.0.0\n', {
      'vendor/modules.txt': stale,
      'go.sum': `a.b/s v1.0.0 ${digest('s')}`,
    });
    expect(rows(parsed)).toEqual([
      'a.b/c@v0.9.0 required direct',
      'a.b/extra@v3.0.0 required indirect',
      'a.b/c@v1.0.0 required direct',
      'a.b/s@v1.0.0 required indirect',
    ]);
    expect(left(parsed)).toEqual([['vendor/modules.txt', 'unresolved', 1]]);
  });
});

describe('what is no go.mod', () => {
  it.each([
    ['go 1.21\n', 'a module directive', 1],
    ['module m\nrequire (\na v1\n', 'expected )', 2],
    ['module m\nrequire a\n', 'a module path and a version', 2],
    ['module m\n\n<<<<<<< HEAD\n', 'a directive', 3],
    ['module "m\n', 'a quote', 1],
    ['module m\nreplace a v1\n', 'expected replace', 2],
    ['module "\\q"\n', 'known escapes', 1],
    ['{"a": 1}', 'a directive', 1],
  ])('%j: expected %s on line %i', async (text, message, line) => {
    const error: unknown = await read(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ManifestError);
    expect(error).toMatchObject({ message: expect.stringContaining(message), line });
  });

  it('reads nothing in an empty file, which marks a folder that is no part of the module around it', async () => {
    expect(await goMod.read('go.mod', '\n// nothing\n', nearOf({}))).toBeUndefined();
  });

  it('is matched by name, outside of what go passes over', () => {
    expect(['go.mod', 'a/go.mod', 'vendor/a/go.mod', 'x/testdata/go.mod', 'ago.mod', 'go.mod/x'].map(goMod.matches)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('for any text', () => {
  const word = fc.constantFrom(
    'require',
    'replace',
    'exclude',
    'module',
    'go',
    '(',
    ')',
    '=>',
    'a.b/c',
    'v1.0.0',
    '"q"',
    '`r`',
    '//',
    'indirect',
    '\n',
    '\n',
    '#',
    '## explicit',
    '/go.mod',
    'h1:x',
    ',',
    '\r',
    '__proto__',
  );
  const soup = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));

  it('throws nothing but ManifestError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, fc.string()), soup, soup, async (text, sum, vendor) => {
        await read(`module m\n${text}`, { 'go.sum': sum, 'vendor/modules.txt': vendor }).catch((error: unknown) => {
          if (!(error instanceof ManifestError)) throw error;
        });
      }),
      { numRuns: 300 },
    );
  });

  it('loses no requirement: each is an entry or is left', async () => {
    const require = fc.record({ path: fc.constantFrom('a.b/c', 'a.b/d', 'a.b/e'), version: fc.constantFrom('v1.0.0', 'v1.2.0', 'main') });
    const to = fc.constantFrom('./x', 'o.p/q v1.0.0', 'o.p/q branch');
    await fc.assert(
      fc.asyncProperty(fc.array(require), fc.array(fc.tuple(require, to)), async (requires, replaces) => {
        const text = [
          'module m',
          'go 1.20',
          ...requires.map((r) => `require ${r.path} ${r.version}`),
          ...replaces.map(([r, t]) => `replace ${r.path} => ${t}`),
        ];
        const parsed = await read(text.join('\n'));
        const replaced = new Map(replaces.map(([r, t]) => [r.path, t]));
        for (const { path } of requires) {
          const by = replaced.get(path)?.split(' ')[0] ?? path;
          expect(parsed.entries.some(({ name }) => name === by) || parsed.left.some(({ name }) => name === path)).toBe(true);
        }
      }),
    );
  });

  it.each(['require (\n', '"', '`', 'a '.repeat(8), '//', '\\"', '(', 'replace a => b\n'])(
    'is read in one pass: a megabyte of %j',
    async (part) => {
      const big = part.repeat(Math.ceil((1 << 20) / part.length));
      await expect(
        read(`module m\n${big}`, { 'go.sum': big, 'vendor/modules.txt': big }).then(Boolean, (e: unknown) => e instanceof ManifestError),
      ).resolves.toBe(true);
    },
  );
});
