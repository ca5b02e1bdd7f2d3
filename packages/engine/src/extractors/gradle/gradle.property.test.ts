import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format, Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { gradleBuild } from './build.ts';
import { gradleCatalogue } from './catalogue.ts';
import { gradleLockfile } from './lockfile.ts';

/** Every file around is the text itself. */
const around = (text: string): Near => ({
  text: async () => text,
  bytes: async () => Buffer.from(text),
  foldersWith: (name) => (name.startsWith('build.gradle') ? [''] : []),
  signal: new AbortController().signal,
});

const readOf = async (format: Format, text: string): Promise<Parsed | undefined | string> => {
  try {
    return await format.read('gradle/x', text, around(text));
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
};

const FORMATS: readonly (readonly [string, Format, string])[] = [
  ['lockfile', gradleLockfile, 'a:b:1=runtimeClasspath,testRuntimeClasspath\n# c\nc:d:2=compileClasspath\nempty=\n'],
  [
    'catalogue',
    gradleCatalogue,
    '[versions]\nv = "1"\nr = { strictly = "[1,2[" }\n[libraries]\na = { module = "a:b", version.ref = "v" }\nb = "c:d:1"\n[plugins]\np = { id = "x", version = "1" }\n[bundles]\nq = ["a"]\n',
  ],
  [
    'script',
    gradleBuild,
    'def v = "1"\n/* c */\ndependencies {\n  api "a:b:$v", \'c:d:2\'\n  implementation(platform("x:y:1"))\n  add("k", "a:c:1") // c\n}\n',
  ],
];

describe.each(FORMATS)('any text as a %s', (_name, format, example) => {
  it('is read or refused with a ManifestError, however an example is bent', async () => {
    const put = fc.oneof(fc.string(), fc.constantFrom('"', "'", '{', '}', '[', ']', '=', '/*', "'''", '\\', '$', '__proto__', '\0', '\n'));
    const edit = fc.record({ at: fc.nat(example.length), cut: fc.nat(20), put });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const bent = edits.reduce((text, change) => text.slice(0, change.at) + change.put + text.slice(change.at + change.cut), example);
        expect(['object', 'string', 'undefined']).toContain(typeof (await readOf(format, bent)));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    'a',
    'a ',
    'a(',
    "a('",
    "'",
    '"',
    '"""',
    '/*',
    '//',
    '{',
    '}',
    'dependencies{',
    "a 'b:c:1',",
    "'b:c:1',",
    'a.',
    '\\',
    '\n',
    'a=',
    'a="',
    '[',
    '[a]\n',
    '[[',
    'a.',
    '{a=',
    ':',
    'a:b:1=',
    ' ',
    '\t=',
    'a:b:1=x\n',
    '$',
    '${',
  ])('is done with in one pass over a megabyte of %s', async (piece) => {
    const many = piece.repeat(Math.ceil((1 << 20) / piece.length));
    for (const text of [many, `dependencies {\n${many}`, `[libraries]\na = "${many}`]) {
      expect(['object', 'string', 'undefined']).toContain(typeof (await readOf(format, text)));
    }
  });
});

describe('nothing is lost', () => {
  const part = fc.constantFrom('a', 'org.acme', 'x-y', '', '1/2', 'ä', '__proto__');
  const version = fc.constantFrom('1', '1.+', '[1,2)', '', '$v', 'latest.release', '1!!');

  it('every line of a lockfile is a package or is said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(part, part, version), { maxLength: 10 }), async (all) => {
        const lines = ['ok:ok:1=x', ...all.map((parts) => `${parts.join(':')}=runtimeClasspath`)];
        const parsed = await readOf(gradleLockfile, lines.join('\n'));
        expect(typeof parsed === 'object' ? parsed.entries.length + parsed.left.length : 0).toBe(lines.length);
      }),
    );
  });

  it('every library of a catalogue is a package or is said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(part, part, version), { maxLength: 10 }), async (all) => {
        const lines = all.map(([group, name, text], index) => `l${index} = { group = "${group}", name = "${name}", version = "${text}" }`);
        const parsed = await readOf(gradleCatalogue, `[libraries]\n${lines.join('\n')}\n`);
        const extra = all.length === 0 ? 0 : 1; // what is said of the transitive ones
        expect(typeof parsed === 'object' ? parsed.entries.length + parsed.left.length : 0).toBe(lines.length + extra);
      }),
    );
  });
});
