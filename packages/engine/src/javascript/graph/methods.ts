/**
 * Calls of a property of an object that is not known: every function that is stored under the name anywhere may be called.
 * Calls and functions meet in one place for each name, so that cost is their sum and not their product.
 */
import type { Flow } from './flow.ts';

/** Arguments that are told apart; those beyond share a place. */
export const ARGUMENTS = 8;

export interface Method {
  /** As a place in the call edges. */
  readonly id: number;
  /** First of ARGUMENTS nodes, then one for all further arguments. */
  readonly args: number;
  readonly result: number;
}

export class Methods {
  readonly #flow: Flow;
  readonly #byName = new Map<number, Method>();
  readonly #firstId: number;
  readonly #onNew: (name: number, method: Method) => void;

  /** `onNew`: called once for each name that is called. */
  constructor(flow: Flow, firstId: number, onNew: (name: number, method: Method) => void) {
    this.#flow = flow;
    this.#firstId = firstId;
    this.#onNew = onNew;
  }

  of(name: number): Method {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const made: Method = { id: this.#firstId + name, args: this.#flow.nodes(ARGUMENTS + 1), result: this.#flow.node() };
    this.#byName.set(name, made);
    this.#onNew(name, made);
    return made;
  }
}
