import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { damagedOneOf } from '../../../../../tests/arbitraries/damaged.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from './read.ts';
import type { YamlValue } from './value.ts';
import { mapOf, YamlMap } from './value.ts';

type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain };

const plain = (value: YamlValue): Plain => {
  if (value instanceof YamlMap) return Object.fromEntries(value.pairs.map((pair) => [pair.key, plain(pair.value)]));
  if (typeof value === 'string') return value;
  return value === undefined ? null : value.map(plain);
};

const blankless = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(blankless);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, blankless(item)]));
  return value === '' ? null : value;
};

const read = (text: string): unknown => readYaml(text).map(plain);
const byLibrary = (text: string): unknown =>
  [...parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false })].map((document) => document.toJS());

const MACHINE = `---
lockfileVersion: '9.0'   # comment
# another

importers:

  .:
    dependencies:
      '@a/b':
        specifier: npm:c@^1.0.0
        version: c@1.0.0(d@2.0.0)
packages:
  'it''s@1.0.0':
    resolution: {integrity: sha512-AA==, tarball: https://e.example/a.tgz}
    engines: {node: '>=10', npm: }
    cpu: [x64, arm64]
    list:
    - a
    - b: 1
      c: 2
    -
      - d
  "q\\"uote@1": {}
  ? a-key-in-its-own-line
  : resolution: {integrity: x}
    dev: true
  ? b
  :
    c: d
...
---
second: |
  a
  b
folded: >-
  a

  b
empty:
`;

const FORMATTED = `packages:
  "a@1.0.0":
    resolution:
      {
        integrity: sha512-AA==,
        tarball: https://e.example/a.tgz,
      }
    engines: { node: ">=10" }
    deprecated:
      Please use b, which
      is newer
    other: "over two
      lines"
    none:
      {}
`;

describe('readYaml', () => {
  it.each([
    ['as package managers write it', MACHINE.replace('\n  a\n\n  b\n', '\n  a\n  b\n')],
    ['as formatters write it', FORMATTED],
    ['with CRLF', FORMATTED.replaceAll('\n', '\r\n')],
    ['nothing', ''],
    ['a comment alone', '# x\n'],
    ['a text alone', 'a\n'],
    ['a byte order mark', '\ufeffa: b'],
  ])('reads what the library reads: %s', (_name, text) => {
    expect(blankless(read(text))).toEqual(blankless(byLibrary(text.replace('|\n  a\n  b\n', '|-\n  a\n  b\n'))));
  });

  it('gives the place of each key', () => {
    const [root] = readYaml(MACHINE);
    const pair = mapOf(root).map('packages').pairs.at(-2);
    expect([pair?.key, pair?.region]).toEqual(['a-key-in-its-own-line', { startLine: 24, startColumn: 5 }]);
  });

  it('never interprets a scalar, and keeps every key', () => {
    const [root] = readYaml('a: 1.10\nb: true\nc: ~\n__proto__: x\nconstructor: y\na: 2\n');
    expect(mapOf(root).pairs.map(({ key, value }) => [key, value])).toEqual([
      ['a', '1.10'],
      ['b', 'true'],
      ['c', '~'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['a', '2'],
    ]);
    expect(mapOf(root).text('a')).toBe('2');
    expect(mapOf(root).text('toString')).toBeUndefined();
  });

  it.each([
    ['a: &x 1', 1, 'a plain text'],
    ['a: 1\nb: *a', 2, 'a plain text'],
    ['a: !!js/function x', 1, 'a plain text'],
    ['a:\n\tb: c', 2, 'a tab'],
    ['a: b\n c: d', 2, 'one text on the line'],
    ['a: {b: c', 1, ', or }'],
    ['a: "b', 1, 'ends with a quote'],
    ['a: 1\n<<<<<<< HEAD\nb: 2', 2, 'an unresolved merge'],
    ['a: 1\n  b', 2, undefined],
    ['a:\n  b: 1\n c: 2', 3, 'a line'],
    [`a: ${'['.repeat(100)}`, 1, '64 levels'],
    [Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 66, '64 levels'],
  ])('refuses %.20j with its line', (text, line, message) => {
    if (message === undefined) {
      expect(read(text)).toEqual([{ a: '1 b' }]);
      return;
    }
    expect(() => read(text)).toThrow(message);
    try {
      read(text);
    } catch (error) {
      expect(error instanceof ManifestError ? error.line : error).toBe(line);
    }
  });

  it('reads what the library writes', () => {
    const word = fc
      .oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.stringMatching(/^[@a-z/.:'"-]{1,12}$/))
      .filter((text) => !/[^\x20-\x7e]/.test(text));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(word, tree, { minKeys: 1, maxKeys: 5, noNullPrototype: true }), fc.boolean(), (value, flow) => {
        const text = stringify(value, { schema: 'failsafe', lineWidth: 0, blockQuote: false, collectionStyle: flow ? 'flow' : 'block' });
        expect(blankless(read(text))).toEqual([blankless(value)]);
      }),
      { numRuns: 400 },
    );
  });

  it('throws nothing but ManifestError, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(damagedOneOf([MACHINE, FORMATTED]), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        try {
          readYaml(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '[',
    '{a: ',
    ': ',
    '- ',
    '? ',
    '"',
    "'",
    'a',
    'a: b\n',
    'a\n',
    'a: |\n  b\n',
    '---\n',
    '#',
    '\n',
    'a: b\n  c\n',
    '{a: b, ',
    'a: "b\n',
    "'': '\n",
  ])('comes to an end on 1 MB of %j', (piece) => {
    const text = `a: ${piece.repeat((1 << 20) / piece.length)}`;
    for (const one of [text, text.slice(3)]) {
      try {
        readYaml(one);
      } catch (error) {
        expect(error).toBeInstanceOf(ManifestError);
      }
    }
  });
});
