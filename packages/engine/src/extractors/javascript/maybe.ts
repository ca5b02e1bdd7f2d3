/** Which packages an open site may load, and what those may load in turn: everything that Node would find from there. */
import type { OpenSite } from '../facts.ts';
import type { Unit, World } from './world.ts';

/** A site with the folder that its names are looked up from, and the units it is known to be limited to. */
export interface OpenEnd {
  readonly site: OpenSite;
  readonly folder: string;
  readonly limited?: readonly Unit[];
}

/** By unit key, without those of `loaded`. A package that may be loaded was not read: it may load whatever it can see. */
export const maybeLoaded = (
  world: World,
  ends: readonly OpenEnd[],
  loaded: ReadonlySet<string>,
): ReadonlyMap<string, readonly OpenSite[]> => {
  const found = new Map<string, OpenSite[]>();
  const closures = new Map<string, readonly Unit[]>();
  for (const { site, folder, limited } of ends) {
    const start = limited ?? world.mayLoad(folder);
    const key = start.map((unit) => unit.key).join('\n');
    const all = closures.get(key) ?? closure(world, start, loaded);
    closures.set(key, all);
    for (const unit of all) {
      const known = found.get(unit.key);
      if (known === undefined) found.set(unit.key, [site]);
      else known.push(site);
    }
  }
  return found;
};

const closure = (world: World, start: readonly Unit[], loaded: ReadonlySet<string>): readonly Unit[] => {
  const found = new Map<string, Unit>();
  const seenHolders = new Set<string>();
  const pending = [...start];
  for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
    if (loaded.has(unit.key) || found.has(unit.key)) continue;
    found.set(unit.key, unit);
    pending.push(...world.newlyResolvable(unit.key, seenHolders));
  }
  return [...found.values()];
};
