/** Nodes for the properties of objects that are followed, and for each name over all objects. */
import type { Flow } from './flow.ts';

export class Properties {
  readonly #flow: Flow;
  /** Value → name → node. */
  readonly #own = new Map<number, Map<number, number>>();
  /** Value → node with what any of its properties has. */
  readonly #any = new Map<number, number>();
  readonly #byName = new Map<number, number>();
  readonly #valued = new Map<number, number>();
  readonly #exported = new Map<number, number>();
  /** Value → what wants to hear of its properties. */
  readonly #heard = new Map<number, ((name: number, node: number) => void)[]>();

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** What is stored under the name in objects that are not known, methods among them. */
  named(name: number): number {
    return this.#shared(this.#byName, name);
  }

  /** The same without methods. */
  valued(name: number): number {
    return this.#shared(this.#valued, name);
  }

  /** What modules, functions and classes have under the name. */
  exported(name: number): number {
    return this.#shared(this.#exported, name);
  }

  #shared(nodes: Map<number, number>, name: number): number {
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const made = this.#flow.node();
    nodes.set(name, made);
    return made;
  }

  of(value: number, name: number): number {
    const own = this.#own.get(value) ?? new Map<number, number>();
    this.#own.set(value, own);
    const known = own.get(name);
    if (known !== undefined) return known;
    const made = this.#flow.node();
    own.set(name, made);
    const any = this.#any.get(value);
    if (any !== undefined) this.#flow.edge(made, any);
    for (const hear of this.#heard.get(value) ?? []) hear(name, made);
    return made;
  }

  any(value: number): number {
    const known = this.#any.get(value);
    if (known !== undefined) return known;
    const made = this.#flow.node();
    this.#any.set(value, made);
    for (const node of this.#own.get(value)?.values() ?? []) this.#flow.edge(node, made);
    return made;
  }

  /** Called for each property that the value has or will have. */
  each(value: number, hear: (name: number, node: number) => void): void {
    const heard = this.#heard.get(value);
    if (heard === undefined) this.#heard.set(value, [hear]);
    else heard.push(hear);
    for (const [name, node] of [...(this.#own.get(value) ?? [])]) hear(name, node);
  }
}
