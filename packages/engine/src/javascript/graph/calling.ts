/** Calls: of functions that are known, of names, of what the language calls by itself, and of code that is not followed. */
import type { FunctionFacts } from '../calls/call-facts.ts';
import { CALL, NONE } from '../calls/call-facts.ts';
import { METHODS_OF_NODE } from '../calls/native-methods.ts';
import { ADDS_ELEMENTS, CALLED_BY_NODE, NATIVE_METHODS } from '../calls/natives.ts';
import type { Edges } from './edges.ts';
import { COST } from './edges.ts';
import type { Flow } from './flow.ts';
import type { Heap } from './heap.ts';
import type { Meeting } from './meetings.ts';
import { Meetings } from './meetings.ts';
import type { Space } from './space.ts';
import { functionOf, isFunction, isObject, isSome, SOME_FUNCTION, SOME_PROPERTY } from './values.ts';

/** A place that calls. Nodes; NONE = nothing to follow. */
export interface Site {
  /** Function that it is in. */
  readonly fn: number;
  readonly line: number;
  readonly to: number;
  readonly base: number;
  /** Of the property that is called; undefined = `callee` is. */
  readonly name: number | undefined;
  readonly callee: number;
  readonly flags: number;
  readonly args: readonly number[];
}

/** Functions that a variable may have before it is no better than a name. */
const FEW = 3;

interface Open {
  readonly site: Site;
  resolved: boolean;
}

/** Where control goes to code that is not followed. */
export interface Cause {
  readonly fn: number;
  readonly line: number;
}

export interface World {
  readonly flow: Flow;
  readonly space: Space;
  readonly heap: Heap;
  readonly edges: Edges;
  readonly reach: (fn: number) => void;
}

export class Calling {
  readonly #flow: Flow;
  readonly #space: Space;
  readonly #heap: Heap;
  readonly #edges: Edges;
  readonly #reach: (fn: number) => void;
  readonly #meetings: Meetings;
  readonly #escaped = new Set<number>();
  #open: Open[] = [];

  constructor({ flow, space, heap, edges, reach }: World) {
    this.#flow = flow;
    this.#space = space;
    this.#heap = heap;
    this.#edges = edges;
    this.#reach = reach;
    this.#meetings = new Meetings(flow, space.functions, (node, meeting) => flow.each(node, (value) => this.#attach(meeting, value)));
  }

  call(site: Site): void {
    if (site.name !== undefined) this.#addElements(site, site.name);
    if ((site.flags & CALL.NATIVE) !== 0) this.#callNative(site, true);
    else if (site.name === undefined) this.#callDirect(site, site.callee);
    else if ((site.flags & CALL.KNOWN) === 0 || site.base === NONE) this.#callByName(site, site.name);
    else this.#callKnown(site, site.name);
  }

  #callDirect(site: Site, callee: number): void {
    const open: Open = { site, resolved: false };
    this.#open.push(open);
    if (callee === NONE) return;
    let count = 0;
    this.#flow.each(callee, (value) => {
      count += 1;
      // where many may be called, that it is this one is not more sure than by name
      if (this.#callValue(site, value, count > FEW ? COST.named : COST.known)) open.resolved = true;
    });
  }

  #callKnown(site: Site, name: number): void {
    const callee = this.#flow.node();
    this.#heap.loadFrom(callee, site.base, name);
    this.#callAccessed(site, name);
    this.#callDirect(site, callee);
  }

  /** true when there is something that it calls. */
  #callValue(site: Site, value: number, cost: number): boolean {
    if (isObject(value)) return false;
    if (isFunction(value)) {
      this.#connect(site, functionOf(value), cost);
      return true;
    }
    if (isSome(value)) this.#callSome(site, value);
    return isSome(value);
  }

  /** What is given counts as called (see #callByName), so that it need not be followed into all of them. */
  #callMeeting(site: Site, { id, result }: Meeting): void {
    this.#edges.add(site.fn, id, site.line, COST.named);
    if (site.to !== NONE) this.#flow.edge(result, site.to);
  }

  /** Which function it is cannot be told, so that what it is given counts as called. */
  #callSome(site: Site, value: number): void {
    this.#edges.add(site.fn, this.#some(value).id, site.line, COST.some);
    for (const arg of site.args) this.escape(arg, site, undefined);
    if (site.to !== NONE && value === SOME_FUNCTION) this.#flow.add(site.to, SOME_FUNCTION);
  }

  #some(value: number): Meeting {
    const { any, element, properties } = this.#heap;
    if (value === SOME_FUNCTION) return this.#meetings.of(this.#flow.crowd);
    return this.#meetings.of(properties.named(value === SOME_PROPERTY ? any : element));
  }

  /** An object that is not known may be one of Node's, which may call what it is given. */
  #callByName(site: Site, name: number): void {
    this.#callAccessed(site, name);
    this.#callMeeting(site, this.#meetings.of(this.#heap.properties.named(name)));
    if (site.base !== NONE && !METHODS_OF_NODE.has(this.#space.textOf(name))) this.#callHeld(site, name);
    if (NATIVE_METHODS.has(this.#space.textOf(name))) this.#callNative(site, false);
    else {
      for (const arg of site.args) this.escape(arg, site, undefined);
      this.#open.push({ site: { ...site, flags: site.flags | CALL.NATIVE }, resolved: false });
    }
  }

  /** Modules, functions and objects that the object may be are known by what was stored in them. */
  #callHeld(site: Site, name: number): void {
    const callee = this.#flow.node();
    this.#heap.eachHolder(site.base, (value) => this.#flow.edge(this.#heap.properties.of(value, name), callee));
    this.#flow.each(callee, (value) => this.#callValue(site, value, COST.named));
  }

  /** `list.push(f)`, `map.set(key, f)` */
  #addElements({ base, args, flags }: Site, name: number): void {
    if (!ADDS_ELEMENTS.has(this.#space.textOf(name))) return;
    for (const arg of args) if (arg !== NONE) this.#heap.addElement(base, arg, (flags & CALL.KNOWN) !== 0);
  }

  #connect(site: Site, fn: number, cost: number): void {
    this.#edges.add(site.fn, fn, site.line, cost);
    this.#reach(fn);
    const facts = this.#space.factsOf(fn);
    const module = this.#space.moduleOf(fn);
    const isSpread = (site.flags & CALL.SPREAD) !== 0;
    for (const [index, arg] of site.args.entries()) {
      if (arg === NONE) continue;
      for (const param of isSpread ? facts.params : facts.params.slice(index, index + 1))
        this.#flow.edge(arg, this.#space.variable(module, param));
      if (facts.rest !== NONE) this.#heap.addElement(NONE, arg, false);
    }
    if (site.to === NONE) return;
    this.#flow.edge(this.#space.variable(module, facts.result), site.to);
    for (const index of facts.gives) this.#give(site, index, module, facts);
  }

  #give({ args, to, flags }: Site, index: number, module: number, facts: FunctionFacts): void {
    const arg = (flags & CALL.SPREAD) === 0 ? args[index] : this.#space.variable(module, facts.params[index] ?? 0);
    if (arg !== undefined && arg !== NONE) this.#flow.edge(arg, to);
  }

  #attach(meeting: Meeting, value: number): void {
    if (isFunction(value)) this.#attachFunction(meeting, functionOf(value));
    else if (isSome(value)) this.#edges.add(meeting.id, this.#some(value).id, 0, COST.some);
  }

  #attachFunction({ id, result }: Meeting, fn: number): void {
    this.#edges.add(id, fn, 0);
    this.#reach(fn);
    const module = this.#space.moduleOf(fn);
    const facts = this.#space.factsOf(fn);
    this.#flow.edge(this.#space.variable(module, facts.result), result);
    for (const index of facts.gives) this.#flow.edge(this.#space.variable(module, facts.params[index] ?? 0), result);
  }

  /** It may call every function that it is given, with elements of the list that it is called on; `gives`: and give back what it got. */
  #callNative(site: Site, gives: boolean): void {
    const elements = this.#flow.node();
    this.#heap.elements(elements, site.base, (site.flags & CALL.KNOWN) !== 0);
    const takesOut = site.name !== undefined && NATIVE_METHODS.has(this.#space.textOf(site.name));
    if (site.to !== NONE && takesOut) this.#flow.edge(elements, site.to);
    for (const arg of site.args) {
      if (arg === NONE) continue;
      if (gives && site.to !== NONE) this.#flow.edge(arg, site.to);
      if ((site.flags & CALL.INERT) === 0) this.escape(arg, site, elements);
    }
  }

  /** Functions among the values may be called, with `elements`, and so may those in objects that are written there. */
  escape(node: number, cause: Cause, elements: number | undefined): void {
    if (node === NONE) return;
    let count = 0;
    this.#flow.each(node, (value) => {
      count += 1;
      if (isFunction(value)) this.#called(functionOf(value), cause, elements, count > 1 ? COST.named : COST.known);
      else if (isObject(value)) this.#escapeObject(value, cause);
      else this.#escapeMany(value, cause);
    });
  }

  #escapeMany(value: number, { fn, line }: Cause): void {
    if (value === SOME_FUNCTION) this.#edges.add(fn, this.#some(value).id, line, COST.some);
  }

  #called(called: number, { fn, line }: Cause, elements: number | undefined, cost: number): void {
    this.#edges.add(fn, called, line, cost);
    this.#reach(called);
    if (elements === undefined) return;
    const module = this.#space.moduleOf(called);
    for (const param of this.#space.factsOf(called).params) this.#flow.edge(elements, this.#space.variable(module, param));
  }

  #escapeObject(value: number, cause: Cause): void {
    if (this.#escaped.has(value) || this.#space.isOfModule(value)) return;
    this.#escaped.add(value);
    this.escape(this.#heap.properties.any(value), cause, undefined);
  }

  /** A platform calls what a module exports. */
  escapeExports(module: number, cause: Cause): void {
    this.escape(this.#heap.exportsOf(module), cause, undefined);
    this.escape(this.#heap.properties.any(this.#space.exportsValue(module)), cause, undefined);
  }

  /** Accessors of the name run; gives the node with what the getters give, if there are any. */
  touch({ fn, line }: Cause, name: number): number | undefined {
    const text = this.#space.textOf(name);
    let result: number | undefined;
    for (const kind of ['get ', 'set ']) {
      const accessor = this.#space.known(kind + text);
      if (accessor === undefined) continue;
      const meeting = this.#meetings.of(this.#heap.properties.named(accessor));
      this.#edges.add(fn, meeting.id, line, COST.named);
      if (kind === 'get ') result = meeting.result;
    }
    return result;
  }

  /** What getters of the name give is called. */
  #callAccessed(site: Site, name: number): void {
    const given = this.touch(site, name);
    if (given !== undefined) this.#flow.each(given, (value) => this.#callValue(site, value, COST.named));
  }

  /** What is stored under such a name the language calls by itself. */
  stored(from: number, name: number, cause: Cause): void {
    const text = this.#space.textOf(name).replace(/^[gs]et /, '');
    if (CALLED_BY_NODE.has(text) || text.startsWith('@@')) this.escape(from, cause, undefined);
  }

  /** Calls for which nothing was found go to code that is not followed, or (`byName`) by name; false when there is none. */
  fallBack(byName: boolean): boolean {
    const wanted = ({ site, resolved }: Open): boolean => !resolved && (site.name !== undefined) === byName;
    const open = this.#open.filter(wanted);
    this.#open = this.#open.filter((each) => !each.resolved && !wanted(each));
    for (const { site } of open) this.#callUnknown(site);
    return open.length > 0;
  }

  #callUnknown(site: Site): void {
    const { properties } = this.#heap;
    if (site.name === undefined) this.#callNative(site, true);
    else if ((site.flags & CALL.NATIVE) === 0) {
      this.#callByName(site, site.name);
    } else if (this.#flow.isEmpty(properties.named(site.name))) this.#callUnnamed(site, site.name);
  }

  /** No object that is not known has the name: it is of a module that got out of sight, was stored under a computed name, or is Node's. */
  #callUnnamed(site: Site, name: number): void {
    if (!METHODS_OF_NODE.has(this.#space.textOf(name))) {
      this.#callMeeting(site, this.#meetings.of(this.#heap.properties.exported(name)));
      this.#edges.add(site.fn, this.#some(SOME_PROPERTY).id, site.line, COST.some);
    }
    this.#callNative(site, true);
  }
}
