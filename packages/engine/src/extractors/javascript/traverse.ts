/** Walks from the entry points along everything that is loaded, breadth first, so that the first way to a package is a shortest one. */
import type { Location } from '@breakwater/model';
import type { Load, ModuleFacts } from '../../javascript/modules/module-facts.ts';
import { mapLimit } from '../../lib/async.ts';
import type { Entry } from './entries.ts';
import type { ModuleRef, ModuleResolver, Resolved } from './resolve.ts';
import type { Unit, World } from './world.ts';

/** A module that is loaded, and by what first. */
export interface Visit {
  readonly ref: ModuleRef;
  readonly facts: ModuleFacts;
  readonly way: Way;
}

/** How something was first come to: an entry, or a load in a module that was visited before. */
export type Way = { readonly entry: Location } | { readonly from: Visit; readonly load: Load };

/** Where the loads of a module lead. */
export interface Targets {
  /** In the order of the loads in its facts. */
  readonly loads: (readonly ModuleRef[])[];
  /** What models and pins say that it loads besides. */
  readonly further: ModuleRef[];
}

/** A load whose target is not known or cannot be read. */
export interface Stop {
  readonly way: Way;
  readonly why: string;
  /** Set when the package is known and only its code is missing. */
  readonly unit?: Unit;
}

export interface TraversalContext {
  readonly world: World;
  readonly resolver: ModuleResolver;
  readonly factsOf: (ref: ModuleRef) => Promise<ModuleFacts>;
  readonly signal: AbortSignal;
  readonly progress: (doing: string) => void;
}

export const MOST_MODULES = 50_000;
const WIDTH = 32;

export class Traversal {
  readonly visits: Visit[] = [];
  /** By unit key: the first way to it. */
  readonly loaded = new Map<string, { readonly unit: Unit; readonly way: Way }>();
  readonly stops: Stop[] = [];
  readonly targets = new Map<Visit, Targets>();
  /** Modules that entries start, with the entry. */
  readonly started: { readonly entry: Entry; readonly ref: ModuleRef }[] = [];
  readonly #context: TraversalContext;
  readonly #seen = new Set<string>();
  readonly #whole = new Set<string>();
  readonly #sealed = new Set<string>();

  constructor(context: TraversalContext) {
    this.#context = context;
  }

  get exhausted(): boolean {
    return this.#seen.size > MOST_MODULES;
  }

  async fromEntries(entries: readonly Entry[]): Promise<void> {
    const next: Pending[] = [];
    for (const entry of entries) {
      const { at, modules, whole, sealed, open } = entry;
      for (const ref of [...modules, ...(await this.#modulesOf(whole))]) this.started.push({ entry, ref });
      next.push(...(await this.#take({ entry: at }, { modules, whole, sealed, ...(open === undefined ? {} : { open }) })));
    }
    await this.#levels(next);
  }

  /** More loads of modules that were visited: what a model or a pin says of a site. */
  async fromLoads(loads: readonly { readonly from: Visit; readonly load: Load }[]): Promise<void> {
    const next: Pending[] = [];
    for (const { from, load } of loads) {
      const resolved = await this.#context.resolver.resolve(from.ref, load);
      this.targets.get(from)?.further.push(...resolved.modules, ...(await this.#modulesOf(resolved.whole)));
      next.push(...(await this.#take({ from, load }, { modules: resolved.modules, whole: resolved.whole, sealed: resolved.sealed })));
    }
    await this.#levels(next);
  }

  async #levels(first: readonly Pending[]): Promise<void> {
    for (let level = first; level.length > 0 && !this.exhausted; ) {
      this.#context.signal.throwIfAborted();
      this.#context.progress(`following imports: ${new Intl.NumberFormat('en-US').format(this.visits.length + level.length)} modules`);
      const visits = await mapLimit(level, WIDTH, async ({ ref, way }) => ({ ref, way, facts: await this.#context.factsOf(ref) }));
      this.visits.push(...visits);
      // all packages of a level are opened together, so that fetches overlap; the order of results stays that of the imports
      const resolved = await mapLimit(visits, WIDTH, (visit) =>
        Promise.all(visit.facts.loads.map((load) => this.#context.resolver.resolve(visit.ref, load))),
      );
      const next: Pending[] = [];
      for (const [at, from] of visits.entries()) {
        this.targets.set(from, { loads: await this.#targetsOf(resolved[at] ?? []), further: [] });
        for (const [index, load] of from.facts.loads.entries()) {
          const found = resolved[at]?.[index];
          if (found !== undefined) next.push(...(await this.#take({ from, load }, found)));
        }
      }
      level = next;
    }
  }

  async #take(way: Way, resolved: Resolved): Promise<readonly Pending[]> {
    if (resolved.open !== undefined) this.stops.push({ way, why: resolved.open });
    for (const { unit, why } of resolved.sealed) {
      this.#reach(unit, way);
      if (!this.#sealed.has(unit.key)) this.stops.push({ way, why, unit });
      this.#sealed.add(unit.key);
    }
    const modules = [...resolved.modules];
    for (const unit of resolved.whole) modules.push(...(await this.#all(unit)));
    const next: Pending[] = [];
    for (const ref of modules) {
      if (ref.unit !== undefined) this.#reach(ref.unit, way);
      const key = `${ref.unit?.key ?? ''}\0${ref.path}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      next.push({ ref, way });
    }
    for (const unit of resolved.whole) this.#reach(unit, way);
    return next;
  }

  #reach(unit: Unit, way: Way): void {
    if (!this.loaded.has(unit.key)) this.loaded.set(unit.key, { unit, way });
  }

  #targetsOf(resolved: readonly Resolved[]): Promise<(readonly ModuleRef[])[]> {
    return Promise.all(resolved.map(async ({ modules, whole }) => [...modules, ...(await this.#modulesOf(whole))]));
  }

  async #modulesOf(units: readonly Unit[]): Promise<readonly ModuleRef[]> {
    return units.length === 0 ? [] : (await Promise.all(units.map((unit) => this.#listed(unit)))).flat();
  }

  /** Every module of a package of which it is not known what is loaded. */
  async #all(unit: Unit): Promise<readonly ModuleRef[]> {
    if (this.#whole.has(unit.key)) return [];
    this.#whole.add(unit.key);
    return this.#listed(unit);
  }

  async #listed(unit: Unit): Promise<readonly ModuleRef[]> {
    const opened = await this.#context.world.open(unit);
    return opened.ok
      ? opened.tree
          .beginning('')
          .filter(isModule)
          .map((path) => ({ unit, path }))
      : [];
  }
}

interface Pending {
  readonly ref: ModuleRef;
  readonly way: Way;
}

const isModule = (path: string): boolean => /\.(?:[cm]?jsx?|node)$/.test(path);
