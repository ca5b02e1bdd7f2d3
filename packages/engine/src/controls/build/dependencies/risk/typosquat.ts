/** A package whose name is one slip away from a much-used one, and which hardly anybody uses. */
import type { Ecosystem } from '../../../../ecosystems/ecosystem.ts';
import type { PopularNames } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { conventionsOf } from './conventions.ts';
import type { RiskFact } from './fact.ts';
import { hitAt } from './fact.ts';
import type { LookAlikes } from './look-alike.ts';
import { lookAlikes } from './look-alike.ts';

const tables = new WeakMap<PopularNames, LookAlikes>();

const tableOf = (names: PopularNames, ecosystem: Ecosystem): LookAlikes => {
  const made = tables.get(names) ?? lookAlikes(names, conventionsOf(ecosystem));
  tables.set(names, made);
  return made;
};

export const typosquat = check<RiskFact>({
  rule: {
    id: 'build/typosquat',
    name: 'Package name that imitates another',
    help: {
      why: 'Whoever publishes a name that people mistype runs code on every machine where the mistake is made.',
      fix: 'Check the name against the documentation of the package you meant; replace it, or except it with a reason when it is right.',
      references: ['https://slsa.dev/spec/v1.0/threats', 'https://owasp.org/www-project-top-10-ci-cd-security-risks/'],
    },
    severity: 'medium',
    confidence: 'low',
    taxa: ['CWE-1357', 'SSDF-PW.4'],
    aliases: [],
  },
  examples: {
    fails: [
      {
        line: 3,
        text: '{\n"lockfileVersion": 3, "packages": {"": {"dependencies": {"expresss-js": "1"}},\n"node_modules/requset": {"version": "1.0.0"}}}',
      },
      { line: 2, text: '{"lockfileVersion": 3, "packages": {\n"node_modules/crossenv": {"version": "6.1.1"}}}' },
      { line: 2, text: '{"lockfileVersion": 3, "packages": {\n"node_modules/@babell/core": {"version": "7.0.0"}}}' },
    ],
    passes: [
      '{"lockfileVersion": 3, "packages": {"node_modules/request": {"version": "2.88.2"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/wss": {"version": "1.0.0"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/requests": {"version": "1.0.0"}}}',
      '{"lockfileVersion": 3, "packages": {"node_modules/@acme/request": {"version": "1.0.0"}}}',
    ],
  },
  *find({ graph, popular }) {
    for (const item of graph.packages) {
      const names = popular.get(item.ecosystem);
      const meant = names === undefined ? undefined : tableOf(names, item.ecosystem).of(item.name);
      if (meant !== undefined) yield hitAt(graph, item, `${item.name} is hardly used and reads like ${meant}`);
    }
  },
});
