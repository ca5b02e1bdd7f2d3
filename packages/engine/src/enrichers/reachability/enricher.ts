/** reachability: is the package of a finding loaded from an entry point, may it be, or is that ruled out by a closed module graph? */
import type { Enricher, Finding, Reachability } from '@breakwater/model';
import type { Facts, ModuleGraph, OpenSite } from '../../extractors/facts.ts';

/** At module level: `reachable` has the imports as its path, `unreachable` needs every site closed, everything else is `unknown`. */
export const reachability: Enricher<'reachability', Facts, 'moduleGraphs'> = {
  adds: 'reachability',
  after: [],
  // sources of packages may be fetched, but nothing is refused without a network: what is missing becomes unknown
  needs: { network: false, execution: 'none' },
  reads: ['moduleGraphs'],
  open: async ({ moduleGraphs }) => {
    const byManifest = new Map(moduleGraphs.map((graph) => [graph.manifest, graph]));
    return async (finding) => {
      const asked = placesOf(finding, byManifest);
      return asked === undefined ? undefined : judge(asked.graph, asked.places);
    };
  },
};

const NPM = 'pkg:npm/';

interface Asked {
  readonly graph: ModuleGraph;
  readonly places: readonly string[];
}

/** The finding stands for the versions of one line in one lockfile; its locations name each, and each may lie at several places. */
const placesOf = ({ component, locations }: Finding, graphs: ReadonlyMap<string, ModuleGraph>): Asked | undefined => {
  if (component?.purl.startsWith(NPM) !== true) return undefined;
  const cut = component.bomRef.indexOf('#');
  const [manifest, place] = cut < 0 ? [locations[0].uri, ''] : [component.bomRef.slice(0, cut), component.bomRef.slice(cut + 1)];
  const graph = graphs.get(manifest);
  if (graph === undefined) return undefined;
  const own = [...graph.places.values()].find((places) => places.includes(place)) ?? [];
  const named = [nameAndVersion(component.purl), ...locations.map((location) => location.fullyQualifiedName ?? '')];
  return { graph, places: [...new Set([...own, ...named.flatMap((name) => graph.places.get(name) ?? [])])] };
};

/** `pkg:npm/%40scope/name@1.0.0?x` → `@scope/name@1.0.0` */
const nameAndVersion = (purl: string): string => {
  const bare = purl.slice(NPM.length).split(/[?#]/)[0] ?? '';
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
};

const judge = (graph: ModuleGraph, places: readonly string[]): Reachability => {
  for (const place of places) {
    const path = graph.loaded.get(place);
    if (path !== undefined) return { status: 'reachable', granularity: 'module', path, because: [] };
  }
  if (graph.inconclusive !== undefined) return unknown([graph.inconclusive]);
  const sites = places.flatMap((place) => graph.maybe.get(place) ?? []);
  if (sites.length > 0) return unknown(listed([...new Set(sites)]));
  // a place that the graph does not know was not looked at
  if (places.length === 0) return unknown(['the lockfile does not have this package']);
  return { status: 'unreachable', granularity: 'module', because: certificate(graph) };
};

const unknown = (because: readonly string[]): Reachability => ({ status: 'unknown', granularity: 'module', because });

const MOST_SITES = 8;

const listed = (sites: readonly OpenSite[]): readonly string[] => {
  const more = sites.length - MOST_SITES;
  return [...sites.slice(0, MOST_SITES).map(shown), ...(more > 0 ? [`and ${more} more open ${more === 1 ? 'site' : 'sites'}`] : [])];
};

const shown = ({ location, what }: OpenSite): string => {
  const line = location.region === undefined ? '' : `:${location.region.startLine}`;
  const holder = location.fullyQualifiedName === undefined ? '' : `${location.fullyQualifiedName} `;
  return `${holder}${location.uri}${line} ${what}`;
};

/** What a reader can check: where it starts, how much was followed, and what was taken on trust. */
const certificate = ({ entries, modules, loaded, open, relied }: ModuleGraph): readonly string[] => {
  const number = new Intl.NumberFormat('en-US');
  return [
    `no import leads to it from ${entries.map((entry) => entry.uri).join(', ')}`,
    `${number.format(modules)} modules followed, ${number.format(loaded.size)} packages loaded, ${open.length === 0 ? '0 open sites' : `${open.length} open sites, none of which can load it`}`,
    ...relied,
  ];
};
