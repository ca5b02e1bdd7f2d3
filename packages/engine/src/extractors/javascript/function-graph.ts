/** The call graph over all modules that the target loads, asked by package, file and name of a function. */
import { posix } from 'node:path';
import type { Location } from '@breakwater/model';
import type { FunctionFacts } from '../../javascript/calls/call-facts.ts';
import type { CallGraph, FunctionRef, GraphModule, Step } from '../../javascript/graph/program.ts';
import { callGraphOf } from '../../javascript/graph/solver.ts';
import type { FunctionGraph, OpenSite, PlacedFunction } from '../facts.ts';
import type { ModuleRef } from './resolve.ts';
import type { Traversal, Visit } from './traverse.ts';
import { locationIn } from './ways.ts';

/** Facts of a module without functions: data, or not followed. */
const EMPTY: GraphModule['facts'] = {
  functions: [{ name: '', place: [1, 1, 1, 1], body: [1, 1], outer: -1, params: [], rest: -1, result: 2, gives: [], ops: [] }],
  names: [],
  variables: 3,
  objects: 0,
  esm: false,
};

/** `keyOf`: from a place in the lockfile to the key of its unit. */
export const functionGraphsOf = (traversal: Traversal, budget?: number): ((keyOf: (place: string) => string) => FunctionGraph) => {
  const program = new Program(traversal, budget);
  return (keyOf) => new View(program, keyOf);
};

class Program {
  readonly visits: readonly Visit[];
  readonly graph: CallGraph;
  /** Unit key → indexes of its modules. */
  readonly ofUnit = new Map<string, number[]>();
  /** Indexes of modules of the application. */
  readonly own: number[] = [];
  readonly #starts: ReadonlyMap<number, Location>;

  constructor(traversal: Traversal, budget?: number) {
    this.visits = traversal.visits;
    const indexes = new Map(this.visits.map((visit, index) => [keyOf(visit.ref), index]));
    const indexed = (refs: readonly ModuleRef[]): readonly number[] => refs.flatMap((ref) => indexes.get(keyOf(ref)) ?? []);
    const modules = this.visits.map((visit): GraphModule => {
      const targets = traversal.targets.get(visit);
      return { facts: visit.facts.calls ?? EMPTY, loads: targets?.loads.map(indexed) ?? [], further: indexed(targets?.further ?? []) };
    });
    for (const [index, { ref }] of this.visits.entries()) {
      if (ref.unit === undefined) {
        this.own.push(index);
        continue;
      }
      const known = this.ofUnit.get(ref.unit.key);
      if (known === undefined) this.ofUnit.set(ref.unit.key, [index]);
      else known.push(index);
    }
    const starts = traversal.started.flatMap(({ entry, ref }) =>
      indexed([ref]).map((module) => ({ module, entry, own: ref.unit === undefined })),
    );
    this.#starts = new Map(starts.toReversed().map(({ module, entry }) => [module, entry.at]));
    this.graph = callGraphOf(
      modules,
      starts.map(({ module, own }) => ({ module, exportsCalled: own })),
      budget,
    );
  }

  factsOf({ module, fn }: FunctionRef): FunctionFacts | undefined {
    return (this.visits[module]?.facts.calls ?? EMPTY).functions[fn];
  }

  /** The innermost function around a line is reached; the module itself counts where there is none. */
  runsAt(module: number, line: number): boolean {
    const { functions } = this.visits[module]?.facts.calls ?? EMPTY;
    let innermost = 0;
    for (const [fn, { place }] of functions.entries()) if (place[0] <= line && line <= place[2] && fn > 0) innermost = fn;
    return this.graph.isReached({ module, fn: innermost });
  }

  /** The entry, then every call on the way, then the function itself. */
  pathTo(ref: FunctionRef, sure: boolean): readonly Location[] | undefined {
    const steps = this.graph.pathTo(ref, sure);
    if (steps === undefined) return undefined;
    const start = steps[0]?.in ?? ref;
    const entry = this.#starts.get(start.module);
    return [
      ...(entry === undefined ? [] : [entry]),
      ...steps.map((step, at) => this.#stepOf(step, steps[at + 1]?.in ?? ref)),
      this.#endOf(ref),
    ];
  }

  #stepOf(step: Step, to: FunctionRef): Location {
    return this.#locate(step.in, step.line, `${this.#nameOf(step.in)} → ${this.#nameOf(to)}${step.byName ? ' (by name)' : ''}`);
  }

  #endOf(ref: FunctionRef): Location {
    return this.#locate(ref, this.factsOf(ref)?.place[0] ?? 1, this.#nameOf(ref));
  }

  #locate({ module }: FunctionRef, line: number, message: string): Location {
    const visit = this.visits[module];
    return visit === undefined ? { uri: '', message } : locationIn(visit.ref, line, message);
  }

  #nameOf(ref: FunctionRef): string {
    const name = this.factsOf(ref)?.name ?? '';
    const { unit, path } = this.visits[ref.module]?.ref ?? { path: '' };
    return name !== '' ? name : unit === undefined ? path : posix.basename(path);
  }
}

class View implements FunctionGraph {
  readonly #program: Program;
  readonly #keyOf: (place: string) => string;
  readonly #placed = new Map<PlacedFunction, FunctionRef>();

  constructor(program: Program, keyOf: (place: string) => string) {
    this.#program = program;
    this.#keyOf = keyOf;
  }

  get functions(): number {
    return this.#program.graph.functions;
  }

  get reached(): number {
    return this.#program.graph.reached;
  }

  get unusable(): string | undefined {
    return this.#program.graph.exhausted ? 'the budget for following functions is used up' : undefined;
  }

  notFollowed(place: string): readonly string[] {
    return this.#modulesAt(place).flatMap((module) => {
      const { ref, facts } = this.#program.visits[module] ?? {};
      const why = facts?.notFollowed ?? facts?.error;
      return ref === undefined || why === undefined ? [] : [`${ref.path} ${why}`];
    });
  }

  named(place: string, name: string, file?: string): readonly PlacedFunction[] {
    return this.#modulesAt(place).flatMap((module) => {
      const { ref, facts } = this.#program.visits[module] ?? {};
      if (ref === undefined || (file !== undefined && ref.path !== file)) return [];
      return (facts?.calls?.functions ?? []).flatMap((fn, index) =>
        isCalled(fn.name, name) ? [this.#place(ref, { module, fn: index }, fn)] : [],
      );
    });
  }

  isLoaded(place: string, file: string): boolean {
    return this.#modulesAt(place).some((module) => this.#program.visits[module]?.ref.path === file);
  }

  runs({ location, place }: OpenSite): boolean {
    const modules = place === undefined ? this.#program.own : this.#modulesAt(place);
    const module = modules.find((each) => this.#program.visits[each]?.ref.path === location.uri);
    return module === undefined || this.#program.runsAt(module, location.region?.startLine ?? 1);
  }

  pathTo(fn: PlacedFunction, sure = true): readonly Location[] | undefined {
    const ref = this.#placed.get(fn);
    return ref === undefined ? undefined : this.#program.pathTo(ref, sure);
  }

  #modulesAt(place: string): readonly number[] {
    return this.#program.ofUnit.get(this.#keyOf(place)) ?? [];
  }

  #place(ref: ModuleRef, at: FunctionRef, { name, place, body }: FunctionFacts): PlacedFunction {
    const placed = { uri: posix.join(ref.unit?.key ?? '', ref.path), name, place, body };
    this.#placed.set(placed, at);
    return placed;
  }
}

/** As a whole, or by its end: `template` is `lodash.template`, and `Parser.parse` is `outer>Parser.parse`. Repeats are the same name. */
const isCalled = (name: string, wanted: string): boolean => {
  const bare = name.replace(/~\d+$/, '');
  if (bare === wanted || name === wanted) return true;
  return bare.endsWith(wanted) && /[.>]$/.test(bare.slice(0, -wanted.length));
};

const keyOf = (ref: ModuleRef): string => `${ref.unit?.key ?? ''}\0${ref.path}`;
