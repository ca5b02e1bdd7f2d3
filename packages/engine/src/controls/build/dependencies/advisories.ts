/** The advisories of everything that is installed, one question for each ecosystem. */
import type { AdvisoryFacts, AdvisoryLookup, DependencyGraph } from '../../../extractors/facts.ts';
import { byText } from '../../../lib/order.ts';

export type AdvisoriesOf = (ecosystem: string, name: string) => readonly AdvisoryFacts[];

export const advisoriesFor = async (graphs: readonly DependencyGraph[], lookup: AdvisoryLookup): Promise<AdvisoriesOf> => {
  const names = new Map<string, Set<string>>();
  for (const { ecosystem, name } of graphs.flatMap((graph) => graph.packages)) {
    const known = names.get(ecosystem) ?? new Set();
    names.set(ecosystem, known.add(name));
  }
  const found = new Map<string, ReadonlyMap<string, readonly AdvisoryFacts[]>>();
  for (const ecosystem of [...names.keys()].sort(byText)) {
    found.set(ecosystem, await lookup.advisoriesOf(ecosystem, [...(names.get(ecosystem) ?? [])]));
  }
  return (ecosystem, name) => found.get(ecosystem)?.get(name) ?? [];
};
