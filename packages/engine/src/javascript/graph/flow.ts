/** Sets of values that flow along edges between nodes, each value once over each edge, within a budget of steps. */

export type Hook = (value: number) => void;

interface State {
  readonly has: Set<number>;
  /** In the order in which they came; the first `done` of them were handed on. */
  readonly values: number[];
  done: number;
  readonly next: number[];
  readonly hooks: Hook[];
}

export class Flow {
  readonly #states: (State | undefined)[] = [];
  readonly #pending: number[] = [];
  #steps: number;
  #nodes = 0;

  /** `budget`: how many times a value may be handed on. */
  constructor(budget: number) {
    this.#steps = budget;
  }

  /** The budget is used up: sets are smaller than they should be. */
  get exhausted(): boolean {
    return this.#steps <= 0;
  }

  /** Steps that are left. */
  get left(): number {
    return this.#steps;
  }

  node(): number {
    return this.nodes(1);
  }

  /** The first of `count` nodes in a row. */
  nodes(count: number): number {
    this.#nodes += count;
    return this.#nodes - count;
  }

  isEmpty(node: number): boolean {
    return (this.#states[node]?.values.length ?? 0) === 0;
  }

  add(node: number, value: number): void {
    const state = this.#state(node);
    if (state.has.has(value)) return;
    state.has.add(value);
    if (state.values.length === state.done) this.#pending.push(node);
    state.values.push(value);
  }

  edge(from: number, to: number): void {
    if (from === to) return;
    const { values, done, next } = this.#state(from);
    next.push(to);
    this.#steps -= done;
    for (let at = 0; at < done; at += 1) this.add(to, values[at] ?? 0);
  }

  /** Calls the hook once for each value that the node has or will have. */
  each(node: number, hook: Hook): void {
    const { values, done, hooks } = this.#state(node);
    hooks.push(hook);
    this.#steps -= done;
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

  #handOn({ values, next, hooks }: State, from: number, to: number): void {
    const [edges, calls] = [next.length, hooks.length];
    this.#steps -= (to - from) * (1 + edges + calls);
    for (let at = from; at < to; at += 1) {
      const value = values[at] ?? 0;
      for (let each = 0; each < edges; each += 1) this.add(next[each] ?? 0, value);
      for (let each = 0; each < calls; each += 1) hooks[each]?.(value);
    }
  }

  #state(node: number): State {
    const known = this.#states[node];
    if (known !== undefined) return known;
    const made: State = { has: new Set(), values: [], done: 0, next: [], hooks: [] };
    this.#states[node] = made;
    return made;
  }
}
