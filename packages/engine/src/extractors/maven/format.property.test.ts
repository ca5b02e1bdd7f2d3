import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { mavenPom } from './format.ts';
import { configIn } from './maven-config.ts';

/** A tree of one pom. */
const alone = (text: string): Near => ({
  text: async (path) => (path === 'pom.xml' ? text : undefined),
  bytes: async () => Buffer.from(text),
  foldersWith: (name) => (name === 'pom.xml' ? [''] : []),
  signal: new AbortController().signal,
});

const readOf = async (text: string): Promise<Parsed | undefined> => mavenPom.read('pom.xml', text, alone(text));

/** What was read, or the message of a refusal; anything else thrown fails the test. */
const outcome = async (text: string): Promise<Parsed | string | undefined> => {
  try {
    return await readOf(text);
  } catch (error) {
    if (error instanceof ManifestError) return error.message;
    throw error;
  }
};

const POM = `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>g</groupId><artifactId>p</artifactId><version>\${revision}</version></parent>
  <artifactId>app</artifactId>
  <properties><revision>1</revision><v>\${revision}.0</v></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>a</groupId><artifactId>bom</artifactId><version>1</version><type>pom</type><scope>import</scope></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>a</groupId><artifactId>b</artifactId><version>\${v}</version><exclusions><exclusion/></exclusions></dependency>
    <!-- a note --><dependency><groupId>a</groupId><artifactId>c</artifactId><![CDATA[ ]]></dependency>
  </dependencies>
  <profiles><profile><id>x</id><dependencies><dependency><groupId>a</groupId><artifactId>d</artifactId></dependency></dependencies></profile></profiles>
</project>
`;

const word = fc.constantFrom(
  'a',
  'b',
  'org.acme',
  'lib-x',
  '${v}',
  '${w}',
  '${',
  '',
  '__proto__',
  'constructor',
  '1/2',
  'ä',
  '[1,2)',
  '[1]',
  'LATEST',
);
const dependency = fc.record({
  groupId: word,
  artifactId: word,
  version: word,
  scope: fc.constantFrom('', 'test', 'compile', 'odd'),
  classifier: fc.constantFrom('', 'x', '${os}'),
});
type Written = Readonly<Record<string, string>>;

const nameIn = ({ groupId = '', artifactId = '' }: Written): string => [groupId, artifactId].map((id) => (id === '' ? '?' : id)).join(':');
const listOf = (all: readonly Written[], inProfile: boolean): string => {
  const list = `<dependencies>${all.map(element).join('')}</dependencies>`;
  return inProfile ? `<profiles><profile><id>p</id>${list}</profile></profiles>` : list;
};

const element = (written: Written): string =>
  `<dependency>${Object.entries(written)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</dependency>`;

describe('any text', () => {
  it('is read or refused with a ManifestError, however a pom is bent', async () => {
    const edit = fc.record({
      at: fc.nat(POM.length),
      cut: fc.nat(40),
      put: fc.oneof(fc.string(), fc.constantFrom('<', '</', '&', ']]>', '<!--', '<?', '${', '\0')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const bent = edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), POM);
        expect(['object', 'string']).toContain(typeof (await outcome(bent)));
      }),
      { numRuns: 600 },
    );
  });

  it('gives one answer for every dependency: an entry, a module of the tree, or the reason why not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(dependency, { maxLength: 12 }), fc.boolean(), async (all, inProfile) => {
        const parsed = await readOf(
          `<project><groupId>own</groupId><artifactId>app</artifactId><version>1</version>${listOf(all, inProfile)}</project>`,
        );
        const answered = [...(parsed?.entries ?? []), ...(parsed?.left ?? [])].map(({ name }) => name);
        expect(answered).toEqual(expect.arrayContaining(all.map(nameIn)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    '<',
    '<a>',
    '<a b="',
    '<a b="c" ',
    '<!--',
    '&',
    '&a;',
    '<![CDATA[',
    ']]>',
    '<?x',
    '<project>',
    '</a>',
    '<a/>',
    '<project><properties><a>${',
    '\n',
    '\r',
  ])('is done with in one pass over a megabyte of %s', async (piece) => {
    const text = `<project>${piece.repeat(Math.ceil((1 << 20) / piece.length))}`;
    expect(typeof (await outcome(text))).toBe('string');
  });

  it.each(['${', '${a}', '}', '[', '[1', ' ', '\t[', ':'])('a version of a megabyte of %s is refused, or left open', async (piece) => {
    const value = piece.repeat(Math.ceil((1 << 20) / piece.length));
    const text = `<project><artifactId>a</artifactId><properties><a>${value}</a></properties><dependencies>${element({ groupId: 'g', artifactId: 'a', version: value })}${element({ groupId: 'g', artifactId: 'b', version: '${a}' })}</dependencies></project>`;
    const parsed = await readOf(text);
    expect(parsed?.entries).toEqual([]);
    expect(parsed?.left.map(({ name }) => name)).toEqual(['g:a', 'g:b', 'transitive dependencies']);
  });

  it('may stand in maven.config', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('-D', '-P', '--define', '-D=', '-Da', '-P!')), (text) => {
        const { properties, active, inactive } = configIn(text);
        expect(properties.size + active.size + inactive.size).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});
