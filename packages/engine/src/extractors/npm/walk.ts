/** How each package comes in: the strongest scope that leads to it, and the shortest way within that scope. */
import type { Package } from '../facts.ts';
import type { EdgeKind, LockEntry } from './entry.ts';
import type { Edge } from './resolve.ts';

type Scope = Package['scope'];

export interface Arrival {
  readonly scope: Scope;
  /** Steps from the project; 1 = a direct dependency. */
  readonly depth: number;
  /** Names as in node_modules, from a direct dependency to this one. Of more than 64 steps some in the middle are left out. */
  readonly path: readonly string[];
}

/** Scopes from strong to weak, each with the kinds of edge that may lead into it. */
const TIERS: readonly { readonly scope: Scope; readonly kinds: readonly EdgeKind[] }[] = [
  { scope: 'required', kinds: ['prod'] },
  { scope: 'optional', kinds: ['prod', 'optional'] },
  { scope: 'excluded', kinds: ['prod', 'optional', 'dev'] },
];

/** A chain of 20,000 packages would otherwise cost 200 million names. */
const LONGEST = 64;

export const scopeOfFlags = ({ dev, optional, devOptional }: LockEntry['flags']): Scope =>
  dev ? 'excluded' : optional || devOptional ? 'optional' : 'required';

/** The project and its local packages: their own dependencies are direct ones. */
export const isLocal = (place: string): boolean => !place.startsWith('node_modules/') && !place.includes('/node_modules/');

const pathTo = (path: readonly string[], name: string): readonly string[] =>
  path.length < LONGEST ? [...path, name] : [path[0] ?? name, name];

export interface Walkable {
  readonly entries: ReadonlyMap<string, LockEntry>;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
}

/** Places by their distance from the project, filled while it is read. */
class Levels {
  readonly #levels: string[][] = [];

  add(place: string, depth: number): void {
    const level = this.#levels[depth] ?? [];
    level.push(place);
    this.#levels[depth] = level;
  }

  /** Nearest first; what is added at a greater depth meanwhile comes too. */
  *places(): Generator<string> {
    for (let depth = 0; depth < this.#levels.length; depth += 1) yield* this.#levels[depth] ?? [];
  }
}

/** Breadth first: everything known so far is asked again, because a weaker tier may follow more of its edges. */
const walkTier = ({ edges }: Walkable, tier: (typeof TIERS)[number], arrivals: Map<string, Arrival>): void => {
  const levels = new Levels();
  for (const [place, { depth }] of arrivals) levels.add(place, depth);
  for (const place of levels.places()) {
    const { depth, path } = arrivals.get(place) ?? { depth: 0, path: [] };
    for (const { to, name, kind } of edges.get(place) ?? []) {
      if (arrivals.has(to) || !tier.kinds.includes(kind)) continue;
      arrivals.set(to, { scope: tier.scope, depth: depth + 1, path: isLocal(to) ? [] : pathTo(path, name) });
      levels.add(to, depth + 1);
    }
  }
};

/** Every place that the project or a local package leads to; what is missing is extraneous. Deterministic: edges come sorted. */
export const walk = (graph: Walkable): ReadonlyMap<string, Arrival> => {
  const arrivals = new Map<string, Arrival>();
  const locals = [...graph.entries.values()].filter((entry) => isLocal(entry.place)).sort((a, b) => (a.place < b.place ? -1 : 1));
  for (const tier of TIERS) {
    for (const { place, flags } of locals) {
      if (scopeOfFlags(flags) === tier.scope && !arrivals.has(place)) arrivals.set(place, { scope: tier.scope, depth: 0, path: [] });
    }
    walkTier(graph, tier, arrivals);
  }
  return arrivals;
};
