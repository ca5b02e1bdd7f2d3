/**
 * Calls of which only a set of functions is known: all that are stored under a name anywhere, or all that a variable may have.
 * Calls and functions meet in one place for each set, so that cost is their sum and not their product.
 */
import type { Flow } from './flow.ts';

export interface Meeting {
  /** As a place in the call edges. */
  readonly id: number;
  /** Node with what the functions give back. */
  readonly result: number;
}

export class Meetings {
  readonly #flow: Flow;
  /** By the node that has the functions. */
  readonly #byNode = new Map<number, Meeting>();
  readonly #firstId: number;
  readonly #onNew: (node: number, meeting: Meeting) => void;

  /** `onNew`: called once for each set that is called. */
  constructor(flow: Flow, firstId: number, onNew: (node: number, meeting: Meeting) => void) {
    this.#flow = flow;
    this.#firstId = firstId;
    this.#onNew = onNew;
  }

  of(node: number): Meeting {
    const known = this.#byNode.get(node);
    if (known !== undefined) return known;
    const made: Meeting = { id: this.#firstId + this.#byNode.size, result: this.#flow.node() };
    this.#byNode.set(node, made);
    this.#onNew(node, made);
    return made;
  }
}
