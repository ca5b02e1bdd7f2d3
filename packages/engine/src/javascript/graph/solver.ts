/**
 * The call graph of a program, on purpose larger than what runs: functions are followed through variables, arguments, results and
 * properties; a property of an unknown object is every property of that name. Only what is reached is looked at.
 */
import { CALL, NONE, OP } from '../calls/call-facts.ts';
import { Calling } from './calling.ts';
import { Edges } from './edges.ts';
import { COARSE, FINE, Flow } from './flow.ts';
import { Heap } from './heap.ts';
import type { CallGraph, FunctionRef, GraphModule, Start, Step } from './program.ts';
import { Space } from './space.ts';
import { functionValue } from './values.ts';

export const BUDGET = 60_000_000;
/** Functions of a program from which on fewer are told apart, so that it ends within the budget. */
const LARGE = 25_000;

/** `budget`: steps of the flow of values; when they end, `exhausted` is set and what was not reached means nothing. */
export const callGraphOf = (modules: readonly GraphModule[], starts: readonly Start[], budget = BUDGET): CallGraph => {
  const solver = new Solver(modules, budget);
  solver.run(starts);
  return solver;
};

class Solver implements CallGraph {
  readonly #flow: Flow;
  readonly #space: Space;
  readonly #heap: Heap;
  readonly #calling: Calling;
  readonly #edges = new Edges();
  readonly #reached: Uint8Array;
  readonly #starts: number[] = [];
  readonly #pending: number[] = [];
  #count = 0;

  constructor(modules: readonly GraphModule[], budget: number) {
    const functions = modules.reduce((sum, module) => sum + module.facts.functions.length, 0);
    this.#flow = new Flow(budget, functions > LARGE ? COARSE : FINE);
    this.#space = new Space(this.#flow, modules);
    this.#heap = new Heap(this.#flow, this.#space);
    this.#reached = new Uint8Array(this.#space.functions);
    const reach = (fn: number): void => this.#reach(fn);
    this.#calling = new Calling({ flow: this.#flow, space: this.#space, heap: this.#heap, edges: this.#edges, reach });
  }

  get exhausted(): boolean {
    return this.#flow.exhausted;
  }

  get reached(): number {
    return this.#count;
  }

  get functions(): number {
    return this.#space.functions;
  }

  isReached({ module, fn }: FunctionRef): boolean {
    return this.#reached[this.#space.fn(module, fn)] === 1;
  }

  pathTo({ module, fn }: FunctionRef, sure: boolean): readonly Step[] | undefined {
    const path = this.#edges.path(this.#starts, this.#space.fn(module, fn), sure);
    const isSet = (id: number | undefined): boolean => id !== undefined && id >= this.#space.functions;
    return path?.flatMap(({ from, line }, at) => (isSet(from) ? [] : [{ in: this.#refOf(from), line, byName: isSet(path[at + 1]?.from) }]));
  }

  #refOf(fn: number): FunctionRef {
    return { module: this.#space.moduleOf(fn), fn: this.#space.localOf(fn) };
  }

  run(starts: readonly Start[]): void {
    for (const { module, exportsCalled } of starts) {
      const root = this.#space.fn(module, 0);
      this.#starts.push(root);
      this.#reach(root);
      if (exportsCalled) this.#calling.escapeExports(module, { fn: root, line: 1 });
    }
    do this.#settle();
    while (
      // what a call gives back may be what a lookup was missing
      !this.exhausted &&
      (this.#calling.fallBack(false) || this.#heap.fallBack() || this.#calling.fallBack(true))
    );
  }

  /** Functions that are reached bring operations, operations move values, values reach functions. */
  #settle(): void {
    do {
      for (let fn = this.#pending.pop(); fn !== undefined; fn = this.#pending.pop()) this.#enter(fn);
      this.#flow.run();
    } while (this.#pending.length > 0 && !this.exhausted);
  }

  #reach(fn: number): void {
    if (this.#reached[fn] === 1) return;
    this.#reached[fn] = 1;
    this.#count += 1;
    this.#pending.push(fn);
  }

  #enter(fn: number): void {
    const { ops } = this.#space.factsOf(fn);
    const module = this.#space.moduleOf(fn);
    if (this.#space.localOf(fn) === 0) for (const other of this.#space.modules[module]?.further ?? []) this.#runModule(fn, 1, other);
    for (let at = 0; at < ops.length; ) at += this.#operate(fn, module, ops, at);
  }

  #runModule(fn: number, line: number, module: number): void {
    const root = this.#space.fn(module, 0);
    this.#edges.add(fn, root, line);
    this.#reach(root);
  }

  /** One operation; gives its length. */
  #operate(fn: number, module: number, ops: readonly number[], at: number): number {
    const operand = (index: number): number => ops[at + index] ?? NONE;
    const node = (index: number): number => this.#nodeOf(module, operand(index));
    switch (ops[at]) {
      case OP.FUNCTION:
        this.#flow.add(node(1), functionValue(this.#space.fn(module, operand(2))));
        return 3;
      case OP.OBJECT:
        this.#flow.add(node(1), this.#space.literal(module, operand(2)));
        return 3;
      case OP.MOVE:
        this.#flow.edge(node(2), node(1));
        return 3;
      case OP.REQUIRE:
        for (const other of this.#targets(module, operand(2))) this.#flow.edge(this.#heap.exportsOf(other), node(1));
        return 3;
      case OP.COPY:
        this.#heap.copy(node(1), node(2));
        return 3;
      case OP.ELEMENTS:
        this.#heap.elements(node(1), node(2), operand(3) === 1);
        return 4;
      case OP.RUN:
        for (const other of this.#targets(module, operand(1))) this.#runModule(fn, operand(2), other);
        return 3;
      case OP.CALL:
        return this.#call(fn, module, ops, at);
      default:
        return this.#property(fn, module, ops, at);
    }
  }

  #property(fn: number, module: number, ops: readonly number[], at: number): number {
    const operand = (index: number): number => ops[at + index] ?? NONE;
    const node = (index: number): number => this.#nodeOf(module, operand(index));
    const cause = { fn, line: this.#space.factsOf(fn).place[0] };
    switch (ops[at]) {
      case OP.LOAD: {
        const name = this.#space.nameIn(module, operand(3));
        const given = this.#calling.touch(cause, name);
        if (given !== undefined) this.#flow.edge(given, node(1));
        this.#heap.load(node(1), node(2), name, operand(4) === 1);
        return 5;
      }
      case OP.STORE: {
        const name = this.#space.nameIn(module, operand(2));
        this.#calling.touch(cause, name);
        this.#heap.store(node(1), name, node(3), operand(4));
        this.#calling.stored(node(3), name, cause);
        return 5;
      }
      case OP.ESCAPE:
        this.#calling.escape(node(1), { fn, line: operand(2) }, undefined);
        return 3;
      case OP.TOUCH:
        this.#calling.touch(cause, this.#space.nameIn(module, operand(1)));
        return 2;
      default:
        throw new Error(`operation ${ops[at]} is not known`);
    }
  }

  #call(fn: number, module: number, ops: readonly number[], at: number): number {
    const operand = (index: number): number => ops[at + index] ?? NONE;
    const count = operand(7);
    const args: number[] = [];
    for (let index = 0; index < count; index += 1) args.push(this.#nodeOf(module, operand(8 + index)));
    const name = this.#space.nameIn(module, operand(4));
    const isProperty = this.#space.textOf(name) !== '';
    this.#calling.call({
      fn,
      line: operand(6),
      to: this.#nodeOf(module, operand(1)),
      callee: this.#nodeOf(module, operand(2)),
      base: this.#nodeOf(module, operand(3)),
      name: isProperty ? name : undefined,
      flags: operand(5) & ~(isProperty ? 0 : CALL.KNOWN),
      args,
    });
    return 8 + count;
  }

  #targets(module: number, load: number): readonly number[] {
    return this.#space.modules[module]?.loads[load] ?? [];
  }

  #nodeOf(module: number, local: number): number {
    return local === NONE ? NONE : this.#space.variable(module, local);
  }
}
