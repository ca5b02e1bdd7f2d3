/**
 * The call graph of a program, on purpose larger than what runs: functions are followed through variables, arguments, results and
 * properties; a property of an unknown object is every property of that name. Only what is reached is looked at.
 */
import type { FunctionFacts } from '../calls/call-facts.ts';
import { ANY_NAME, CALL, ELEMENT, NONE, OP } from '../calls/call-facts.ts';
import { ADDS_ELEMENTS, CALLED_BY_NODE, NATIVE_METHODS } from '../calls/natives.ts';
import { Edges } from './edges.ts';
import { Flow } from './flow.ts';
import type { Method } from './methods.ts';
import { ARGUMENTS, Methods } from './methods.ts';
import type { CallGraph, FunctionRef, GraphModule, Start, Step } from './program.ts';
import { Properties } from './properties.ts';
import { functionOfValue, functionValue, isFunctionValue, Space } from './space.ts';

/** A place that calls. */
interface Site {
  /** Function that it is in. */
  readonly fn: number;
  readonly line: number;
  readonly to: number;
  readonly base: number;
  readonly name: number;
  readonly flags: number;
  /** Nodes; NONE = nothing to follow. */
  readonly args: readonly number[];
  resolved: boolean;
}

/** A property of something known that nothing was found in. */
interface Lookup {
  readonly to: number;
  readonly name: number;
}

export const BUDGET = 60_000_000;

/** `budget`: steps of the flow of values; when they end, `exhausted` is set and what was not reached means nothing. */
export const callGraphOf = (modules: readonly GraphModule[], starts: readonly Start[], budget = BUDGET): CallGraph => {
  const solver = new Solver(modules, budget);
  solver.run(starts);
  return solver;
};

class Solver implements CallGraph {
  readonly #flow: Flow;
  readonly #space: Space;
  readonly #properties: Properties;
  readonly #methods: Methods;
  readonly #edges: Edges;
  readonly #reached: Uint8Array;
  readonly #starts: number[] = [];
  readonly #pendingFunctions: number[] = [];
  readonly #escaped = new Set<number>();
  readonly #copies = new Set<string>();
  readonly #any: number;
  readonly #element: number;
  readonly #default: number;
  readonly #exports: number;
  #lookups: Lookup[] = [];
  #sites: Site[] = [];
  #count = 0;

  constructor(modules: readonly GraphModule[], budget: number) {
    this.#flow = new Flow(budget);
    this.#space = new Space(this.#flow, modules);
    this.#any = this.#space.name(ANY_NAME);
    this.#element = this.#space.name(ELEMENT);
    this.#default = this.#space.name('default');
    this.#exports = this.#space.name('exports');
    this.#properties = new Properties(this.#flow);
    for (const module of modules.keys()) {
      this.#flow.add(this.#exportsOf(module), this.#space.exportsValue(module));
    }
    // names of accessors come up later: there are at most two for each name that there is
    this.#edges = new Edges(this.#space.functions + 4 * this.#space.names + 16);
    this.#methods = new Methods(this.#flow, this.#space.functions, (name, method) => this.#meet(name, method));
    this.#reached = new Uint8Array(this.#space.functions);
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

  pathTo({ module, fn }: FunctionRef): readonly Step[] | undefined {
    const path = this.#edges.path(this.#starts, this.#space.fn(module, fn));
    return path?.flatMap(({ from, line }) => (from >= this.#space.functions ? [] : [{ in: this.#refOf(from), line }]));
  }

  #refOf(fn: number): FunctionRef {
    return { module: this.#space.moduleOf(fn), fn: this.#space.localOf(fn) };
  }

  run(starts: readonly Start[]): void {
    for (const { module, exportsCalled } of starts) {
      const root = this.#space.fn(module, 0);
      this.#starts.push(root);
      this.#reach(root);
      if (exportsCalled) this.#escapeDeep(this.#exportsOf(module), root, 1);
    }
    do this.#settle();
    while (!this.exhausted && this.#fallBack());
  }

  #settle(): void {
    for (let fn = this.#pendingFunctions.pop(); fn !== undefined; fn = this.#pendingFunctions.pop()) {
      this.#enter(fn);
      if (this.#pendingFunctions.length === 0) this.#flow.run();
    }
    this.#flow.run();
    if (this.#pendingFunctions.length > 0 && !this.exhausted) this.#settle();
  }

  /** What was thought to be known and led nowhere is taken as unknown; false when there is no such place. */
  #fallBack(): boolean {
    const lookups = this.#lookups.filter(({ to }) => this.#flow.isEmpty(to));
    this.#lookups = [];
    for (const { to, name } of lookups) this.#loadByName(to, name);
    if (lookups.length > 0) return true;
    const sites = this.#sites.filter((site) => !site.resolved);
    this.#sites = [];
    for (const site of sites) this.#callUnknown(site);
    return sites.length > 0;
  }

  #reach(fn: number): void {
    if (this.#reached[fn] === 1) return;
    this.#reached[fn] = 1;
    this.#count += 1;
    this.#pendingFunctions.push(fn);
  }

  #exportsOf(module: number): number {
    return this.#properties.of(this.#space.moduleValue(module), this.#exports);
  }

  #factsOf(fn: number): FunctionFacts | undefined {
    return this.#space.modules[this.#space.moduleOf(fn)]?.facts.functions[this.#space.localOf(fn)];
  }

  /** Runs the operations of a function that is reached. */
  #enter(fn: number): void {
    const ops = this.#factsOf(fn)?.ops ?? [];
    if (this.#space.localOf(fn) === 0) this.#runFurther(fn);
    for (let at = 0; at < ops.length; ) at += this.#operate(fn, ops, at);
  }

  #runFurther(fn: number): void {
    const module = this.#space.moduleOf(fn);
    for (const other of this.#space.modules[module]?.further ?? []) this.#runModule(fn, 1, other);
  }

  #runModule(fn: number, line: number, module: number): void {
    const root = this.#space.fn(module, 0);
    this.#edges.add(fn, root, line);
    this.#reach(root);
  }

  /** One operation; gives its length. */
  #operate(fn: number, ops: readonly number[], at: number): number {
    const module = this.#space.moduleOf(fn);
    const operand = (index: number): number => ops[at + index] ?? NONE;
    const node = (index: number): number => this.#nodeOf(module, operand(index));
    const name = (index: number): number => this.#space.nameIn(module, operand(index));
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
      case OP.LOAD:
        this.#load(fn, node(1), node(2), name(3), operand(4) === 1);
        return 5;
      case OP.STORE:
        this.#store(fn, node(1), name(2), node(3));
        return 4;
      case OP.CALL:
        return this.#call(fn, module, ops, at);
      case OP.REQUIRE:
        for (const other of this.#space.modules[module]?.loads[operand(2)] ?? []) this.#flow.edge(this.#exportsOf(other), node(1));
        return 3;
      case OP.COPY:
        this.#copy(node(1), node(2));
        return 3;
      case OP.ELEMENTS:
        this.#elements(node(2), node(1));
        return 3;
      case OP.ESCAPE:
        this.#escape(node(1), fn, operand(2), undefined);
        return 3;
      case OP.RUN:
        for (const other of this.#space.modules[module]?.loads[operand(1)] ?? []) this.#runModule(fn, operand(2), other);
        return 3;
      case OP.TOUCH:
        this.#touch(fn, name(1));
        return 2;
      default:
        throw new Error(`operation ${ops[at]} is not known`);
    }
  }

  #nodeOf(module: number, local: number): number {
    return local === NONE ? NONE : this.#space.variable(module, local);
  }

  #load(fn: number, to: number, base: number, name: number, known: boolean): void {
    this.#touch(fn, name);
    if (base !== NONE) this.#loadFrom(to, base, name);
    if (base === NONE || !(known || name === this.#any || name === this.#element)) this.#loadByName(to, name);
    else this.#lookups.push({ to, name });
  }

  #loadFrom(to: number, base: number, name: number): void {
    this.#flow.each(base, (value) => {
      if (name === this.#any) this.#flow.edge(this.#properties.any(value), to);
      else {
        this.#flow.edge(this.#properties.of(value, name), to);
        this.#flow.edge(this.#properties.of(value, this.#any), to);
      }
      // a module of Node's own kind is its own default
      if (name === this.#default && !this.#space.isNamespace(value)) this.#flow.add(to, value);
    });
  }

  #loadByName(to: number, name: number): void {
    this.#flow.edge(this.#properties.named(name), to);
    if (name !== this.#element) this.#flow.edge(this.#properties.named(this.#any), to);
    if (name === this.#any) this.#flow.edge(this.#properties.named(this.#element), to);
  }

  #store(fn: number, base: number, name: number, from: number): void {
    if (from === NONE) return;
    if (base !== NONE) this.#flow.each(base, (value) => this.#flow.edge(from, this.#properties.of(value, name)));
    if (name !== this.#exports || base === NONE) this.#flow.edge(from, this.#properties.named(name));
    this.#touch(fn, name);
    const text = this.#space.textOf(name);
    if (CALLED_BY_NODE.has(text) || text.startsWith('@@')) this.#escape(from, fn, this.#factsOf(fn)?.place[0] ?? 1, undefined);
  }

  /** Accessors of the name run. */
  #touch(fn: number, name: number): void {
    const text = this.#space.textOf(name);
    for (const kind of ['get ', 'set ']) {
      const accessor = this.#space.known(kind + text);
      if (accessor !== undefined) this.#edges.add(fn, this.#methods.of(accessor).id, this.#factsOf(fn)?.place[0] ?? 1);
    }
  }

  #copy(to: number, from: number): void {
    if (to === NONE || from === NONE) return;
    this.#flow.each(from, (source) => this.#flow.each(to, (target) => this.#copyProperties(target, source)));
  }

  #copyProperties(target: number, source: number): void {
    const key = `${target} ${source}`;
    if (target === source || this.#copies.has(key)) return;
    this.#copies.add(key);
    this.#properties.each(source, (name, node) => this.#flow.edge(node, this.#properties.of(target, name)));
  }

  #elements(list: number, to: number): void {
    if (list === NONE) return;
    this.#flow.each(list, (value) => this.#flow.edge(this.#properties.of(value, this.#element), to));
    this.#lookups.push({ to, name: this.#element });
  }

  #call(fn: number, module: number, ops: readonly number[], at: number): number {
    const operand = (index: number): number => ops[at + index] ?? NONE;
    const count = operand(7);
    const args: number[] = [];
    for (let index = 0; index < count; index += 1) args.push(this.#nodeOf(module, operand(8 + index)));
    const callee = this.#nodeOf(module, operand(2));
    const site: Site = {
      fn,
      line: operand(6),
      to: this.#nodeOf(module, operand(1)),
      base: this.#nodeOf(module, operand(3)),
      name: this.#space.nameIn(module, operand(4)),
      flags: operand(5),
      args,
      resolved: false,
    };
    if (this.#space.textOf(site.name) === '') this.#callDirect(site, callee);
    else this.#callProperty(site);
    return 8 + count;
  }

  #callDirect(site: Site, callee: number): void {
    if ((site.flags & CALL.NATIVE) !== 0) this.#callNative(site);
    else {
      if (callee !== NONE) this.#flow.each(callee, (value) => this.#callValue(site, value));
      this.#sites.push(site);
    }
  }

  #callValue(site: Site, value: number): void {
    if (!isFunctionValue(value)) return;
    site.resolved = true;
    this.#connect(site, functionOfValue(value));
  }

  #callProperty(site: Site): void {
    this.#addElements(site);
    if ((site.flags & CALL.NATIVE) !== 0) {
      this.#callNative(site);
      return;
    }
    this.#touch(site.fn, site.name);
    if ((site.flags & CALL.KNOWN) === 0 || site.base === NONE) {
      this.#callByName(site);
      return;
    }
    const callee = this.#flow.node();
    this.#loadFrom(callee, site.base, site.name);
    this.#flow.each(callee, (value) => this.#callValue(site, value));
    this.#sites.push(site);
  }

  #callByName(site: Site): void {
    const { id, args, result } = this.#methods.of(site.name);
    this.#edges.add(site.fn, id, site.line);
    for (const [index, arg] of site.args.entries()) if (arg !== NONE) this.#flow.edge(arg, args + Math.min(index, ARGUMENTS));
    if (site.to !== NONE) this.#flow.edge(result, site.to);
    if (NATIVE_METHODS.has(this.#space.textOf(site.name))) this.#callNative(site);
    else if (this.#flow.isEmpty(this.#properties.named(site.name))) this.#sites.push({ ...site, flags: site.flags | CALL.NATIVE });
  }

  /** Nothing was found that it calls. */
  #callUnknown(site: Site): void {
    const isProperty = this.#space.textOf(site.name) !== '';
    if (isProperty && (site.flags & CALL.NATIVE) === 0) this.#callByName(site);
    else if (!isProperty || this.#flow.isEmpty(this.#properties.named(site.name))) this.#callNative(site);
  }

  /** `list.push(f)`, `map.set(key, f)` */
  #addElements({ base, name, args }: Site): void {
    if (!ADDS_ELEMENTS.has(this.#space.textOf(name))) return;
    for (const arg of args) {
      if (arg === NONE) continue;
      if (base !== NONE) this.#flow.each(base, (value) => this.#flow.edge(arg, this.#properties.of(value, this.#element)));
      this.#flow.edge(arg, this.#properties.named(this.#element));
    }
  }

  #connect(site: Site, fn: number): void {
    this.#edges.add(site.fn, fn, site.line);
    this.#reach(fn);
    const facts = this.#factsOf(fn);
    if (facts === undefined) return;
    const module = this.#space.moduleOf(fn);
    for (const [index, arg] of site.args.entries()) if (arg !== NONE) this.#pass(arg, module, facts, index, site.flags);
    if (site.to !== NONE) this.#flow.edge(this.#space.variable(module, facts.result), site.to);
  }

  #pass(arg: number, module: number, facts: FunctionFacts, index: number, flags: number): void {
    const params = (flags & CALL.SPREAD) !== 0 ? facts.params : facts.params.slice(index, index + 1);
    for (const param of params) this.#flow.edge(arg, this.#space.variable(module, param));
    if (facts.rest !== NONE) this.#passFurther(arg, this.#space.variable(module, facts.rest));
  }

  #passFurther(arg: number, list: number): void {
    this.#flow.each(list, (value) => this.#flow.edge(arg, this.#properties.of(value, this.#element)));
  }

  /** The functions that are stored under a name, once that name is called. */
  #meet(name: number, method: Method): void {
    this.#flow.each(this.#properties.named(name), (value) => this.#attach(method, value));
    if (name === this.#any) return;
    const any = this.#methods.of(this.#any);
    this.#edges.add(method.id, any.id, 0);
    for (let index = 0; index <= ARGUMENTS; index += 1) this.#flow.edge(method.args + index, any.args + index);
    this.#flow.edge(any.result, method.result);
  }

  #attach(method: Method, value: number): void {
    if (!isFunctionValue(value)) return;
    const fn = functionOfValue(value);
    const facts = this.#factsOf(fn);
    if (facts === undefined) return;
    this.#edges.add(method.id, fn, 0);
    this.#reach(fn);
    const module = this.#space.moduleOf(fn);
    for (const [index, param] of facts.params.entries())
      this.#flow.edge(method.args + Math.min(index, ARGUMENTS), this.#space.variable(module, param));
    if (facts.rest !== NONE) {
      const list = this.#space.variable(module, facts.rest);
      for (let index = 0; index <= ARGUMENTS; index += 1) this.#passFurther(method.args + index, list);
    }
    this.#flow.edge(this.#space.variable(module, facts.result), method.result);
  }

  /** Code that is not followed: it may call every function that it is given, with anything else that it is given. */
  #callNative(site: Site): void {
    const { fn, line, to, base, args, flags } = site;
    const given = this.#flow.node();
    if (base !== NONE) {
      this.#flow.edge(base, given);
      this.#flow.each(base, (value) => this.#flow.edge(this.#properties.of(value, this.#element), given));
    }
    if (to !== NONE) this.#flow.edge(given, to);
    for (const arg of args) {
      if (arg === NONE) continue;
      if (to !== NONE) this.#flow.edge(arg, to);
      if ((flags & CALL.INERT) === 0) this.#escape(arg, fn, line, { given, to });
    }
  }

  /** Functions among the values may be called, and those in objects that are written there. */
  #escape(node: number, fn: number, line: number, native: { readonly given: number; readonly to: number } | undefined): void {
    if (node === NONE) return;
    this.#flow.each(node, (value) => {
      if (isFunctionValue(value)) this.#called(functionOfValue(value), fn, line, native);
      else if (!this.#space.isOfModule(value)) this.#escapeObject(value, fn, line);
    });
  }

  #called(called: number, fn: number, line: number, native: { readonly given: number; readonly to: number } | undefined): void {
    this.#edges.add(fn, called, line);
    this.#reach(called);
    const facts = this.#factsOf(called);
    if (facts === undefined || native === undefined) return;
    const module = this.#space.moduleOf(called);
    for (const param of facts.params) this.#flow.edge(native.given, this.#space.variable(module, param));
    if (native.to !== NONE) this.#flow.edge(this.#space.variable(module, facts.result), native.to);
  }

  #escapeObject(value: number, fn: number, line: number): void {
    if (this.#escaped.has(value)) return;
    this.#escaped.add(value);
    this.#escape(this.#properties.any(value), fn, line, undefined);
  }

  /** The exports of a module that a platform calls. */
  #escapeDeep(node: number, fn: number, line: number): void {
    this.#flow.each(node, (value) => {
      if (isFunctionValue(value)) this.#called(functionOfValue(value), fn, line, undefined);
      else this.#escapeObject(value, fn, line);
    });
  }
}
