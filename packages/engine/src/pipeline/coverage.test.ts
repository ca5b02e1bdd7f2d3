import { expect, it } from 'vitest';
import type { AdvisoryLookup, DependencyGraph, Package } from '../extractors/facts.ts';
import { uncovered } from './coverage.ts';

const item = (ecosystem: Package['ecosystem'], scope: Package['scope']): Package => ({
  ecosystem,
  name: 'a',
  version: '1',
  purl: 'pkg:generic/a@1',
  place: 'a',
  scope,
  direct: true,
  path: ['a'],
  region: { startLine: 1 },
  hasInstallScript: false,
  dependencies: {},
});
const graph = (...packages: readonly Package[]): DependencyGraph => ({ manifest: 'x', kind: 'sbom', direct: {}, packages });
const lookup = (...ecosystems: readonly string[]): AdvisoryLookup => ({ advisoriesOf: async () => new Map(), ecosystems });

it('names each ecosystem that the index does not hold; incomplete where one of its packages ships', () => {
  const dependencies = [
    graph(item('npm', 'required'), item('Maven', 'excluded'), item('Maven', 'required'), item('GitHub Actions', 'excluded')),
  ];
  expect(
    uncovered({ dependencies, advisories: lookup('npm', 'Debian:12') }).map(({ message, incomplete }) => [
      message.slice(0, 34),
      incomplete,
    ]),
  ).toEqual(
    [
      ['1 package of GitHub Actions could n', false],
      ['2 packages of Maven could not be c', true],
    ].map(([text, incomplete]) => [String(text).slice(0, 34), incomplete]),
  );
});

it('says nothing where everything is held, or where the index does not say what it holds', () => {
  expect(uncovered({ dependencies: [graph(item('npm', 'required'))], advisories: lookup('npm') })).toEqual([]);
  expect(uncovered({ dependencies: [graph(item('npm', 'required'))] })).toEqual([]);
});
