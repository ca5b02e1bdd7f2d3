/** Dependencies with known vulnerabilities: every package of every lockfile against the advisories of its name. */
import type { Control, Finding, Target } from '@breakwater/model';
import type { AdvisoryFacts, DependencyGraph, Facts } from '../../../extractors/facts.ts';
import { lineOf } from '../../../lib/line.ts';
import { byKeys } from '../../../lib/order.ts';
import { judge } from './affected.ts';
import { findingOf } from './finding.ts';
import type { Occurrence } from './occurrences.ts';
import { joined, occurrencesOf, ships } from './occurrences.ts';
import { vulnerableDependency } from './rule.ts';
import { waysOf } from './way-in.ts';

/** What one advisory concerns: one match for each line of releases, and in it for what ships and for what does not. */
function* matchesOf(advisory: AdvisoryFacts, occurrences: readonly Occurrence[]) {
  const groups = new Map<string, { readonly judgement: 'affected' | 'undecidable'; readonly found: Occurrence[] }>();
  for (const occurrence of occurrences) {
    const judgement = judge(advisory, occurrence.version);
    if (judgement === 'not-affected') continue;
    const key = JSON.stringify([judgement, lineOf(occurrence.version), ships(occurrence)]);
    const group = groups.get(key) ?? { judgement, found: [] };
    group.found.push(occurrence);
    groups.set(key, group);
  }
  for (const { judgement, found } of groups.values()) yield { advisory, judgement, occurrence: joined(found) };
}

type Advisories = ReadonlyMap<string, readonly AdvisoryFacts[]>;

function* findingsOf(graph: DependencyGraph, advisories: Advisories, target: Target): Generator<Finding> {
  const ways = waysOf(graph);
  for (const [name, occurrences] of occurrencesOf(graph)) {
    for (const advisory of advisories.get(name) ?? []) {
      for (const match of matchesOf(advisory, occurrences)) yield findingOf({ ...match, ways }, target);
    }
  }
}

export const dependencies: Control<Facts, 'dependencies' | 'advisories'> = {
  id: 'build/dependencies',
  rules: [vulnerableDependency],
  needs: { network: false, execution: 'none' },
  reads: ['dependencies', 'advisories'],
  async *run(facts, target, ctx) {
    const names = facts.dependencies.flatMap((graph) => graph.packages.map((item) => item.name));
    const advisories = await facts.advisories.advisoriesOf('npm', [...new Set(names)]);
    for (const graph of [...facts.dependencies].sort(byKeys((g) => g.manifest))) {
      ctx.signal.throwIfAborted();
      yield* findingsOf(graph, advisories, target);
    }
  },
};
