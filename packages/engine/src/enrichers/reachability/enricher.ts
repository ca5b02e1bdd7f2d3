/** reachability: do the vulnerable functions of a finding run, is its package loaded, may it be, or is that ruled out by a closed graph? */
import type { Enricher, Finding, Reachability } from '@breakwater/model';
import type { AdvisoryFacts, Facts } from '../../extractors/facts.ts';
import { certificate, listed } from './certificate.ts';
import { executedOf } from './executed.ts';
import { judgeFunctions } from './functions.ts';
import type { Asked } from './places.ts';
import { placesOf } from './places.ts';
import type { Wanted } from './wanted.ts';
import { wantedOf } from './wanted.ts';

/**
 * `reachable` has calls to a vulnerable function as its path, or imports where no function is known; `loaded` has the imports, and no
 * call leads to a vulnerable function; `unreachable` needs a module graph that is closed; everything else is `unknown`.
 */
export const reachability: Enricher<'reachability', Facts, 'moduleGraphs' | 'advisories' | 'runtime'> = {
  adds: 'reachability',
  after: [],
  // sources of packages may be fetched, but nothing is refused without a network: what is missing becomes unknown
  needs: { network: false, execution: 'none' },
  reads: ['moduleGraphs', 'advisories', 'runtime'],
  open: async ({ moduleGraphs, advisories, runtime }) => {
    const byManifest = new Map(moduleGraphs.map((graph) => [graph.manifest, graph]));
    return async (finding) => {
      const asked = placesOf(finding, byManifest);
      if (asked === undefined) return undefined;
      const known = (await advisories.advisoriesOf('npm', [asked.name])).get(asked.name) ?? [];
      const wanted = wantedOf(recordsOf(finding, known), asked.name);
      return executedOf(asked, wanted, runtime) ?? judge(asked, wanted);
    };
  },
};

/** The records of the flaw that the finding is about. */
const recordsOf = ({ vulnerability }: Finding, known: readonly AdvisoryFacts[]): readonly AdvisoryFacts[] => {
  const ids = new Set([vulnerability?.id ?? '', ...(vulnerability?.aliases ?? [])]);
  return known.filter((facts) => ids.has(facts.id) || facts.aliases.some((alias) => ids.has(alias)));
};

const judge = ({ graph, places }: Asked, wanted: Wanted): Reachability => {
  const loaded = places.filter((place) => graph.loaded.has(place));
  const path = loaded.length > 0 ? graph.loaded.get(loaded[0] ?? '') : undefined;
  if (path !== undefined) return judgeFunctions({ graph, places: loaded, path }, wanted);
  if (graph.inconclusive !== undefined) return unknown([graph.inconclusive]);
  const sites = places.flatMap((place) => graph.maybe.get(place) ?? []);
  if (sites.length > 0) return unknown(listed([...new Set(sites)]));
  // a place that the graph does not know was not looked at
  if (places.length === 0) return unknown(['the lockfile does not have this package']);
  return { status: 'unreachable', granularity: 'module', because: certificate(graph) };
};

const unknown = (because: readonly string[]): Reachability => ({ status: 'unknown', granularity: 'module', because });
