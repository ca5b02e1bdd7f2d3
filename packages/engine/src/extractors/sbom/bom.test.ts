import { timestamp } from '@breakwater/model';
import { toCycloneDx } from '@breakwater/model/formats/cyclonedx';
import { toSpdx } from '@breakwater/model/formats/spdx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import { ECOSYSTEMS } from '../../ecosystems/ecosystem.ts';
import type { EdgeKind, Entry, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import type { DependencyGraph, ManifestKind } from '../facts.ts';
import { bomOfGraphs, graphsOfBom } from './bom.ts';
import { readSbom } from './read.ts';

const head = { subject: { name: 'shop' }, tool: { name: 'breakwater', version: '0' }, createdAt: timestamp('2026-10-01T09:00:00Z') };

const NAMES: Readonly<Partial<Record<Ecosystem, string>>> = {
  npm: '@scope/',
  Maven: 'org.acme:',
  Go: 'golang.org/x/',
  Packagist: 'acme/',
  'GitHub Actions': 'acme/',
};

/** Entries that lead to later ones only, with one kind of edge into each: what a Bom keeps of a graph is all there is. */
const entries = (ecosystem: Ecosystem): fc.Arbitrary<Parsed> =>
  fc
    .array(
      fc.record(
        {
          name: fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/),
          version: fc.tuple(fc.nat(9), fc.nat(9)).map(([major, minor]) => `${major}.${minor}.0`),
          from: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }),
          kind: fc.constantFrom<EdgeKind>('prod', 'prod', 'optional', 'dev'),
          line: fc.integer({ min: 1, max: 9999 }),
          integrity: fc.constantFrom('sha512-odd', `sha256:${'0a'.repeat(32)}`),
          resolved: fc.constantFrom('https://registry.example.test/a.tgz', 'git+ssh://git@example.test/a.git#0a'),
          hasInstallScript: fc.boolean(),
          license: fc.constantFrom('MIT', 'words of its own'),
          deprecated: fc.constant('use b'),
        },
        { requiredKeys: ['name', 'version', 'from', 'kind', 'line'] },
      ),
      { maxLength: 12 },
    )
    .map((drafts) => {
      const placed = drafts.map(({ name, ...draft }, index) => ({
        ...draft,
        place: `p${index}`,
        name: `${NAMES[ecosystem] ?? ''}${name}`,
      }));
      const into = (from: number | undefined) =>
        placed.flatMap(({ place, name, kind, from: parents }, index) =>
          parents.some((parent) => (index === 0 || parent % (index + 1) === index ? undefined : parent % (index + 1)) === from)
            ? [{ name, to: place, kind: from === undefined ? kind : ('prod' as const) }]
            : [],
        );
      const known = placed.map(({ from: _, kind: __, line, ...draft }, index): Entry => {
        const byName = new Map(into(index).map((edge) => [edge.name, edge]));
        return { ...draft, region: { startLine: line }, edges: [...byName.values()] };
      });
      return { entries: known, roots: [{ folder: '', edges: into(undefined) }], direct: { a: '^1' }, left: [] };
    });

const graph = (uri: string): fc.Arbitrary<DependencyGraph> =>
  fc.constantFrom(...ECOSYSTEMS).chain((ecosystem) =>
    fc.tuple(entries(ecosystem), fc.constantFrom<ManifestKind>('package-lock', 'poetry-lock', 'jar')).map(([parsed, kind]) => {
      return graphOf(uri, { kind, ecosystem }, { ...parsed, formatVersion: '3' }).graph;
    }),
  );

const graphs = fc.tuple(graph('a/one.lock'), graph('b #2/two.lock'));

/** What a bill of materials has no place for: which project of a workspace asks for a package, and for what that is not published. */
const carried = ({ projects: _, packages, ...graph }: DependencyGraph): DependencyGraph => ({
  ...graph,
  packages: packages.map(({ elsewhere: __, ...item }) => item),
});

describe('graphs', () => {
  it('come back from their Bom, from its CycloneDX and from its SPDX', () => {
    let packages = 0;
    let longest = 0;
    fc.assert(
      fc.property(graphs, (some) => {
        for (const { packages: list } of some) packages += list.length;
        for (const { packages: list } of some) for (const { path } of list) longest = Math.max(longest, path.length);
        const bom = bomOfGraphs(some, head);
        expect(graphsOfBom(bom)).toEqual(some.map(carried));
        expect(graphsOfBom(readSbom(JSON.stringify(toCycloneDx(bom, { version: '1.6' })), 'x').bom)).toEqual(some.map(carried));
        expect(graphsOfBom(readSbom(JSON.stringify(toSpdx(bom, { namespace: 'https://example.test/0' })), 'x').bom)).toEqual(
          some.map(carried),
        );
      }),
      { numRuns: 150 },
    );
    expect(packages).toBeGreaterThan(500);
    expect(longest).toBeGreaterThan(2);
  });

  it('find the name that a project calls a package by', () => {
    const entry = { place: 'node_modules/foo', name: 'bar', version: '1.0.0', region: { startLine: 1 }, edges: [] };
    const roots = [{ folder: '', edges: [{ name: 'foo', to: entry.place, kind: 'prod' as const }] }];
    const parsed = { entries: [entry], roots, direct: { foo: 'npm:bar@1' }, left: [] };
    const { graph: some } = graphOf('package-lock.json', { kind: 'package-lock', ecosystem: 'npm' }, parsed);
    expect(some.packages[0]?.path).toEqual(['foo']);
    expect(graphsOfBom(bomOfGraphs([some], head))).toEqual([carried(some)]);
  });

  it('leave credentials behind', () => {
    const word = 'word';
    const cases = [
      [`https://bot:${word}@registry.example.test/a.tgz?token=${word}#x`, 'https://registry.example.test/a.tgz#x'],
      [`https://${word}@registry.example.test/a.tgz`, 'https://registry.example.test/a.tgz'],
      ['git+ssh://git@example.test/a.git#0a', 'git+ssh://git@example.test/a.git#0a'],
      [`git+https://git:${word}@example.test/a@b.git`, 'git+https://example.test/a@b.git'],
      ['file:../a', 'file:../a'],
    ];
    for (const [resolved = '', expected] of cases) {
      const entry = { place: 'p', name: 'a', version: '1.0.0', region: { startLine: 1 }, edges: [], resolved };
      const { graph: some } = graphOf(
        'x',
        { kind: 'package-lock', ecosystem: 'npm' },
        { entries: [entry], roots: [], direct: {}, left: [] },
      );
      expect(bomOfGraphs([some], head).manifests[0]?.components[0]?.resolved).toBe(expected);
    }
  });

  it('of another tool have names as advisories spell them', () => {
    const item = (name: string, purl: string) => ({ type: 'library', 'bom-ref': name, name, purl });
    const components = [
      item('1', 'pkg:pypi/Foo_Bar@1.0'),
      item('2', 'pkg:maven/org.x/a@1?type=jar'),
      item('3', 'pkg:golang/golang.org/x/net@v1.0.0#html'),
      item('4', 'pkg:npm/%40x/a@1.0.0'),
      item('5', 'pkg:deb/debian/libc@1'),
    ];
    const text = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.4', components });
    const [only] = graphsOfBom(readSbom(text, 'app.json').bom);
    expect(only).toMatchObject({ manifest: 'app.json', kind: 'sbom', formatVersion: '1.4' });
    expect(only?.packages.map(({ ecosystem, name, purl, path }) => [ecosystem, name, purl, ...path])).toEqual([
      ['PyPI', 'foo-bar', 'pkg:pypi/foo-bar@1.0', 'foo-bar'],
      ['Maven', 'org.x:a', 'pkg:maven/org.x/a@1', 'org.x:a'],
      ['Go', 'golang.org/x/net', 'pkg:golang/golang.org/x/net@v1.0.0', 'golang.org/x/net'],
      ['npm', '@x/a', 'pkg:npm/%40x/a@1.0.0', '@x/a'],
    ]);
  });
});
