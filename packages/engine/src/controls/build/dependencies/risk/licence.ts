/** A package that ships under a licence which the team's policy refuses. */
import type { LicencePolicy } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt } from './fact.ts';
import { verdictOn } from './spdx.ts';

const ASKED = (policy: LicencePolicy): boolean => policy.allow.length + policy.deny.length > 0;

export const refusedLicence = check<RiskFact>({
  rule: {
    id: 'build/licence-not-allowed',
    name: 'Licence that the policy does not allow',
    help: {
      why: 'Shipping it binds the product to terms that the team has ruled out.',
      fix: 'Replace the package, or have the licence added to `licences.allow` in breakwater.yaml by whoever decides that.',
      references: ['https://spdx.org/licenses/', 'https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-1357', 'SSDF-PO.1'],
    aliases: [],
  },
  examples: {
    // policy of the examples: allow MIT and Apache-2.0, deny AGPL-3.0-only
    fails: [
      { line: 2, text: '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "license": "AGPL-3.0-only"}}}' },
      {
        line: 2,
        text: '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "license": "MIT AND GPL-2.0-only"}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "license": "(MIT OR AGPL-3.0-only)"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"devDependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "dev": true, "license": "AGPL-3.0-only"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}}',
    ],
  },
  *find({ graph, licences }) {
    if (!ASKED(licences)) return;
    for (const item of graph.packages) {
      if (item.license === undefined || item.scope === 'excluded') continue;
      const verdict = verdictOn(item.license, licences);
      const words = item.license.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
      if (verdict === 'refused') yield hitAt(graph, item, `${item.name} ${item.version} is under ${words}`);
      if (verdict === 'unknown')
        yield { ...hitAt(graph, item, `${item.name} ${item.version} names no licence that can be read: ${words}`), open: true };
    }
  },
});
