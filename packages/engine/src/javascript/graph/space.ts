/** Numbers for everything in a program: functions, objects, variables, names, and properties of objects as they come up. */
import type { FunctionFacts } from '../calls/call-facts.ts';
import { EXPORTS, FIRST_FREE, MODULE } from '../calls/call-facts.ts';
import type { Flow } from './flow.ts';
import type { GraphModule } from './program.ts';
import { objectValue } from './values.ts';

export class Space {
  readonly functions: number;
  readonly modules: readonly GraphModule[];
  readonly #flow: Flow;
  readonly #functionBase: number[] = [];
  readonly #objectBase: number[] = [];
  readonly #variableBase: number[] = [];
  readonly #moduleOf: number[] = [];
  readonly #names = new Map<string, number>();
  readonly #namesOf: (readonly number[])[] = [];
  readonly #texts: string[] = [];
  /** Values that are the exports of a module of ECMAScript. */
  readonly #namespaces = new Set<number>();
  /** Values that are `exports` or `module` of a module. */
  readonly #ofModules = new Set<number>();

  constructor(flow: Flow, modules: readonly GraphModule[]) {
    this.#flow = flow;
    this.modules = modules;
    let functions = 0;
    let objects = 0;
    for (const [index, { facts }] of modules.entries()) {
      this.#functionBase.push(functions);
      this.#objectBase.push(objects);
      this.#variableBase.push(flow.nodes(facts.variables));
      for (let at = 0; at < facts.functions.length; at += 1) this.#moduleOf.push(index);
      functions += facts.functions.length;
      objects += facts.objects + FIRST_FREE;
      this.#namesOf.push(facts.names.map((name) => this.name(name)));
      this.#introduce(index, facts.esm);
    }
    this.functions = functions;
  }

  #introduce(module: number, esm: boolean): void {
    const [own, holder] = [this.exportsValue(module), this.moduleValue(module)];
    this.#ofModules.add(own).add(holder);
    if (esm) this.#namespaces.add(own);
    this.#flow.add(this.variable(module, EXPORTS), own);
    this.#flow.add(this.variable(module, MODULE), holder);
  }

  name(text: string): number {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    this.#names.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /** undefined = no module has the name. */
  known(text: string): number | undefined {
    return this.#names.get(text);
  }

  textOf(name: number): string {
    return this.#texts[name] ?? '';
  }

  get names(): number {
    return this.#texts.length;
  }

  nameIn(module: number, local: number): number {
    return this.#namesOf[module]?.[local] ?? 0;
  }

  variable(module: number, local: number): number {
    return (this.#variableBase[module] ?? 0) + local;
  }

  fn(module: number, local: number): number {
    return (this.#functionBase[module] ?? 0) + local;
  }

  factsOf(fn: number): FunctionFacts {
    return this.modules[this.moduleOf(fn)]?.facts.functions[this.localOf(fn)] ?? NOTHING;
  }

  moduleOf(fn: number): number {
    return this.#moduleOf[fn] ?? 0;
  }

  localOf(fn: number): number {
    return fn - (this.#functionBase[this.moduleOf(fn)] ?? 0);
  }

  exportsValue(module: number): number {
    return objectValue((this.#objectBase[module] ?? 0) + EXPORTS);
  }

  moduleValue(module: number): number {
    return objectValue((this.#objectBase[module] ?? 0) + MODULE);
  }

  literal(module: number, local: number): number {
    return objectValue((this.#objectBase[module] ?? 0) + FIRST_FREE + local);
  }

  isNamespace(value: number): boolean {
    return this.#namespaces.has(value);
  }

  isOfModule(value: number): boolean {
    return this.#ofModules.has(value);
  }
}

const NOTHING: FunctionFacts = {
  name: '',
  place: [1, 1, 1, 1],
  body: [1, 1],
  outer: -1,
  params: [],
  rest: -1,
  result: FIRST_FREE,
  gives: [],
  ops: [],
};
