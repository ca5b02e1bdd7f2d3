/** Where a vulnerable version is: every place of one version in one manifest that ships is one occurrence, those that do not another; a line can be joined. */
import type { DependencyGraph, Package } from '../../../extractors/facts.ts';
import { byKeys } from '../../../lib/order.ts';

export interface Occurrence {
  readonly manifest: string;
  readonly ecosystem: Package['ecosystem'];
  readonly name: string;
  readonly version: string;
  /** Shallowest first, then by name. */
  readonly places: readonly [Package, ...Package[]];
}

/** One package in one graph: its name means nothing without its ecosystem. */
export interface PackageOccurrences {
  readonly ecosystem: Package['ecosystem'];
  readonly name: string;
  /** Its versions, the one with the shallowest place first. */
  readonly occurrences: readonly Occurrence[];
}

const SCOPES: readonly Package['scope'][] = ['required', 'optional', 'excluded'];

/** In a tree of folders a place is as deep as its folders; elsewhere as its way in is long. */
const folderDepth = ({ ecosystem, place }: Package): number => (ecosystem === 'npm' ? place.split('node_modules/').length : 1);

const byPlace = byKeys<Package>(
  folderDepth,
  (p) => (p.place.includes('node_modules/') ? 0 : p.path.length),
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

const grouped = <T>(items: Iterable<T>, keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known === undefined) groups.set(keyOf(item), [item]);
    else known.push(item);
  }
  return [...groups.values()];
};

const occurrenceOf = (manifest: string, places: readonly [Package, ...Package[]]): Occurrence => {
  const [{ ecosystem, name, version }] = places;
  return { manifest, ecosystem, name, version, places };
};

export const occurrencesOf = ({ manifest, packages }: DependencyGraph): readonly PackageOccurrences[] => {
  const sorted = [...packages].sort(byPlace);
  const versions = grouped(sorted, (p) => `${p.ecosystem}\0${p.name}\0${p.version}\0${p.scope === 'excluded'}`);
  const occurrences = versions.map((places) => occurrenceOf(manifest, places));
  return grouped(occurrences, ({ ecosystem, name }) => `${ecosystem}\0${name}`).map((found) => {
    const [{ ecosystem, name }] = found;
    return { ecosystem, name, occurrences: found };
  });
};
