/** Where the package of a finding lies in a lockfile, and the module graph that was made from it. */
import type { Finding } from '@breakwater/model';
import type { ModuleGraph } from '../../extractors/facts.ts';

const NPM = 'pkg:npm/';

export interface Asked {
  readonly graph: ModuleGraph;
  readonly name: string;
  readonly places: readonly string[];
}

/** The finding stands for the versions of one line in one lockfile; its locations name each, and each may lie at several places. */
export const placesOf = ({ component, locations }: Finding, graphs: ReadonlyMap<string, ModuleGraph>): Asked | undefined => {
  if (component?.purl.startsWith(NPM) !== true) return undefined;
  const cut = component.bomRef.indexOf('#');
  const [manifest, place] = cut < 0 ? [locations[0].uri, ''] : [component.bomRef.slice(0, cut), component.bomRef.slice(cut + 1)];
  const graph = graphs.get(manifest);
  if (graph === undefined) return undefined;
  const version = nameAndVersion(component.purl);
  const own = [...graph.places.values()].find((places) => places.includes(place)) ?? [];
  const named = [version, ...locations.map((location) => location.fullyQualifiedName ?? '')];
  const places = [...new Set([...own, ...named.flatMap((name) => graph.places.get(name) ?? [])])];
  return { graph, name: version.slice(0, version.lastIndexOf('@')), places };
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
