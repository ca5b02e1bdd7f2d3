/** Every package of every manifest against the advisories of its name, and against the checks of dependency risk. */
import type { Control, Finding, Target } from '@breakwater/model';
import { releaseLine } from '../../../ecosystems/versions/line.ts';
import type { Ordering } from '../../../ecosystems/versions/ordering.ts';
import { orderingOf } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts, DependencyGraph, Facts } from '../../../extractors/facts.ts';
import { byKeys } from '../../../lib/order.ts';
import type { AdvisoriesOf } from './advisories.ts';
import { advisoriesFor } from './advisories.ts';
import { judge } from './affected.ts';
import { riskChecks } from './catalogue.gen.ts';
import { findingOf } from './finding.ts';
import type { Occurrence } from './occurrences.ts';
import { joined, occurrencesOf, ships } from './occurrences.ts';
import { newestPublished } from './published.ts';
import { riskFindings } from './risk/findings.ts';
import { maliciousPackage, vulnerableDependency } from './rule.ts';
import { waysOf } from './way-in.ts';

/** What one advisory concerns: one match for each line of releases, and in it for what ships and for what does not. */
function* matchesOf(advisory: AdvisoryFacts, occurrences: readonly Occurrence[], ordering: Ordering | undefined) {
  const groups = new Map<string, { readonly judgement: 'affected' | 'undecidable'; readonly found: Occurrence[] }>();
  for (const occurrence of occurrences) {
    const { ecosystem, version } = occurrence;
    const judgement = judge(advisory, version, ordering);
    if (judgement === 'not-affected') continue;
    const key = JSON.stringify([judgement, releaseLine(ecosystem, version), ships(occurrence)]);
    const group = groups.get(key) ?? { judgement, found: [] };
    group.found.push(occurrence);
    groups.set(key, group);
  }
  for (const { judgement, found } of groups.values()) yield { advisory, judgement, occurrence: joined(found) };
}

function* findingsOf(graph: DependencyGraph, advisoriesOf: AdvisoriesOf, target: Target): Generator<Finding> {
  const ways = waysOf(graph);
  for (const { ecosystem, name, occurrences } of occurrencesOf(graph)) {
    const ordering = orderingOf(ecosystem);
    for (const advisory of advisoriesOf(ecosystem, name)) {
      for (const match of matchesOf(advisory, occurrences, ordering)) yield findingOf({ ...match, ways }, target);
    }
  }
}

export const dependencies: Control<Facts, 'dependencies' | 'advisories' | 'popular' | 'registries' | 'licences'> = {
  id: 'build/dependencies',
  rules: [vulnerableDependency, maliciousPackage, ...riskChecks.map((check) => check.rule)],
  needs: { network: false, execution: 'none' },
  reads: ['dependencies', 'advisories', 'popular', 'registries', 'licences'],
  async *run(facts, target, ctx) {
    const advisoriesOf = await advisoriesFor(facts.dependencies, facts.advisories);
    const published = (ecosystem: string, name: string) => newestPublished(advisoriesOf(ecosystem, name), orderingOf(ecosystem));
    for (const graph of [...facts.dependencies].sort(byKeys((g) => g.manifest))) {
      ctx.signal.throwIfAborted();
      yield* findingsOf(graph, advisoriesOf, target);
      yield* riskFindings({ graph, ...facts, published }, target);
    }
  },
};
