/** Cuts the one walk over the target into one graph for each lockfile. */
import type { Location } from '@breakwater/model';
import { byKeys } from '../../lib/order.ts';
import type { DependencyGraph, FunctionGraph, ModuleGraph, OpenSite } from '../facts.ts';
import type { Closing } from './closing.ts';
import type { Entry } from './entries.ts';
import type { OpenEnd } from './maybe.ts';
import type { ModuleRef } from './resolve.ts';
import type { Traversal } from './traverse.ts';
import { MOST_MODULES } from './traverse.ts';
import { pathTo } from './ways.ts';
import type { World } from './world.ts';
import { folderOf } from './world.ts';

export interface Walked {
  readonly world: World;
  readonly graphs: readonly DependencyGraph[];
  readonly entries: readonly Entry[];
  readonly traversal: Traversal;
  readonly closing: Closing;
  readonly ends: readonly OpenEnd[];
  readonly maybe: ReadonlyMap<string, readonly OpenSite[]>;
  readonly callsOf: (keyOf: (place: string) => string) => FunctionGraph;
}

export const graphsFrom = (walked: Walked): readonly ModuleGraph[] => walked.graphs.map((graph) => graphFrom(walked, graph));

const graphFrom = ({ world, entries, traversal, closing, ends, maybe, callsOf }: Walked, graph: DependencyGraph): ModuleGraph => {
  const isHome = (folder: string): boolean => world.homes(folder).includes(graph);
  const isOurs = (ref: ModuleRef): boolean => (ref.unit === undefined ? isHome(folderOf(ref.path)) : ref.unit.graph === graph);
  const starts = entries.filter((entry) => (entry.modules.length > 0 ? entry.modules.some(isOurs) : isHome(folderOf(entry.at.uri))));
  const open = ends.filter((each) => isHome(each.folder)).map((each) => each.site);
  const keyOf = (place: string): string => world.at(graph, place)?.key ?? '';
  const loaded = new Map<string, readonly Location[]>();
  for (const { unit, way } of traversal.loaded.values()) if (unit.graph === graph) loaded.set(unit.item.place, pathTo(unit, way));
  const reason = inconclusive(starts.length > 0 || loaded.size > 0, traversal.exhausted);
  return {
    manifest: graph.manifest,
    entries: starts.map((entry) => entry.at),
    modules: traversal.visits.filter((visit) => isOurs(visit.ref)).length,
    loaded,
    maybe: new Map(graph.packages.flatMap(({ place }) => optional(place, maybe.get(keyOf(place))))),
    open: open.toSorted(
      byKeys(
        (site) => (site.place === undefined ? 0 : 1),
        (site) => site.place ?? '',
        (site) => site.location.uri,
        (site) => site.location.region?.startLine ?? 0,
      ),
    ),
    places: placesOf(graph),
    keyOf,
    calls: callsOf(keyOf),
    relied: [...new Set(closing.relied.filter(({ visit }) => isOurs(visit.ref)).map(({ text }) => text))].sort(),
    ...(reason === undefined ? {} : { inconclusive: reason }),
  };
};

const inconclusive = (started: boolean, exhausted: boolean): string | undefined => {
  if (exhausted) return `more than ${new Intl.NumberFormat('en-US').format(MOST_MODULES)} modules: the rest was not looked at`;
  return started ? undefined : 'no entry point found: name it under application.entries in breakwater.yaml';
};

const optional = (place: string, sites: readonly OpenSite[] | undefined): readonly [string, readonly OpenSite[]][] =>
  sites === undefined ? [] : [[place, sites]];

const placesOf = (graph: DependencyGraph): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { name, version, place } of graph.packages) {
    const key = `${name}@${version}`;
    const places = found.get(key);
    if (places === undefined) found.set(key, [place]);
    else places.push(place);
  }
  return found;
};
