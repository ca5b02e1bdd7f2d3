/** Edges between packages that advisories can speak about, stepping through those that they cannot (git, folders). */
import type { Edge, EdgeKind } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';

export interface Link {
  readonly name: string;
  /** Index of the node. */
  readonly to: number;
  readonly kind: EdgeKind;
}

export interface Node {
  /** Of the entry; absent: it is none, and is stepped through unless `stops`. */
  readonly place?: string;
  /** A project of its own, whose dependencies count for itself. */
  readonly stops?: boolean;
  readonly links: readonly Link[];
}

/** Real lockfiles need fewer than 100,000. */
const STEPS = 2_000_000;

const RANK: Readonly<Record<EdgeKind, number>> = { prod: 0, optional: 1, dev: 2 };

const STRONGEST: readonly EdgeKind[] = ['prod', 'optional', 'dev'];

export class Stepper {
  readonly #nodes: readonly Node[];
  #steps = 0;

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  /** Strongest first, each place once; as weak as the weakest edge on the way. Throws ManifestError over the budget. */
  edgesOf(from: number): readonly Edge[] {
    const found = new Map<string, Edge>();
    const passed = new Set<number>([from]);
    for (const strength of STRONGEST) {
      // what is newly passed is walked in the same round; a weaker round asks all of them again
      for (const at of passed) this.#take(at, from, strength, found, passed);
    }
    return [...found.values()];
  }

  #take(at: number, from: number, strength: EdgeKind, found: Map<string, Edge>, passed: Set<number>): void {
    for (const { name, to, kind } of this.#nodes[at]?.links ?? []) {
      this.#step();
      const node = this.#nodes[to];
      if (node === undefined || to === from || RANK[kind] > RANK[strength]) continue;
      if (node.place === undefined) {
        if (node.stops !== true) passed.add(to);
      } else if (!found.has(node.place)) found.set(node.place, { name, to: node.place, kind: strength });
    }
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > STEPS) throw new ManifestError('expected fewer dependencies: following them takes too long');
  }
}
