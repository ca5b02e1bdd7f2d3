/** Who hands control to whom, and the surest way from a start. Ids below `functions` are functions, above are sets that are called. */

interface Edge {
  readonly from: number;
  readonly line: number;
}

/** How sure a call is: of a function that is known, of every function of a name, of something of which nothing is known. */
export const COST = { known: 1, named: 6, some: 7 } as const;

export class Edges {
  readonly #out = new Map<number, { readonly to: number; readonly line: number; readonly cost: number }[]>();
  /** What each edge costs at best so far. */
  readonly #seen = new Map<number, number>();
  #ways: Map<number, Edge> | undefined;
  /** Places to which every way has a call of which nothing is known. */
  readonly #unsure = new Set<number>();

  add(from: number, to: number, line: number, cost: number = COST.known): void {
    const key = from * MOST + to;
    // a call by name may turn out to be one of a function that is known: the cheaper edge stands beside the first
    if ((this.#seen.get(key) ?? Number.POSITIVE_INFINITY) <= cost) return;
    this.#seen.set(key, cost);
    const known = this.#out.get(from);
    if (known === undefined) this.#out.set(from, [{ to, line, cost }]);
    else known.push({ to, line, cost });
  }

  /** Edges from a start to `to`, in order; undefined = there is no way that `sure` allows: one without calls of which nothing is known. */
  path(starts: readonly number[], to: number, sure: boolean): readonly Edge[] | undefined {
    this.#ways ??= this.#search(starts);
    if (sure && this.#unsure.has(to)) return undefined;
    const path: Edge[] = [];
    for (let at = to; ; ) {
      const way = this.#ways.get(at);
      if (way === undefined) return undefined;
      if (way.from === START) return path.reverse();
      path.push(way);
      at = way.from;
    }
  }

  /** Along calls of which something is known as far as they lead, then once over the others, and so on. */
  #search(starts: readonly number[]): Map<number, Edge> {
    const ways = new Map<number, Edge>();
    let next: Due[] = starts.map((id) => ({ id, way: { from: START, line: 0 } }));
    for (let isSure = true; next.length > 0; isSure = false) next = this.#spread(ways, next, isSure);
    return ways;
  }

  /** Dijkstra's search; costs are small, so that what is due at each distance is kept in a list of its own. Gives what is left to others. */
  #spread(ways: Map<number, Edge>, first: readonly Due[], isSure: boolean): Due[] {
    const due: Due[][] = [[...first]];
    const left: Due[] = [];
    for (let distance = 0; distance < due.length; distance += 1) {
      for (const { id, way } of due[distance] ?? []) {
        if (ways.has(id)) continue;
        ways.set(id, way);
        if (!isSure) this.#unsure.add(id);
        this.#leave(id, distance, due, left);
      }
      due[distance] = [];
    }
    return left;
  }

  #leave(id: number, distance: number, due: Due[][], left: Due[]): void {
    for (const { to, line, cost } of this.#out.get(id) ?? []) {
      const item = { id: to, way: { from: id, line } };
      const at = distance + cost;
      if (cost === COST.some) left.push(item);
      else {
        const others = due[at];
        if (others === undefined) due[at] = [item];
        else others.push(item);
      }
    }
  }
}

interface Due {
  readonly id: number;
  readonly way: Edge;
}

const START = -1;
/** Larger than any id; its square is still exact. */
const MOST = 2 ** 26;
