/** Who hands control to whom, and the shortest way from a start. Ids below `functions` are functions, above are names that are called. */

interface Edge {
  readonly from: number;
  readonly line: number;
}

export class Edges {
  readonly #out = new Map<number, { readonly to: number; readonly line: number }[]>();
  readonly #seen = new Set<number>();
  readonly #most: number;
  #ways: Map<number, Edge> | undefined;

  /** `most`: larger than any id. */
  constructor(most: number) {
    this.#most = most;
  }

  add(from: number, to: number, line: number): void {
    const key = from * this.#most + to;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const known = this.#out.get(from);
    if (known === undefined) this.#out.set(from, [{ to, line }]);
    else known.push({ to, line });
  }

  /** Edges from a start to `to`, in order; undefined = there is no way. */
  path(starts: readonly number[], to: number): readonly Edge[] | undefined {
    this.#ways ??= this.#search(starts);
    const path: Edge[] = [];
    for (let at = to; ; ) {
      const way = this.#ways.get(at);
      if (way === undefined) return undefined;
      if (way.from === START) return path.reverse();
      path.push(way);
      at = way.from;
    }
  }

  #search(starts: readonly number[]): Map<number, Edge> {
    const ways = new Map<number, Edge>(starts.map((start) => [start, { from: START, line: 0 }]));
    const queue = [...starts];
    for (let at = 0; at < queue.length; at += 1) {
      const from = queue[at] ?? START;
      for (const { to, line } of this.#out.get(from) ?? []) {
        if (ways.has(to)) continue;
        ways.set(to, { from, line });
        queue.push(to);
      }
    }
    return ways;
  }
}

const START = -1;
