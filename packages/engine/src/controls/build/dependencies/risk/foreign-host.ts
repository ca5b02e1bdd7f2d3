/** Entries of a lockfile that come from another host than their neighbours: how an injected package looks in a diff of 10,000 lines. */
import type { DependencyGraph, Package } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt, listed, sourceOf } from './fact.ts';

/** npm and yarn serve the same registry under these names. */
const PUBLIC = new Set(['registry.npmjs.org', 'registry.yarnpkg.com', 'npm.pkg.github.com', 'registry.npmjs.com']);

const FEW = 4;

/** Of all entries of the project: who hides an entry among others hides few. */
const SHARE = 0.1;

interface Sourced {
  readonly item: Package;
  readonly host: string;
}

const sourcedIn = ({ packages }: DependencyGraph): readonly Sourced[] =>
  packages.flatMap((item) => {
    const host = item.ecosystem === 'npm' ? sourceOf(item)?.host : undefined;
    return host === undefined ? [] : [{ item, host }];
  });

type Counts = ReadonlyMap<string, number>;

const countsOf = (graphs: readonly DependencyGraph[]): Counts => {
  const counts = new Map<string, number>();
  for (const { host } of graphs.flatMap(sourcedIn)) counts.set(host, (counts.get(host) ?? 0) + 1);
  return counts;
};

const ofRun = new WeakMap<readonly DependencyGraph[], Counts>();

const countsOfRun = (graphs: readonly DependencyGraph[]): Counts => {
  const known = ofRun.get(graphs) ?? countsOf(graphs);
  ofRun.set(graphs, known);
  return known;
};

/** A service spread over `feed-2.example` and `feed-12.example`: the number of the first label does not count. */
const service = (host: string): string => host.replace(/^[^.]{1,63}/, (label) => label.replace(/\d+/g, '#'));

const mostly = (counts: Counts): string | undefined => [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];

/** Hosts that much of the project comes from, and other numbers of the same service that are no rarity in it. */
const projectHosts = (counts: Counts): ReadonlySet<string> => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const many = [...counts].filter(([, count]) => count > FEW && count >= total * SHARE).map(([host]) => host);
  const services = new Set(many.map(service));
  const numbered = [...counts].filter(([host, count]) => count > FEW && services.has(service(host))).map(([host]) => host);
  return new Set([...many, ...numbered]);
};

export const foreignHost = check<RiskFact>({
  rule: {
    id: 'build/lockfile-foreign-host',
    name: 'Lockfile entry from another host',
    help: {
      why: 'An attacker who can propose a change points one entry of the lockfile at a server of his own; npm installs from there, and reviewers do not read lockfiles.',
      fix: 'Take the entry back to the registry: remove it from the lockfile and run `npm install`; name a private registry in .npmrc.',
      references: [
        'https://docs.npmjs.com/cli/configuring-npm/package-lock-json',
        'https://owasp.org/www-project-top-10-ci-cd-security-risks/',
      ],
    },
    severity: 'high',
    confidence: 'medium',
    taxa: ['CWE-494', 'CWE-829', 'SSDF-PS.2'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 6,
        text: '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"},\n"node_modules/b": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz"},\n"node_modules/c": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/c/-/c-1.0.0.tgz"},\n"node_modules/d": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/d/-/d-1.0.0.tgz"},\n"node_modules/e": {"version": "1.0.0", "resolved": "https://mirror.example/e/-/e-1.0.0.tgz"}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "resolved": "https://npm.acme.example/a/-/a-1.0.0.tgz"}}}',
      '--- .npmrc\n@acme:registry=https://npm.acme.example/\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"},\n"node_modules/b": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz"},\n"node_modules/c": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/c/-/c-1.0.0.tgz"},\n"node_modules/d": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/d/-/d-1.0.0.tgz"},\n"node_modules/@acme/e": {"version": "1.0.0", "resolved": "https://npm.acme.example/e/-/e-1.0.0.tgz"}}}',
    ],
  },
  *find({ graph, registries, dependencies }) {
    const sources = sourcedIn(graph);
    if (sources.length <= FEW) return;
    const usual = mostly(countsOf([graph]));
    const ofProject = projectHosts(countsOfRun(dependencies ?? [graph]));
    const expected = new Set([...PUBLIC, ...registries.map(({ host }) => host), ...ofProject, usual]);
    const strangers = new Map<string, Package[]>();
    for (const { item, host } of sources.filter((source) => !expected.has(source.host))) {
      const known = strangers.get(host);
      if (known === undefined) strangers.set(host, [item]);
      else known.push(item);
    }
    for (const [host, items] of strangers) {
      const [first] = items;
      if (first !== undefined)
        yield hitAt(
          graph,
          first,
          `${listed(items.map(({ name }) => name))} would be installed from ${host}, not from ${usual ?? 'the registry'}`,
        );
    }
  },
});
