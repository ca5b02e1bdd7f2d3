/** A lockfile that does not hold what its manifest asks for: whoever installs gets versions that nobody scanned. */
import semver from 'semver';
import type { DependencyGraph, Package } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { listed } from './fact.ts';

/** Only ranges that SemVer reads: tags, addresses and workspace protocols cannot be told. */
const isKept = (range: string, item: Package | undefined): boolean => {
  if (semver.validRange(range, { loose: true }) === null) return true;
  return item !== undefined && semver.satisfies(item.version, range, { loose: true, includePrerelease: true });
};

const directOf = ({ packages }: DependencyGraph): ReadonlyMap<string, readonly Package[]> => {
  const byName = new Map<string, Package[]>();
  for (const item of packages.filter((one) => one.direct))
    byName.set(item.path[0] ?? item.name, [...(byName.get(item.path[0] ?? item.name) ?? []), item]);
  return byName;
};

export const outOfDateLockfile = check<RiskFact>({
  rule: {
    id: 'build/lockfile-out-of-date',
    name: 'Lockfile does not match its manifest',
    help: {
      why: 'An install resolves anew what the lockfile does not hold: the versions that run are not those that were scanned, and `npm ci` fails.',
      fix: 'Run `npm install --package-lock-only` and commit the lockfile.',
      references: ['https://docs.npmjs.com/cli/commands/npm-ci'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1357', 'SSDF-PS.2'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 1,
        text: '--- package.json\n{"dependencies": {"a": "^2.0.0"}}\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.0.0"}}}',
      },
      {
        line: 1,
        text: '--- package.json\n{"dependencies": {"a": "^1.0.0", "b": "1"}}\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.0.0"}}}',
      },
    ],
    passes: [
      '--- package.json\n{"dependencies": {"a": "^1.0.0"}}\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.2.0"}}}',
      '--- package.json\n{"dependencies": {"a": "latest"}}\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "latest"}}, "node_modules/a": {"version": "1.2.0"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.2.0"}}}',
    ],
  },
  *find({ graph }) {
    if (graph.declared === undefined) return;
    const direct = directOf(graph);
    const wrong = Object.entries(graph.declared).filter(([name, range]) => {
      // the same range stands in the lockfile: npm resolved it, be it optional, a peer or overridden
      if (graph.direct[name] === range) return false;
      return !(direct.get(name) ?? [undefined]).some((item) => isKept(range, item));
    });
    if (wrong.length === 0) return;
    yield {
      at: { uri: graph.manifest, region: { startLine: 1 } },
      message: `${graph.manifest} does not hold what the manifest asks for: ${listed(wrong.map(([name, range]) => `${name} ${range}`))}`,
    };
  },
});
