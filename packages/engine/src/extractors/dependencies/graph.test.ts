import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge, Entry, Parsed } from './format.ts';
import { graphOf } from './graph.ts';

const entry = (name: string, version: string, more: Partial<Entry> = {}): Entry => ({
  place: `${name}@${version}`,
  name,
  version,
  region: { startLine: 1 },
  edges: [],
  ...more,
});
const edge = (to: string, kind: Edge['kind'] = 'prod'): Edge => ({ name: to.split('@')[0] ?? to, to, kind });
const parsed = (more: Partial<Parsed>): Parsed => ({ entries: [], roots: [], direct: {}, left: [], ...more });
const of = (more: Partial<Parsed>) => graphOf('poetry.lock', { kind: 'poetry-lock', ecosystem: 'PyPI' }, parsed(more));
const seen = (more: Partial<Parsed>) =>
  of(more).graph.packages.map(
    ({ name, version, scope, direct, path }) => `${name} ${version} ${scope}${direct ? ' direct' : ''} ${path.join('>')}`,
  );

describe('graphOf', () => {
  it('gives the strongest scope that leads to a package, and the shortest way within it', () => {
    const entries = [
      entry('a', '1', { edges: [edge('b@1'), edge('c@1', 'optional')] }),
      entry('b', '1'),
      entry('c', '1'),
      entry('t', '1', { edges: [edge('b@1'), edge('d@1')] }),
      entry('d', '1'),
      entry('lost', '1', { scope: 'optional' }),
    ];
    const roots = [{ folder: '', edges: [edge('a@1'), edge('t@1', 'dev')] }];
    expect(seen({ entries, roots })).toEqual([
      'a 1 required direct a',
      'b 1 required a>b',
      'c 1 optional a>c',
      'd 1 excluded t>d',
      'lost 1 optional lost',
      't 1 excluded direct t',
    ]);
  });

  it('believes what the file states where it has no roots, and walks from what is direct', () => {
    const entries = [entry('a', '1', { direct: true, scope: 'excluded', edges: [edge('b@1')] }), entry('b', '1'), entry('c', '1')];
    expect(seen({ entries })).toEqual(['a 1 excluded direct a', 'b 1 required a>b', 'c 1 required c']);
  });

  it('walks through what has no version, which is no package itself', () => {
    const entries = [entry('b', '1')];
    const left = [{ name: 'fork', line: 3, origin: 'git' as const, place: 'fork', edges: [edge('b@1')] }];
    const result = of({ entries, left, roots: [{ folder: '', edges: [{ name: 'fork', to: 'fork', kind: 'prod' }] }] });
    expect(result.graph.packages.map(({ name, path }) => [name, path])).toEqual([['b', ['fork', 'b']]]);
    expect(result.left).toEqual(left);
  });

  it('keeps both when a place is written twice with different versions, one when they are the same', () => {
    const entries = [entry('a', '1', { place: 'a' }), entry('a', '2', { place: 'a' }), entry('a', '1', { place: 'a' })];
    expect(of({ entries }).graph.packages.map(({ place, version }) => [place, version])).toEqual([
      ['a', '1'],
      ['a (2)', '2'],
    ]);
  });

  it('spells names as advisories do, and gives the package URL', () => {
    const [item] = of({ entries: [entry('Zope.Interface', '1.0')] }).graph.packages;
    expect(item).toMatchObject({ name: 'zope-interface', purl: 'pkg:pypi/zope-interface@1.0', ecosystem: 'PyPI' });
  });

  it.each([
    ['a control character', entry('a\u0007', '1')],
    ['a lone surrogate', entry('a\ud800', '1')],
    ['a blank in a version', entry('a', '1 0')],
    ['no version', entry('a', '')],
    ['no name that a package URL can hold', entry('a/', '1', { ecosystem: 'Go' })],
  ])('says what no registry could publish: %s', (_what, bad) => {
    const { graph, left } = of({ entries: [bad, entry('b', '1')] });
    expect(graph.packages.map(({ name }) => name)).toEqual(['b']);
    expect(left).toEqual([{ name: bad.name, line: 1, origin: 'unreadable' }]);
  });

  it('has no prototype where names are keys', () => {
    const entries = [entry('__proto__', '1', { direct: true, edges: [edge('constructor@1')] }), entry('constructor', '1')];
    const { graph } = graphOf('yarn.lock', { kind: 'yarn-classic', ecosystem: 'npm' }, parsed({ entries }));
    expect(Object.entries(graph.packages[0]?.dependencies ?? {})).toEqual([['constructor', 'constructor@1']]);
  });

  it('never throws, and every entry is a package or is left', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const entries = fc.array(
      fc.record({
        place: text,
        name: text,
        version: text,
        region: fc.constant({ startLine: 1 }),
        edges: fc.array(fc.record({ name: text, to: text, kind: fc.constantFrom('prod', 'optional', 'dev') })),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(entries, fc.constantFrom('npm', 'Maven', 'Go', 'PyPI', 'Packagist'), (list, ecosystem) => {
        const { graph, left } = graphOf(
          'x',
          { kind: 'sbom', ecosystem: ecosystem as 'npm' },
          parsed({ entries: list as readonly Entry[] }),
        );
        const distinct = new Set(list.map(({ place, name, version }) => JSON.stringify([place, name, version])));
        expect(graph.packages.length + left.length).toBeGreaterThanOrEqual(distinct.size > 0 ? 1 : 0);
        expect(graph.packages.length + left.length).toBeLessThanOrEqual(list.length);
      }),
    );
  });
});
