/** Packages from a registry whose bytes the lockfile does not pin, in a lockfile that pins others. */
import type { Package } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt, listed, sourceOf } from './fact.ts';

/** yarn 1 before 1.10 and npm 4 write the SHA-1 behind the address. */
const isPinned = ({ integrity, resolved }: Package): boolean => integrity !== undefined || /#[0-9a-f]{40}$/.test(resolved ?? '');

export const noIntegrity = check<RiskFact>({
  rule: {
    id: 'build/lockfile-without-integrity',
    name: 'Lockfile entries without integrity',
    help: {
      why: 'Whoever can change what the registry or a proxy serves can change the package: nothing is compared with what was reviewed.',
      fix: 'Make the lockfile anew from a clean checkout and review the difference: `rm package-lock.json && npm install --package-lock-only`.',
      references: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json', 'https://slsa.dev/spec/v1.0/threats'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-353', 'CWE-494', 'SSDF-PS.2'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 3,
        text: '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "integrity": "sha512-a",\n"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"},\n"node_modules/b": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz"}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-a"}}}',
      // bundled in the tarball of its parent, or left out by configuration: no address, nothing to compare
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-a"}, "node_modules/b": {"version": "1.0.0"}}}',
      // a registry that serves no integrity at all
      '{"lockfileVersion": 3, "packages": {"node_modules/b": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz"}}}',
    ],
  },
  *find({ graph }) {
    if (!graph.packages.some((item) => item.integrity !== undefined)) return;
    const open = graph.packages.filter((item) => sourceOf(item) !== undefined && !isPinned(item));
    const [first] = open;
    if (first === undefined) return;
    const names = [...new Set(open.map(({ name }) => name))];
    const verb = names.length === 1 ? 'is' : 'are';
    yield {
      ...hitAt(graph, first, `${listed(names)} ${verb} not pinned by integrity in ${graph.manifest}`),
      at: { uri: graph.manifest, region: first.region },
    };
  },
});
