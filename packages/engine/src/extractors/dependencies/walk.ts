/** How each package comes in: the strongest scope that leads to it, and the shortest way within that scope. */
import type { Edge, EdgeKind, Scope } from './format.ts';

export interface Arrival {
  readonly scope: Scope;
  /** Steps from the project; 1 = a direct dependency. */
  readonly depth: number;
  /** Names as the dependents call them, from a direct dependency to this one. Of more than 64 steps some in the middle are left out. */
  readonly path: readonly string[];
}

export interface Walkable {
  /** The projects themselves, in order; they have depth 0. */
  readonly roots: readonly { readonly place: string; readonly scope: Scope }[];
  /** Of every place, each list sorted by name, so that the walk is deterministic. */
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  /** A project's own package: the way starts anew at it. */
  readonly isLocal: (place: string) => boolean;
}

/** Scopes from strong to weak, each with the kinds of edge that may lead into it. */
const TIERS: readonly { readonly scope: Scope; readonly kinds: readonly EdgeKind[] }[] = [
  { scope: 'required', kinds: ['prod'] },
  { scope: 'optional', kinds: ['prod', 'optional'] },
  { scope: 'excluded', kinds: ['prod', 'optional', 'dev'] },
];

/** A chain of 20,000 packages would otherwise cost 200 million names. */
const LONGEST = 64;

const pathTo = (path: readonly string[], name: string): readonly string[] =>
  path.length < LONGEST ? [...path, name] : [path[0] ?? name, name];

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
const walkTier = ({ edges, isLocal }: Walkable, tier: (typeof TIERS)[number], arrivals: Map<string, Arrival>): void => {
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

/** Every place that a root leads to; what is missing is extraneous. */
export const walk = (graph: Walkable): ReadonlyMap<string, Arrival> => {
  const arrivals = new Map<string, Arrival>();
  for (const tier of TIERS) {
    for (const { place, scope } of graph.roots) {
      if (scope === tier.scope && !arrivals.has(place)) arrivals.set(place, { scope, depth: 0, path: [] });
    }
    walkTier(graph, tier, arrivals);
  }
  return arrivals;
};
