/** Where a vulnerable version is: every place of one version in one lockfile that ships is one occurrence, those that do not another; a line can be joined. */
import type { DependencyGraph, Package } from '../../../extractors/facts.ts';
import { byKeys } from '../../../lib/order.ts';

export interface Occurrence {
  readonly manifest: string;
  readonly name: string;
  readonly version: string;
  /** Shallowest first, then by name. */
  readonly places: readonly [Package, ...Package[]];
}

const SCOPES: readonly Package['scope'][] = ['required', 'optional', 'excluded'];

const depthOf = (place: string): number => place.split('node_modules/').length;

const byPlace = byKeys<Package>(
  (p) => depthOf(p.place),
  (p) => p.place,
);

/** The place that weighs most: required before optional, then the shallowest. */
export const strongestPlace = ({ places }: Occurrence): Package => {
  const [first] = places;
  return places.reduce((best, p) => (SCOPES.indexOf(p.scope) < SCOPES.indexOf(best.scope) ? p : best), first);
};

/** Development dependencies do not. */
export const ships = (occurrence: Occurrence): boolean => strongestPlace(occurrence).scope !== 'excluded';

/** Versions of one line as one: the places of all, the version of the strongest. At least one. */
export const joined = (found: readonly Occurrence[]): Occurrence => {
  const [first, ...rest] = found.flatMap((occurrence) => occurrence.places).sort(byPlace);
  const [one] = found;
  if (first === undefined || one === undefined) throw new Error('nothing to join');
  const all: Occurrence = { ...one, places: [first, ...rest] };
  return { ...all, version: strongestPlace(all).version };
};

/** Versions of one package in one graph, the one with the shallowest place first. */
export const occurrencesOf = (graph: DependencyGraph): ReadonlyMap<string, readonly Occurrence[]> => {
  const byVersion = new Map<string, Occurrence>();
  for (const item of [...graph.packages].sort(byPlace)) {
    const { name, version } = item;
    const key = `${name}\0${version}\0${item.scope === 'excluded'}`;
    const known = byVersion.get(key);
    byVersion.set(key, { manifest: graph.manifest, name, version, places: known === undefined ? [item] : [...known.places, item] });
  }
  const byName = new Map<string, Occurrence[]>();
  for (const occurrence of byVersion.values()) {
    const known = byName.get(occurrence.name);
    if (known === undefined) byName.set(occurrence.name, [occurrence]);
    else known.push(occurrence);
  }
  return byName;
};
