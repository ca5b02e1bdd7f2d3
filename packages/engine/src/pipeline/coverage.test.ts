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

it('names the ecosystems that the index does not hold, in one line; incomplete where a package of them ships', () => {
  const development = [graph(item('npm', 'required'), item('GitHub Actions', 'excluded'))];
  const dependencies = [...development, graph(item('Maven', 'excluded'), item('Maven', 'required'))];
  const of = (graphs: readonly DependencyGraph[]) =>
    uncovered({ dependencies: graphs, advisories: lookup('npm', 'Debian:12') }).map(({ message, incomplete }) => [message, incomplete]);
  expect(of(dependencies)).toEqual([['3 packages could not be checked: the advisory index has nothing of GitHub Actions, Maven', true]]);
  expect(of(development)).toEqual([['1 package could not be checked: the advisory index has nothing of GitHub Actions', false]]);
});

it('says nothing where everything is held, or where the index does not say what it holds', () => {
  expect(uncovered({ dependencies: [graph(item('npm', 'required'))], advisories: lookup('npm') })).toEqual([]);
  expect(uncovered({ dependencies: [graph(item('npm', 'required'))] })).toEqual([]);
});
