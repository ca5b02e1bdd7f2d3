/** Random bills of materials with names as hostile as a repository allows: whatever a codec writes must come back. */
import { createHash } from 'node:crypto';
import type { Bom, BomComponent, BomManifest, Purl, Region } from '@breakwater/model';
import fc from 'fast-check';
import { instant, path, text } from './run.ts';

/** Names that collide with JavaScript, with references and with each other after careless escaping. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'a#b',
  'a%23b',
  '%',
  '#',
  'a/b@1',
  '\ud800',
  'é',
  ']]>',
  '</a>',
  '&amp;',
  ' padded ',
  '\r\n\t',
  '.2e.',
];

/** Everything that a JSON document can hold. */
export const anyWords = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/) }, text, fc.constantFrom(...HOSTILE));

/** Everything that an XML document can hold. */
export const xmlWords = anyWords.map((words) => words.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '') || 'gone');

type Words = fc.Arbitrary<string>;

const number = fc.integer({ min: 1, max: 2_000_000 });
const region: fc.Arbitrary<Region> = fc.record(
  { startLine: number, startColumn: number, endLine: number, endColumn: number },
  { requiredKeys: ['startLine'] },
);

const digest = (algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512', data: string): Buffer => createHash(algorithm).update(data).digest();

const integrity = fc.oneof(
  fc
    .tuple(fc.constantFrom('sha1' as const, 'sha256' as const, 'sha384' as const, 'sha512' as const), fc.string())
    .map(([algorithm, data]) => `${algorithm}-${digest(algorithm, data).toString('base64')}`),
  fc.string().map((data) => `sha256:${digest('sha256', data).toString('hex')}`),
  fc.string().map((data) => `sha1-${digest('sha1', data).toString('base64')} sha512-${digest('sha512', data).toString('base64')}`),
  fc.constantFrom('sha512-', 'md5-1B2M2Y8AsgTpgAmY7PhCfg==', 'sha512-short==', 'sha256:XYZ', ''),
);

const license = (words: Words) =>
  fc.oneof(
    fc.constantFrom(
      'MIT',
      '(MIT OR Apache-2.0)',
      'GPL-2.0-only WITH Classpath-exception-2.0',
      'SEE LICENSE IN FILE',
      'NOASSERTION',
      'NONE',
      '',
    ),
    fc.constantFrom('LicenseRef-a', 'MIT AND', '(MIT', 'a, b'),
    words,
  );

const resolved = (words: Words) =>
  fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom(
      'git+ssh://git@example.test/a/b.git#0a1b',
      'file:../a b',
      'NOASSERTION',
      'NONE',
      'https://[',
      'https://example.test/%zz',
    ),
    words,
  );

/** Names and package URLs as ecosystems have them, or anything. */
const identity = (words: Words): fc.Arbitrary<Pick<BomComponent, 'name' | 'version' | 'purl'>> => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
  const version = fc.tuple(fc.nat(20), fc.nat(20)).map(([major, minor]) => `${major}.${minor}.0`);
  const real = fc
    .tuple(fc.constantFrom('npm', 'maven', 'golang', 'pypi', 'composer'), word, word, version)
    .map(([type, group, name, at]) => {
      const isScoped = type === 'npm';
      const purl: Purl = type === 'pypi' ? `pkg:pypi/${name}@${at}` : `pkg:${type}/${isScoped ? '%40' : ''}${group}/${name}@${at}`;
      const joined = type === 'pypi' ? name : `${isScoped ? '@' : ''}${group}${type === 'maven' ? ':' : '/'}${name}`;
      return { name: joined, version: at, purl };
    });
  const odd = fc.record(
    {
      name: words,
      version: fc.oneof(words, fc.constantFrom('', '1'.repeat(2000))),
      purl: fc.constantFrom<Purl>('pkg:npm/a@1', 'pkg:generic/b'),
    },
    { requiredKeys: ['name', 'version'] },
  );
  return fc.oneof({ weight: 3, arbitrary: real }, odd);
};

type Draft = Omit<BomComponent, 'dependencies'>;

const draft = (words: Words): fc.Arbitrary<Draft> =>
  fc
    .tuple(
      identity(words),
      fc.record(
        {
          place: words,
          scope: fc.constantFrom('required' as const, 'optional' as const, 'excluded' as const),
          direct: fc.boolean(),
          region,
          integrity,
          resolved: resolved(words),
          hasInstallScript: fc.boolean(),
          license: license(words),
          deprecated: fc.oneof(words, fc.constant('')),
          path: fc.array(words, { minLength: 1, maxLength: 3 }),
        },
        { requiredKeys: ['place', 'scope', 'direct'] },
      ),
    )
    .map(([names, rest]) => ({ ...rest, ...names }));

const sorted = <T>(list: readonly T[], key: (item: T) => string): T[] =>
  [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));

const dictionary = (pairs: readonly (readonly [string, string])[]): Record<string, string> => {
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of sorted(pairs, ([name]) => name)) result[key] = value;
  return result;
};

/** Edges by the dependency's own name, by another one, or to a place that is no component. */
const withEdges = (drafts: readonly Draft[], words: Words): fc.Arbitrary<readonly BomComponent[]> => {
  const edge = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.nat(Math.max(0, drafts.length - 1)).map((at): [string, string] => [drafts[at]?.name ?? 'a', drafts[at]?.place ?? 'a']),
    },
    fc.tuple(words, fc.nat(Math.max(0, drafts.length - 1))).map(([name, at]): [string, string] => [name, drafts[at]?.place ?? 'a']),
    fc.tuple(words, words),
  );
  return fc
    .tuple(
      ...drafts.map((component) => fc.array(edge, { maxLength: 4 }).map((edges) => ({ ...component, dependencies: dictionary(edges) }))),
    )
    .map((components) => sorted(components, ({ place }) => place));
};

const manifest = (words: Words, names: Words): fc.Arbitrary<BomManifest> =>
  fc.uniqueArray(draft(words), { selector: ({ place }) => place, maxLength: 6 }).chain((drafts) =>
    fc.record(
      {
        uri: fc.oneof(names, words),
        kind: fc.constantFrom('package-lock', 'poetry-lock', 'sbom'),
        formatVersion: words,
        direct: fc.array(fc.tuple(words, words), { maxLength: 3 }).map(dictionary),
        components: withEdges(drafts, words),
      },
      { requiredKeys: ['uri', 'kind', 'direct', 'components'] },
    ),
  );

export const bomOf = (words: Words): fc.Arbitrary<Bom> => {
  const names = words === anyWords ? path : fc.constantFrom('package-lock.json', 'a/poetry.lock', 'b #1/x & y.json');
  return fc.record({
    subject: fc.record({ name: words, version: fc.oneof(words, fc.constant('')) }, { requiredKeys: ['name'] }),
    tool: fc.record({ name: words, version: words }),
    createdAt: instant,
    manifests: fc
      .uniqueArray(manifest(words, names), { selector: ({ uri }) => uri, maxLength: 4 })
      .map((manifests) => sorted(manifests, ({ uri }) => uri)),
  });
};

export const bom = bomOf(anyWords);
export const xmlBom = bomOf(xmlWords);
