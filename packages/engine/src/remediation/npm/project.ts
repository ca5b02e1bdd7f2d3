/** One npm project while it is planned: its lockfile and manifests, and a draft of changes laid over them. */

import type { JsonObject } from '../json/plain.ts';
import { isObject, member, textMember } from '../json/plain.ts';
import type { Edge, EdgeKind, LockedPackage, Lockfile } from './lockfile.ts';
import { edgesFrom, edgesNamed, isImporter, nameOfPlace, resolvePlace } from './lockfile.ts';
import { rangeFor } from './range.ts';
import type { Release } from './registry.ts';

export interface Project {
  readonly lock: Lockfile;
  /** The project's own package.json files by place; `''` is the root. */
  readonly manifests: ReadonlyMap<string, JsonObject>;
  /** Place → what asks for it. */
  readonly askedBy: ReadonlyMap<string, readonly Edge[]>;
}

/** An edit of one string in a package.json. */
export interface RangeEdit {
  readonly from: string;
  readonly kind: EdgeKind | 'overrides';
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface Draft {
  /** Place → the version that shall stand there. */
  readonly chosen: ReadonlyMap<string, Release>;
  readonly ranges: ReadonlyMap<string, RangeEdit>;
}

export type Demand = Omit<Edge, 'kind'> & { readonly kind: RangeEdit['kind'] };

export const EMPTY: Draft = { chosen: new Map(), ranges: new Map() };

/** Manifests that the lockfile names but that are not given are taken as the lockfile recorded them. */
export const openProject = (lock: Lockfile, given: ReadonlyMap<string, JsonObject>): Project => {
  const importers = [...lock.packages.values()].filter((pkg) => isImporter(pkg.place));
  const manifests = new Map(importers.map((pkg) => [pkg.place, given.get(pkg.place) ?? pkg.entry]));
  const askedBy = new Map<string, Edge[]>();
  for (const pkg of lock.packages.values()) {
    if (pkg.link) continue;
    for (const edge of edgesFrom(pkg.place, manifests.get(pkg.place) ?? pkg.entry)) {
      const to = resolvePlace(lock.packages, edge.from, edge.name);
      if (to !== undefined) askedBy.set(to, [...(askedBy.get(to) ?? []), edge]);
    }
  }
  return { lock, manifests, askedBy };
};

/** `undefined` when the draft leaves the place as it is and the lockfile gives no version. */
export const versionAt = (project: Project, draft: Draft, place: string): string | undefined =>
  draft.chosen.get(place)?.version ?? project.lock.packages.get(place)?.version;

const keyOf = (edge: Pick<RangeEdit, 'from' | 'kind' | 'name'>): string => `${edge.from}\0${edge.kind}\0${edge.name}`;

export const withRange = (draft: Draft, demand: Demand, version: string): Draft => {
  const before = draft.ranges.get(keyOf(demand))?.before ?? demand.range;
  const edit: RangeEdit = { from: demand.from, kind: demand.kind, name: demand.name, before, after: rangeFor(before, version) };
  return { ...draft, ranges: new Map([...draft.ranges, [keyOf(demand), edit]]) };
};

export const withChoice = (draft: Draft, place: string, release: Release): Draft => ({
  ...draft,
  chosen: new Map([...draft.chosen, [place, release]]),
});

/** What the manifest at a place asks for, as the draft would have it. */
export const demandsFrom = (project: Project, draft: Draft, place: string): readonly Edge[] =>
  edgesFrom(place, manifestAt(project, draft, place)).map((edge) => inDraft(draft, edge));

const manifestAt = (project: Project, draft: Draft, place: string): JsonObject =>
  draft.chosen.get(place)?.manifest ?? project.manifests.get(place) ?? project.lock.packages.get(place)?.entry ?? {};

const inDraft = <E extends Demand>(draft: Draft, edge: E): E => ({ ...edge, range: draft.ranges.get(keyOf(edge))?.after ?? edge.range });

/** Everything that asks for the package at a place. An override of the root replaces what other packages ask (npm's `overrides`). */
export const demandsOn = (project: Project, draft: Draft, pkg: LockedPackage): readonly Demand[] => {
  const asked = nameOfPlace(pkg.place);
  const kept = (project.askedBy.get(pkg.place) ?? []).filter((edge) => !draft.chosen.has(edge.from));
  const moved = [...draft.chosen].flatMap(([from, release]) =>
    edgesNamed(from, release.manifest, asked).filter(() => resolvePlace(project.lock.packages, from, asked) === pkg.place),
  );
  const all: readonly Demand[] = [...kept, ...moved].map((edge) => inDraft(draft, edge));
  const override = overrideOf(project, pkg.name);
  if (override.kind !== 'whole') return all;
  const own = all.filter((edge) => isImporter(edge.from));
  if (override.spec.startsWith('$')) return own;
  return [...own, inDraft(draft, { from: '', kind: 'overrides', name: pkg.name, range: override.spec, optional: false })];
};

/** How the root's `overrides` speak of a name: not at all, as one text for the whole tree, or in a way that only npm can evaluate. */
export const overrideOf = (
  project: Project,
  name: string,
): { readonly kind: 'none' | 'scoped' } | { readonly kind: 'whole'; readonly spec: string } => {
  const overrides = member(project.manifests.get(''), 'overrides');
  if (!isObject(overrides)) return { kind: 'none' };
  const { [name]: whole, ...rest } = overrides;
  if (mentions(rest, name)) return { kind: 'scoped' };
  const spec = textMember(overrides, name);
  if (spec !== undefined) return { kind: 'whole', spec };
  return { kind: whole === undefined ? 'none' : 'scoped' };
};

const mentions = (overrides: JsonObject, name: string): boolean =>
  Object.entries(overrides).some(
    ([key, value]) => key === name || key.startsWith(`${name}@`) || (isObject(value) && mentions(value, name)),
  );
