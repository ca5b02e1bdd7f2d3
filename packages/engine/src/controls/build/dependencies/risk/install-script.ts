/** A little-used package that runs a program of its own when it is installed. */
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt } from './fact.ts';

export const installScript = check<RiskFact>({
  rule: {
    id: 'build/install-script',
    name: 'Little-used package with an install script',
    help: {
      why: 'The script runs with the rights of whoever installs, before any code of the application is reviewed; most malicious packages start here.',
      fix: 'Read the script; install with `npm ci --ignore-scripts`, or allow the packages that need one by name.',
      references: ['https://docs.npmjs.com/cli/using-npm/scripts', 'https://github.com/ossf/malicious-packages'],
    },
    severity: 'low',
    confidence: 'medium',
    taxa: ['CWE-829', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 2,
        text: '{"lockfileVersion": 3, "packages": {\n"node_modules/tiny-thing-9": {"version": "1.0.0", "hasInstallScript": true}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/tiny-thing-9": {"version": "1.0.0"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/cross-env": {"version": "7.0.3", "hasInstallScript": true}}}',
    ],
  },
  *find({ graph, popular }) {
    for (const item of graph.packages) {
      const names = popular.get(item.ecosystem);
      if (!item.hasInstallScript || names === undefined || names.known.has(item.name)) continue;
      yield hitAt(graph, item, `${item.name} ${item.version} runs a script when it is installed`);
    }
  },
});
