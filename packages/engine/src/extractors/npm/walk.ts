/** The projects of an npm lockfile as starts of the walk: the root and its local packages, whose own dependencies are direct ones. */
import type { Scope } from '../dependencies/format.ts';
import type { Arrival } from '../dependencies/walk.ts';
import { walk as walkFrom } from '../dependencies/walk.ts';
import type { LockEntry } from './entry.ts';
import type { Edge } from './resolve.ts';

export const scopeOfFlags = ({ dev, optional, devOptional }: LockEntry['flags']): Scope =>
  dev ? 'excluded' : optional || devOptional ? 'optional' : 'required';

/** The project and its local packages. */
export const isLocal = (place: string): boolean => !place.startsWith('node_modules/') && !place.includes('/node_modules/');

export interface Walkable {
  readonly entries: ReadonlyMap<string, LockEntry>;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
}

/** Every place that the project or a local package leads to; what is missing is extraneous. Deterministic: edges come sorted. */
export const walk = ({ entries, edges }: Walkable): ReadonlyMap<string, Arrival> => {
  const locals = [...entries.values()].filter((entry) => isLocal(entry.place)).sort((a, b) => (a.place < b.place ? -1 : 1));
  const roots = locals.map(({ place, flags }) => ({ place, scope: scopeOfFlags(flags) }));
  return walkFrom({ roots, edges, isLocal });
};
