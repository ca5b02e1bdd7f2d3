/**
 * Sets of values that flow along edges between nodes, each value once over each edge. A node that has many functions hands on one
 * value for all of them, and one that has many objects says that it has some: so that cost grows with the program, not its square.
 */
import { isFunction, isObject, SOME_FUNCTION, SOME_OBJECT } from './values.ts';

export type Hook = (value: number) => void;

interface State {
  readonly has: Set<number>;
  /** In the order in which they came; the first `done` of them were handed on. */
  readonly values: number[];
  done: number;
  functions: number;
  objects: number;
  /** How many of the values went to the crowd. */
  spilled: number;
  readonly next: number[];
  readonly hooks: Hook[];
}

/** Functions and objects that a node hands on one by one: more tell more, and cost more. */
export interface Limits {
  readonly functions: number;
  readonly objects: number;
}

export const FINE: Limits = { functions: 24, objects: 8 };
export const COARSE: Limits = { functions: 6, objects: 2 };

export class Flow {
  readonly #states: (State | undefined)[] = [];
  readonly #pending: number[] = [];
  /** Nodes that keep no objects. */
  readonly #withoutObjects = new Set<number>();
  #steps: number;
  readonly #limits: Limits;
  #nodes = 0;

  /** `budget`: how many times a value may be handed on. */
  constructor(budget: number, limits: Limits) {
    this.#steps = budget;
    this.#limits = limits;
    this.crowd = this.node();
  }

  /** The budget is used up: sets are smaller than they should be. */
  get exhausted(): boolean {
    return this.#steps <= 0;
  }

  node(): number {
    return this.nodes(1);
  }

  /** The first of `count` nodes in a row. */
  nodes(count: number): number {
    this.#nodes += count;
    return this.#nodes - count;
  }

  keepFunctionsOnly(node: number): void {
    this.#withoutObjects.add(node);
  }

  isEmpty(node: number): boolean {
    return (this.#states[node]?.values.length ?? 0) === 0;
  }

  /** Has every function that is not handed on by itself. */
  readonly crowd: number;

  add(node: number, value: number): void {
    const state = this.#state(node);
    if (state.has.has(value)) return;
    if ((isObject(value) || value === SOME_OBJECT) && this.#withoutObjects.has(node)) return;
    if (isObject(value)) {
      state.objects += 1;
      if (state.objects > this.#limits.objects) {
        if (state.objects === this.#limits.objects + 1) this.#take(node, state, SOME_OBJECT);
        return;
      }
    }
    this.#take(node, state, value);
    if (isFunction(value)) {
      state.functions += 1;
      if (state.functions > this.#limits.functions && state.next.length > 0) this.#spill(node, state);
    }
  }

  /** Its functions go where all go that are too many. */
  #spill(node: number, state: State): void {
    if (node === this.crowd) return;
    for (; state.spilled < state.values.length; state.spilled += 1) {
      const value = state.values[state.spilled] ?? 0;
      if (isFunction(value)) this.add(this.crowd, value);
    }
    this.#take(node, state, SOME_FUNCTION);
  }

  #take(node: number, state: State, value: number): void {
    if (state.has.has(value)) return;
    state.has.add(value);
    if (state.values.length === state.done) this.#pending.push(node);
    state.values.push(value);
  }

  edge(from: number, to: number): void {
    if (from === to) return;
    const state = this.#state(from);
    state.next.push(to);
    this.#steps -= 1;
    if (state.functions > this.#limits.functions) this.#spill(from, state);
    this.#send(state, to, 0, state.done);
  }

  /** Calls the hook once for each value that the node has or will have. */
  each(node: number, hook: Hook): void {
    const { values, done, hooks } = this.#state(node);
    hooks.push(hook);
    this.#steps -= 1 + done;
    for (let at = 0; at < done; at += 1) hook(values[at] ?? 0);
  }

  /** Until nothing moves any more, or the budget ends. */
  run(): void {
    for (let node = this.#pending.pop(); node !== undefined && this.#steps > 0; node = this.#pending.pop()) {
      const state = this.#state(node);
      const from = state.done;
      // what is added meanwhile sees these values as done, and gets them from `edge` or `each`
      state.done = state.values.length;
      this.#handOn(state, from, state.done);
    }
  }

  #handOn(state: State, from: number, to: number): void {
    const { next, hooks, values } = state;
    const [edges, calls] = [next.length, hooks.length];
    for (let each = 0; each < edges; each += 1) this.#send(state, next[each] ?? 0, from, to);
    this.#steps -= (to - from) * (1 + calls);
    for (let at = from; at < to; at += 1) for (let each = 0; each < calls; each += 1) hooks[each]?.(values[at] ?? 0);
  }

  /** Values from index `from` on, without the functions when there are too many. */
  #send({ values, functions }: State, target: number, from: number, to: number): void {
    const isCrowded = functions > this.#limits.functions;
    for (let at = from; at < to; at += 1) {
      const value = values[at] ?? 0;
      if (isCrowded && isFunction(value)) continue;
      this.#steps -= 1;
      this.add(target, value);
    }
  }

  #state(node: number): State {
    const known = this.#states[node];
    if (known !== undefined) return known;
    const made: State = { has: new Set(), values: [], done: 0, functions: 0, objects: 0, spilled: 0, next: [], hooks: [] };
    this.#states[node] = made;
    return made;
  }
}
