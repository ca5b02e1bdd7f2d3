/** Properties: what is stored goes to the objects that are known and to everything of that name; what is loaded comes from either. */
import { ANY_NAME, ELEMENT, NONE, STORED } from '../calls/call-facts.ts';
import type { Flow } from './flow.ts';
import { Properties } from './properties.ts';
import type { Space } from './space.ts';
import { isFunction, isObject, SOME_ELEMENT, SOME_PROPERTY } from './values.ts';

export class Heap {
  readonly properties: Properties;
  /** Names of computed properties and of elements. */
  readonly any: number;
  readonly element: number;
  readonly #flow: Flow;
  readonly #space: Space;
  readonly #default: number;
  readonly #exports: number;
  readonly #copies = new Set<string>();
  /** Lookups in something known, which may turn out to have nothing. */
  #lookups: { readonly to: number; readonly name: number }[] = [];

  constructor(flow: Flow, space: Space) {
    this.#flow = flow;
    this.#space = space;
    this.any = space.name(ANY_NAME);
    this.element = space.name(ELEMENT);
    this.#default = space.name('default');
    this.#exports = space.name('exports');
    this.properties = new Properties(flow);
    flow.keepFunctionsOnly(this.properties.named(this.any));
    flow.keepFunctionsOnly(this.properties.named(this.element));
    for (const module of space.modules.keys()) flow.add(this.exportsOf(module), space.exportsValue(module));
  }

  /** Node with what `module.exports` is. */
  exportsOf(module: number): number {
    return this.properties.of(this.#space.moduleValue(module), this.#exports);
  }

  load(to: number, base: number, name: number, known: boolean): void {
    if (name === this.any) this.#flow.add(to, SOME_PROPERTY);
    if (base !== NONE && (known || name === this.any)) this.loadFrom(to, base, name);
    if (base === NONE || !(known || name === this.any)) this.#loadByName(to, name);
    else this.#lookups.push({ to, name });
  }

  loadFrom(to: number, base: number, name: number): void {
    this.#flow.each(base, (value) => {
      if (!isFunction(value) && !isObject(value)) this.#loadByName(to, name);
      else this.#flow.edge(name === this.any ? this.properties.any(value) : this.properties.of(value, name), to);
      // a module of Node's own kind is its own default
      if (name === this.#default && !this.#space.isNamespace(value)) this.#flow.add(to, value);
    });
  }

  #loadByName(to: number, name: number): void {
    if (name === this.any || name === this.element) this.#flow.add(to, SOME_ELEMENT);
    else this.#flow.edge(this.properties.valued(name), to);
  }

  /** `kind`: one of STORED. */
  store(base: number, name: number, from: number, kind: number): void {
    if (base !== NONE && name !== this.any) this.eachHolder(base, (value) => this.#flow.edge(from, this.properties.of(value, name)));
    if (name === this.#exports && base !== NONE) return;
    const isPlain = name !== this.any && name !== this.element;
    this.#flow.edge(from, isPlain && kind === STORED.EXPORT ? this.properties.exported(name) : this.properties.named(name));
    if (isPlain && kind === STORED.VALUE) this.#flow.edge(from, this.properties.valued(name));
  }

  /** Objects and functions of a node: what can have properties of its own. */
  eachHolder(node: number, hook: (value: number) => void): void {
    this.#flow.each(node, (value) => {
      if (isFunction(value) || isObject(value)) hook(value);
    });
  }

  copy(to: number, from: number): void {
    if (to === NONE || from === NONE) return;
    // functions are seldom copied from, and the properties of one that got far would go everywhere
    this.eachHolder(from, (source) => {
      if (isObject(source)) this.eachHolder(to, (target) => this.#copyProperties(target, source));
    });
  }

  #copyProperties(target: number, source: number): void {
    const key = `${target} ${source}`;
    if (target === source || this.#copies.has(key)) return;
    this.#copies.add(key);
    this.properties.each(source, (name, node) => this.#flow.edge(node, this.properties.of(target, name)));
  }

  elements(to: number, list: number, known: boolean): void {
    if (!known || list === NONE) this.#flow.add(to, SOME_ELEMENT);
    else {
      this.eachHolder(list, (value) => this.#flow.edge(this.properties.of(value, this.element), to));
      this.#lookups.push({ to, name: this.element });
    }
  }

  addElement(list: number, from: number, known: boolean): void {
    if (known && list !== NONE) this.eachHolder(list, (value) => this.#flow.edge(from, this.properties.of(value, this.element)));
    this.#flow.edge(from, this.properties.named(this.element));
  }

  /** What was thought to be known and has nothing is looked up by name; false when there is no such lookup. */
  fallBack(): boolean {
    const empty = this.#lookups.filter(({ to }) => this.#flow.isEmpty(to));
    this.#lookups = [];
    for (const { to, name } of empty) this.#loadByName(to, name);
    return empty.length > 0;
  }
}
