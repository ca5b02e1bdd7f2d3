/** A private name that a public registry could answer first (dependency confusion). */
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt, sourceOf } from './fact.ts';

export const dependencyConfusion = check<RiskFact>({
  rule: {
    id: 'build/dependency-confusion',
    name: 'Private scope installed from another registry',
    help: {
      why: 'Anybody may publish the private name on the public registry; whoever installs without the setting gets the stranger\u2019s code.',
      fix: 'Remove the entry from the lockfile, install again with the .npmrc in place, and reserve the scope on the public registry.',
      references: ['https://owasp.org/www-project-top-10-ci-cd-security-risks/', 'https://docs.npmjs.com/cli/using-npm/scope'],
    },
    severity: 'high',
    confidence: 'medium',
    taxa: ['CWE-427', 'CWE-1357', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 2,
        text: '--- .npmrc\n@acme:registry=https://npm.acme.example/\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {\n"node_modules/@acme/a": {"version": "9.9.9", "resolved": "https://registry.npmjs.org/@acme/a/-/a-9.9.9.tgz"}}}',
      },
    ],
    passes: [
      '--- .npmrc\n@acme:registry=https://npm.acme.example/\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {\n"node_modules/@acme/a": {"version": "1.0.0", "resolved": "https://npm.acme.example/@acme/a/-/a-1.0.0.tgz"}}}',
      '--- .npmrc\n@acme:registry=https://npm.acme.example/\n--- package-lock.json\n{"lockfileVersion": 3, "packages": {\n"node_modules/@other/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/@other/a/-/a-1.0.0.tgz"}}}',
    ],
  },
  *find({ graph, registries }) {
    const homes = new Map<string, Set<string>>();
    for (const { scope, host } of registries) if (scope !== undefined) homes.set(scope, (homes.get(scope) ?? new Set()).add(host));
    for (const item of graph.packages) {
      const home = item.ecosystem === 'npm' ? homes.get(item.name.slice(0, item.name.indexOf('/'))) : undefined;
      const host = sourceOf(item)?.host;
      if (home === undefined || host === undefined || home.has(host)) continue;
      yield hitAt(graph, item, `${item.name} is of a private scope and would be installed from ${host}`);
    }
  },
});
