/** A direct dependency that is two or more major versions behind a release that is known to exist. */
import type { Package } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt } from './fact.ts';

/** One behind is how most projects live; two behind get no more fixes from most publishers. */
const BEHIND = 2;

const majorOf = (version: string): number | undefined => {
  const [, major] = /^v?(\d{1,9})(?:\.|$)/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major);
};

const behind = (item: Package, newest: string | undefined): number => {
  const [here, there] = [majorOf(item.version), newest === undefined ? undefined : majorOf(newest)];
  return here === undefined || there === undefined ? 0 : there - here;
};

export const outdated = check<RiskFact>({
  rule: {
    id: 'build/outdated-package',
    name: 'Package far behind its releases',
    help: {
      why: 'Fixes are published for the newest majors: the next flaw leaves the choice between a leap and none.',
      fix: 'Plan the move to a current major version before a flaw forces it.',
      references: ['https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1104', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    // in the examples `b` is known to be published as 4.0.1, `c` as 3.2.0
    fails: [
      { line: 2, text: '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"b": "1"}},\n"node_modules/b": {"version": "1.9.0"}}}' },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"c": "2"}}, "node_modules/c": {"version": "2.0.0"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"devDependencies": {"b": "1"}}, "node_modules/b": {"version": "1.9.0", "dev": true}}}',
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1"}}, "node_modules/b": {"version": "1.9.0"}}}',
    ],
  },
  // what a dependency depends on is its publisher's to move
  *find({ graph, published }) {
    for (const item of graph.packages) {
      if (!item.direct || item.scope === 'excluded') continue;
      const newest = published(item.ecosystem, item.name);
      const majors = behind(item, newest);
      if (majors < BEHIND) continue;
      const message = `${item.name} ${item.version} is at least ${majors} major versions behind: ${newest} is published`;
      yield { ...hitAt(graph, item, message), informational: true };
    }
  },
});
