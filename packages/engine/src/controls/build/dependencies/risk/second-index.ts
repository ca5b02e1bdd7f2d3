/** A second Python index beside the public one: pip takes the highest version from either. */
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';

export const secondIndex = check<RiskFact>({
  rule: {
    id: 'build/second-index',
    name: 'A second package index competes with the first',
    help: {
      why: 'pip asks all indexes and takes the highest version: whoever publishes your private name with a high number on the public index wins.',
      fix: 'Use one index that serves both (`--index-url`), or pin every package by hash.',
      references: [
        'https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url',
        'https://owasp.org/www-project-top-10-ci-cd-security-risks/',
      ],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-427', 'CWE-1357', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    fails: [{ line: 1, text: '--- requirements.txt\n--extra-index-url https://pypi.acme.example/simple\nacme-core==1.0\n' }],
    passes: [
      '--- requirements.txt\n--index-url https://pypi.acme.example/simple\nacme-core==1.0\n',
      `--- requirements.txt\n--extra-index-url https://pypi.acme.example/simple\nacme-core==1.0 --hash=sha256:${'a'.repeat(64)}\n`,
    ],
  },
  *find({ graph, registries }) {
    if (graph.kind !== 'requirements' || graph.packages.every((item) => item.integrity !== undefined)) return;
    for (const { uri, region, kind, host } of registries) {
      if (kind === 'extra-index' && uri === graph.manifest)
        yield { at: { uri, region }, message: `pip takes each package from the index or from ${host}, whichever has the higher version` };
    }
  },
});
