/** A package that ships although its publisher gave it up. */
import { check } from '../../../check.ts';
import type { RiskFact } from './fact.ts';
import { hitAt } from './fact.ts';

const REASON = 140;

/** First sentence of what the publisher wrote, made safe for one line of a terminal. */
const reasonOf = (text: string): string => {
  const line = text.replace(/[^\x20-\x7e]+/g, ' ').trim();
  const end = line.search(/[.!?](\s|$)/);
  const sentence = end < 0 ? line : line.slice(0, end);
  return sentence.length <= REASON ? sentence : `${sentence.slice(0, REASON - 1)}…`;
};

export const deprecated = check<RiskFact>({
  rule: {
    id: 'build/deprecated-package',
    name: 'Deprecated package',
    help: {
      why: 'Nobody mends it: the next flaw found in it stays open.',
      fix: 'Move to the package its publisher names, or to a maintained one.',
      references: ['https://docs.npmjs.com/deprecating-and-undeprecating-packages-or-package-versions'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-1104', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 2,
        text: '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"request": "2"}},\n"node_modules/request": {"version": "2.88.2", "deprecated": "request has been deprecated. See an issue"}}}',
      },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"request": "2"}}, "node_modules/request": {"version": "2.88.2"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"devDependencies": {"request": "2"}}, "node_modules/request": {"version": "2.88.2", "dev": true, "deprecated": "gone"}}}',
      '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.0.0", "dependencies": {"request": "2"}}, "node_modules/request": {"version": "2.88.2", "deprecated": "gone"}}}',
    ],
  },
  // what a dependency depends on is its publisher's to change; what does not ship harms nobody outside
  *find({ graph }) {
    for (const item of graph.packages) {
      if (item.deprecated === undefined || !item.direct || item.scope === 'excluded') continue;
      yield hitAt(graph, item, `${item.name} ${item.version} is deprecated: ${reasonOf(item.deprecated)}`);
    }
  },
});
