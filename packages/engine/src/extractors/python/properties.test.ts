import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format, Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { pdmLock } from './pdm-lock.ts';
import { pipfileLock } from './pipfile-lock.ts';
import { poetryLock } from './poetry-lock.ts';
import { pylock } from './pylock.ts';
import { requirements } from './requirements.ts';
import { uvLock } from './uv-lock.ts';

/** The pyproject.toml, the Pipfile and every included file are the mutated text itself. */
const near = (text: string): Near => ({
  text: async () => text,
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const URIS: Readonly<Record<string, string>> = {
  requirements: 'requirements.txt',
  'pipfile-lock': 'Pipfile.lock',
  'poetry-lock': 'poetry.lock',
  'uv-lock': 'uv.lock',
  'pdm-lock': 'pdm.lock',
  pylock: 'pylock.toml',
};

const read = async (format: Format, text: string, side = text): Promise<Parsed | ManifestError | undefined> => {
  try {
    return await format.read(URIS[format.kind] ?? '', text, near(side));
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
};

const hash = `sha256:${'a'.repeat(64)}`;
const SEEDS: readonly (readonly [Format, string])[] = [
  [
    requirements,
    `-r b.txt\n-c c.txt\n--index-url https://example.org\na[x]==1 ; os_name == "nt" \\\n  --hash=${hash}\n    # via\n    #   -r a.in\n    #   b\n-e git+https://example.org/x.git#egg=x\nb @ https://example.org/b.zip\nc>=2,<3\n`,
  ],
  [
    pipfileLock,
    `{"_meta": {"hash": {"sha256": "0"}}, "default": {"a": {"version": "==1", "hashes": ["${hash}"], "index": "pypi"}}, "develop": {"b": {"git": "x"}}}`,
  ],
  [
    poetryLock,
    `[[package]]\nname = "a"\nversion = "1"\noptional = true\ngroups = ["main"]\nfiles = [{file = "a.tar.gz", hash = "${hash}"}]\n[package.dependencies]\nb = [{version = "<1", optional = true, markers = "extra == \\"x\\""}]\n[package.extras]\nx = ["b (>=1)"]\n[package.source]\ntype = "git"\nurl = "x"\n[[package]]\nname = "b"\nversion = "2"\n[metadata]\nlock-version = "2.1"\n[tool.poetry.dependencies]\na = {version = "1", extras = ["x"]}\n[project]\ndependencies = ["b>1"]\n`,
  ],
  [
    uvLock,
    'version = 1\nrevision = 2\n[manifest]\nmembers = ["a"]\n[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "." }\ndependencies = [{ name = "b", extra = ["x"], version = "2", source = { registry = "y" } }]\n[package.dev-dependencies]\ndev = [{ name = "b" }]\n[[package]]\nname = "b"\nversion = "2"\nsource = { registry = "y" }\n[package.optional-dependencies]\nx = [{ name = "b" }]\n',
  ],
  [
    pdmLock,
    '[metadata]\nlock_version = "4.5.0"\n[[package]]\nname = "a"\nversion = "1"\nextras = ["x"]\ngroups = ["default"]\ndependencies = ["b>=1; extra == \'y\'", "a==1"]\n[[package]]\nname = "b"\nversion = "2"\npath = "./b"\n[tool.pdm.dev-dependencies]\nd = ["a[x]"]\n',
  ],
  [
    pylock,
    'lock-version = "1.0"\ndefault-groups = ["default"]\n[[packages]]\nname = "a"\nversion = "1"\nmarker = "\'x\' in extras"\ndependencies = [{name = "b"}]\n[[packages]]\nname = "b"\nvcs = {type = "git"}\n[project]\ndependencies = ["a"]\n',
  ],
];

const PIECES = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '\n',
  '=',
  '==',
  ',',
  '\\',
  '#',
  '.',
  '-',
  '1',
  'null',
  '[[package]]',
  '__proto__',
  'constructor',
  '\u0000',
  '@',
  'name',
  ' ',
];

/** A few deletions, insertions and repetitions at random places. */
const mutated = (text: string): fc.Arbitrary<string> => {
  const edit = fc.record({ at: fc.nat(text.length), cut: fc.nat(12), put: fc.constantFrom(...PIECES, '') });
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), text));
};

const places = (parsed: Parsed): readonly string[] => parsed.entries.map(({ place }) => place);

describe.each(SEEDS)('$kind', (format, seed) => {
  it('reads its seed', async () => {
    expect(await read(format, seed)).toHaveProperty('entries');
    expect(format.matches(URIS[format.kind] ?? '')).toBe(true);
  });

  it('throws nothing but ManifestError, and gives a graph of distinct places', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(seed), mutated(seed), async (text, side) => {
        const parsed = await read(format, text, side);
        if (parsed === undefined || parsed instanceof ManifestError) return;
        expect(new Set(places(parsed)).size).toBe(parsed.entries.length);
        expect(graphOf('x', format, parsed).graph.packages.length).toBeLessThanOrEqual(parsed.entries.length);
      }),
      { numRuns: 400 },
    );
  });

  it('is not held up by the worst repeats', async () => {
    const repeats = [
      '[[package]]\n',
      '[',
      '{',
      '"',
      '#',
      ' ',
      '\\\n',
      ',',
      'a.',
      '\n',
      '(',
      '--hash=',
      '[[package]]\nname = "a"\n',
      'a==1 # via a,a,a,b[\n',
      'a==1;',
      '@',
      '-r x\n',
    ];
    for (const piece of repeats) {
      const long = piece.repeat(Math.ceil(100_000 / piece.length));
      await read(format, long);
      await read(format, seed + long);
      await read(format, seed, long);
    }
  });
});

const word = fc.string({ unit: fc.constantFrom(...'abcdeXYZ'), minLength: 1, maxLength: 4 });
const version = fc.tuple(fc.nat(30), fc.nat(30)).map(([major, minor]) => `${major}.${minor}`);
const locked = fc.record({ name: word, version, from: fc.constantFrom('index', 'git', 'folder'), needs: fc.array(word, { maxLength: 3 }) });
type Locked = typeof locked extends fc.Arbitrary<infer T> ? T : never;

const uvText = (all: readonly Locked[]): string => {
  const source = {
    index: 'registry = "https://example.org"',
    git: 'git = "https://example.org/x"',
    folder: 'editable = "libs/x"',
  } as const;
  const blocks = all.map(
    ({ name, version: v, from, needs }) =>
      `[[package]]\nname = "${name}"\nversion = "${v}"\nsource = { ${source[from]} }\ndependencies = [${needs.map((n) => `{ name = "${n}" }`).join(', ')}]\n`,
  );
  return `version = 1\n${blocks.join('\n')}`;
};
const poetryText = (all: readonly Locked[]): string => {
  const source = {
    index: '',
    git: '[package.source]\ntype = "git"\nurl = "x"\n',
    folder: '[package.source]\ntype = "directory"\nurl = "libs/x"\n',
  } as const;
  const blocks = all.map(
    ({ name, version: v, from, needs }) =>
      `[[package]]\nname = "${name}"\nversion = "${v}"\noptional = false\n[package.dependencies]\n${[...new Set(needs)].map((n) => `${n} = "*"\n`).join('')}${source[from]}`,
  );
  return `${blocks.join('\n')}[metadata]\nlock-version = "2.1"\n`;
};
const requirementsText = (all: readonly Locked[]): string =>
  all
    .map(
      ({ name, version: v, from, needs }) =>
        (from === 'index' ? `${name}==${v}` : from === 'git' ? `${name} @ git+https://example.org/x` : `-e ./${name}`) +
        needs.map((n) => `\n    # via ${n}`).join(''),
    )
    .join('\n');

describe('no package is lost', () => {
  it.each([
    ['uv', uvLock, uvText],
    ['poetry', poetryLock, poetryText],
    ['requirements', requirements, requirementsText],
  ] as const)('%s', async (_name, format, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(locked, { minLength: 1, maxLength: 12 }), async (all) => {
        const parsed = await read(format, write(all), '');
        if (parsed === undefined || parsed instanceof ManifestError) throw new Error('not read');
        const count = (from: Locked['from']): number => all.filter((one) => one.from === from).length;
        const published = new Set(all.filter(({ from }) => from === 'index').map(({ name, version: v }) => `${name.toLowerCase()}@${v}`));
        expect(new Set(parsed.entries.map((entry) => `${entry.name}@${entry.version}`))).toEqual(published);
        expect(parsed.left.length + parsed.roots.filter(({ folder }) => folder !== '').length).toBe(count('git') + count('folder'));
      }),
    );
  });
});
