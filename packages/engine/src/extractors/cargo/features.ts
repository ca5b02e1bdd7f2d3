/** Which optional dependencies of the members a plain build turns on. @see https://doc.rust-lang.org/cargo/reference/features.html */
import type { Member } from './member.ts';
import { wishesOf } from './member.ts';

/** What is known of one member while features are followed. */
interface State {
  readonly member: Member;
  /** key → name of the dependency. */
  readonly names: ReadonlyMap<string, string>;
  readonly asked: Set<string>;
  readonly on: Set<string>;
}

/** `dep:a` · `a/f` · `a?/f` · `f`. */
const ENTRY = /^(?:dep:(?<dep>[^/]+)|(?<of>[^/?]+)(?<weak>\?)?\/(?<feature>.+)|(?<own>[^/]+))$/;

class Switchboard {
  readonly #states: ReadonlyMap<Member, State>;
  readonly #byName = new Map<string, State[]>();
  readonly #pending: (readonly [State, string])[] = [];

  constructor(members: readonly Member[]) {
    this.#states = new Map(members.map((member) => [member, this.#register(member)]));
    for (const state of this.#states.values()) {
      this.#ask(state, 'default');
      for (const { name, features } of wishesOf(state.member)) for (const feature of features) this.#askByName(name, feature);
    }
    for (let step = this.#pending.pop(); step !== undefined; step = this.#pending.pop()) this.#take(...step);
  }

  isOn(member: Member, key: string): boolean {
    return this.#states.get(member)?.on.has(key) ?? false;
  }

  #register(member: Member): State {
    const names = new Map(wishesOf(member).map(({ key, name }) => [key, name]));
    const state: State = { member, names, asked: new Set(), on: new Set() };
    this.#byName.set(member.name, [...(this.#byName.get(member.name) ?? []), state]);
    return state;
  }

  #ask(state: State, feature: string): void {
    if (state.asked.has(feature)) return;
    state.asked.add(feature);
    this.#pending.push([state, feature]);
  }

  #askByName(name: string, feature: string): void {
    for (const state of this.#byName.get(name) ?? []) this.#ask(state, feature);
  }

  #take(state: State, feature: string): void {
    const implied = state.member.features.get(feature);
    if (implied === undefined) state.on.add(feature); // an optional dependency is a feature of its own name
    for (const entry of implied ?? []) this.#follow(state, entry);
  }

  #follow(state: State, entry: string): void {
    const { dep, of, weak, feature, own } = ENTRY.exec(entry)?.groups ?? {};
    if (dep !== undefined) state.on.add(dep);
    if (own !== undefined) this.#ask(state, own);
    if (of === undefined || feature === undefined) return;
    if (weak === undefined) {
      this.#ask(state, of);
      state.on.add(of);
    }
    this.#askByName(state.names.get(of) ?? of, feature);
  }
}

/** With the default features and those that members ask of each other; `key` as the member calls the dependency. */
export const enabledIn = (members: readonly Member[]): ((member: Member, key: string) => boolean) => {
  const board = new Switchboard(members);
  return (member, key) => board.isOn(member, key);
};
