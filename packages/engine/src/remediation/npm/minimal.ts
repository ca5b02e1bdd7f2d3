/** Keeps only those changes of a lockfile that follow from the plan; what a resolver touched besides is put back where that is sound. */

import type { Json, JsonObject } from '../json/plain.ts';
import { fromEntries, isObject, member, mergeChanges, same } from '../json/plain.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import { edgesFrom, isImporter, readLockfile, resolvePlace } from './lockfile.ts';
import type { Draft } from './project.ts';
import { admits, isPlainRange } from './range.ts';

/** `value` with every unrelated entry as it was, when no demand is broken by that; `value` itself otherwise. */
export const onlyRelated = (old: Lockfile, value: JsonObject, draft: Draft): JsonObject => {
  const next = readLockfile(JSON.stringify(value));
  const related = downstream([old, next], draft);
  const changed = [...new Set([...old.packages.keys(), ...next.packages.keys()])].filter(
    (place) => !isImporter(place) && !related.has(place) && !same(old.packages.get(place)?.entry, next.packages.get(place)?.entry),
  );
  if (changed.length === 0) return value;
  const restored = { ...value, packages: restore(old, value, new Set(changed)) ?? {} };
  const known = broken(old.packages);
  const sound = [...broken(readLockfile(JSON.stringify(restored)).packages)].every((edge) => known.has(edge));
  // Version 2 mirrors the entries in a second tree that only npm can write: there its own result stands.
  return sound && old.version === 3 ? restored : value;
};

const restore = (old: Lockfile, value: JsonObject, places: ReadonlySet<string>): Json | undefined => {
  const packages = member(value, 'packages');
  const next = new Map(isObject(packages) ? Object.entries(packages) : []);
  for (const place of places) {
    const before = old.packages.get(place);
    if (before === undefined) next.delete(place);
    else next.set(place, before.entry);
  }
  const mine = member(old.value, 'packages');
  return mergeChanges(mine, mine, fromEntries(next));
};

/** Names that the changed manifests lead to, before or after: their places may change. */
const downstream = (locks: readonly Lockfile[], draft: Draft): ReadonlySet<string> => {
  const seen = new Set<string>();
  const queue = [...draft.chosen.keys(), ...[...draft.ranges.values()].flatMap((edit) => rangePlaces(locks, edit.from, edit.name))];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (seen.has(place)) continue;
    seen.add(place);
    for (const { packages } of locks) {
      for (const edge of edgesFrom(place, packages.get(place)?.entry ?? {})) queue.push(...nextPlaces(packages, place, edge.name));
    }
  }
  return seen;
};

const rangePlaces = (locks: readonly Lockfile[], from: string, name: string): readonly string[] =>
  locks.flatMap(({ packages }) => nextPlaces(packages, from, name));

const nextPlaces = (packages: ReadonlyMap<string, LockedPackage>, from: string, name: string): readonly string[] => {
  const to = resolvePlace(packages, from, name);
  return to === undefined || isImporter(to) ? [] : [to];
};

/** Demands that nothing meets; a lockfile may have some before we come. */
const broken = (packages: ReadonlyMap<string, LockedPackage>): ReadonlySet<string> => {
  const edges = [...packages.values()].filter((pkg) => !pkg.link).flatMap((pkg) => edgesFrom(pkg.place, pkg.entry));
  return new Set(
    edges.flatMap((edge) => {
      const to = resolvePlace(packages, edge.from, edge.name);
      const version = to === undefined ? undefined : packages.get(to)?.version;
      const met = to === undefined ? edge.optional : version === undefined || !isPlainRange(edge.range) || admits(edge.range, version);
      return met ? [] : [`${edge.from}\0${edge.name}\0${edge.range}`];
    }),
  );
};
