/** Dependencies with known vulnerabilities: every package of every lockfile against the advisories of its name. */
import type { Control, Finding, Target } from '@breakwater/model';
import type { AdvisoryFacts, DependencyGraph, Facts } from '../../../extractors/facts.ts';
import { byKeys } from '../../../lib/order.ts';
import { judge } from './affected.ts';
import { findingOf } from './finding.ts';
import type { Occurrence } from './occurrences.ts';
import { occurrencesOf, strongestPlace } from './occurrences.ts';
import { vulnerableDependency } from './rule.ts';
import { waysOf } from './way-in.ts';

/** The versions that one advisory concerns; `second` for all but the first of those that ship, and of those that do not. */
function* matchesOf(advisory: AdvisoryFacts, occurrences: readonly Occurrence[]) {
  const seen = new Set<boolean>();
  for (const occurrence of occurrences) {
    const judgement = judge(advisory, occurrence.version);
    if (judgement === 'not-affected') continue;
    const ships = strongestPlace(occurrence).scope !== 'excluded';
    yield { advisory, occurrence, judgement, second: seen.has(ships) };
    seen.add(ships);
  }
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
