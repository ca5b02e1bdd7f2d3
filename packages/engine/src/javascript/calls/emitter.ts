/** Collects operations, each in the function that it runs in. */

import type { Binding } from '../syntax/scope.ts';
import type { FunctionFacts } from './call-facts.ts';
import { EXPORTS, FIRST_FREE, MODULE, NONE, OP, STORED } from './call-facts.ts';

export interface OpenFunction {
  readonly index: number;
  readonly name: string;
  readonly place: FunctionFacts['place'];
  readonly body: FunctionFacts['body'];
  readonly outer: number;
  readonly params: number[];
  rest: number;
  readonly result: number;
  readonly gives: Set<number>;
  readonly ops: number[];
  readonly touched: Set<number>;
}

/** Names of methods of one module that a computed call may mean. */
const MOST_METHODS = 200;

export class Emitter {
  readonly functions: OpenFunction[] = [];
  readonly names: string[] = [];
  variables = FIRST_FREE;
  objects = 0;
  readonly #numbers = new Map<string, number>();
  readonly #ofBinding = new Map<Binding, number>();
  readonly #ofGlobal = new Map<string, number>();
  readonly #owners: OpenFunction[] = [];
  readonly #methods = new Set<string>();
  readonly #callers = new Map<OpenFunction, number>();

  get owner(): OpenFunction {
    const owner = this.#owners.at(-1);
    if (owner === undefined) throw new Error('operations before the module was entered');
    return owner;
  }

  declare(name: string, place: FunctionFacts['place'], body: FunctionFacts['body'], outer: number): OpenFunction {
    const made: OpenFunction = {
      index: this.functions.length,
      name,
      place,
      body,
      outer,
      params: [],
      rest: NONE,
      result: this.fresh(),
      gives: new Set(),
      ops: [],
      touched: new Set(),
    };
    this.functions.push(made);
    return made;
  }

  enter(fn: OpenFunction): void {
    this.#owners.push(fn);
  }

  leave(): void {
    this.#owners.pop();
  }

  fresh(): number {
    this.variables += 1;
    return this.variables - 1;
  }

  name(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.names.length);
    return this.names.push(text) - 1;
  }

  bindingVariable(binding: Binding): number {
    const known = this.#ofBinding.get(binding);
    if (known !== undefined) return known;
    const made = this.fresh();
    this.#ofBinding.set(binding, made);
    return made;
  }

  /** A name that the module does not bind: `exports` and `module` of Node, or a property of the global object. */
  globalVariable(name: string): number {
    if (name === 'exports') return EXPORTS;
    if (name === 'module') return MODULE;
    const known = this.#ofGlobal.get(name);
    if (known !== undefined) return known;
    const made = this.fresh();
    this.#ofGlobal.set(name, made);
    this.functions[0]?.ops.push(OP.LOAD, made, NONE, this.name(name), 0);
    return made;
  }

  emit(...operation: readonly number[]): void {
    this.owner.ops.push(...operation);
  }

  /** A call may have more arguments than a function of ours can be given. */
  emitAll(operation: readonly number[]): void {
    const { ops } = this.owner;
    for (const item of operation) ops.push(item);
  }

  /** A method whose name is computed: any that the module has. */
  callOwnMethods(line: number): void {
    this.#callers.set(this.owner, line);
  }

  /** When all of the module was seen. */
  finish(): void {
    for (const [owner, line] of this.#callers) {
      for (const name of this.#methods) owner.ops.push(OP.CALL, NONE, NONE, NONE, this.name(name), 0, line, 0);
    }
  }

  /** A new object whose properties are followed. */
  object(): number {
    const to = this.fresh();
    this.emit(OP.OBJECT, to, this.objects);
    this.objects += 1;
    return to;
  }

  move(to: number, from: number): void {
    if (from !== NONE && to !== NONE && to !== from) this.emit(OP.MOVE, to, from);
  }

  load(base: number, name: string, known: boolean): number {
    const to = this.fresh();
    this.emit(OP.LOAD, to, base, this.name(name), known ? 1 : 0);
    return to;
  }

  store(base: number, name: string, from: number, kind: number): void {
    if (from !== NONE && kind === STORED.METHOD && this.#methods.size < MOST_METHODS) this.#methods.add(name);
    if (from !== NONE) this.emit(OP.STORE, base, this.name(name), from, kind);
  }

  touch(name: string): void {
    const number = this.name(name);
    if (this.owner.touched.has(number)) return;
    this.owner.touched.add(number);
    this.emit(OP.TOUCH, number);
  }
}
