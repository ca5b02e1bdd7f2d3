/** What names code sees from a folder, in the order in which they are looked up: by folders, or by what each package declares. */
import { posix } from 'node:path';
import type { DependencyGraph, LockedProject, Package } from '../facts.ts';
import type { Linker } from './linker.ts';

/** One package at one place of one lockfile. */
export interface Unit {
  /** Folder relative to the root of the scan, unique: `shop/node_modules/a`; of lockfiles without folders one that is made up. */
  readonly key: string;
  readonly graph: DependencyGraph;
  /** Folder of the lockfile, relative to the root. */
  readonly folder: string;
  readonly item: Package;
}

/** Names that one look-up finds together. */
export interface Scope {
  /** The same for the same scope. */
  readonly token: string;
  /** As the code that asks calls it; several where it is not known which one lies there. */
  readonly names: ReadonlyMap<string, readonly Unit[]>;
  /** Names of packages whose code no registry has (git, an address, a tarball on disk). */
  readonly foreign: ReadonlySet<string>;
}

export interface Layout {
  readonly graph: DependencyGraph;
  /** Folders of the projects that the lockfile is for; code below them, outside of packages, is looked up here. */
  readonly anchors: readonly string[];
  readonly units: readonly Unit[];
  /** Every name of the lockfile, where its places are no folders. */
  readonly all?: Scope;
  /** All that own code of any project sees. */
  readonly own: readonly Scope[];
  /** What code in `folder` sees, nearest first. `unit`: the package of this lockfile that the folder lies in. */
  scopes(folder: string, unit: Unit | undefined): readonly Scope[];
}

export const layoutOf = (graph: DependencyGraph, linker: Linker): Layout =>
  linker === 'nested' ? new Nested(graph) : new Declared(graph, linker);

export const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

/** The folder, then its parents up to the root; Node does not look into `node_modules/node_modules`. */
export const upward = (folder: string): readonly string[] => {
  const found: string[] = [];
  for (let at = folder; ; at = folderOf(at)) {
    if (posix.basename(at) !== 'node_modules') found.push(at);
    if (at === '' || at === '..') return found;
  }
};

const NONE: ReadonlySet<string> = new Set();

/** npm's lockfile: each place is a folder, and Node's own search decides. */
class Nested implements Layout {
  readonly graph: DependencyGraph;
  readonly anchors: readonly string[];
  readonly units: readonly Unit[];
  readonly #scopes = new Map<string, Scope & { readonly names: Map<string, readonly Unit[]>; readonly foreign: Set<string> }>();

  constructor(graph: DependencyGraph) {
    const folder = folderOf(graph.manifest);
    this.graph = graph;
    this.anchors = [folder];
    const within = (place: string): string => (folder === '' ? place : `${folder}/${place}`);
    this.units = graph.packages.map((item) => ({ key: within(item.place), graph, folder, item }));
    for (const unit of this.units) this.#holder(unit.key).names.set(nameIn(unit.key), [unit]);
    const known = new Set(graph.packages.map(({ place }) => place));
    const targets = graph.packages.flatMap((item) => Object.values(item.dependencies));
    const named = Object.keys(graph.direct).map((name) => `node_modules/${name}`);
    for (const place of [...targets, ...named])
      if (place.includes('node_modules/') && !known.has(place)) this.#holder(within(place)).foreign.add(nameIn(place));
  }

  get own(): readonly Scope[] {
    return [...this.#scopes].flatMap(([token, scope]) => (token.includes('node_modules/') ? [] : [scope]));
  }

  scopes(folder: string): readonly Scope[] {
    return upward(folder).flatMap((above) => this.#scopes.get(above) ?? []);
  }

  /** Of the folder that holds the node_modules of `key`. */
  #holder(key: string) {
    const token = key.slice(0, Math.max(0, key.lastIndexOf('node_modules/') - 1));
    const found = this.#scopes.get(token) ?? { token, names: new Map<string, readonly Unit[]>(), foreign: new Set<string>() };
    this.#scopes.set(token, found);
    return found;
  }
}

const nameIn = (key: string): string => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Lockfiles that say of each package what each of its names means. */
class Declared implements Layout {
  readonly graph: DependencyGraph;
  readonly anchors: readonly string[];
  readonly units: readonly Unit[];
  readonly #byPlace: ReadonlyMap<string, Unit>;
  readonly #projects: ReadonlyMap<string, Scope>;
  readonly #declared = new Map<string, Scope>();
  readonly all: Scope;
  readonly #linker: Linker;
  readonly #folder: string;

  constructor(graph: DependencyGraph, linker: Linker) {
    this.#folder = folderOf(graph.manifest);
    this.#linker = linker;
    this.graph = graph;
    this.units = graph.packages.map((item, at) => ({ key: madeUp(graph, this.#folder, item, at), graph, folder: this.#folder, item }));
    this.#byPlace = new Map(this.units.map((unit) => [unit.item.place, unit]));
    const projects = graph.projects ?? [];
    this.#projects = new Map(
      projects.map((project) => {
        const folder = normalFolder(posix.join(this.#folder, project.folder));
        return [folder, this.#scope(`${this.#folder} ${graph.kind} project ${folder}`, project)];
      }),
    );
    this.all = this.#everything();
    this.anchors = [...new Set([this.#folder, ...this.#projects.keys()])].filter((each) => !each.startsWith('..'));
  }

  get own(): readonly Scope[] {
    return [...this.#projects.values(), ...(this.#linker === 'hoisted' ? [this.all] : [])];
  }

  scopes(folder: string, unit: Unit | undefined): readonly Scope[] {
    const root = this.#projects.get(this.#folder);
    const above = root === undefined ? [] : [root];
    if (unit !== undefined)
      return [this.#of(unit), ...(this.#linker === 'store' ? [] : above), ...(this.#linker === 'strict' ? [] : [this.all])];
    const own = upward(folder).flatMap((each) => this.#projects.get(each) ?? []);
    return [...own, ...(own.includes(root ?? this.all) ? [] : above), ...(this.#linker === 'hoisted' ? [this.all] : [])];
  }

  #of(unit: Unit): Scope {
    const found = this.#declared.get(unit.key) ?? this.#scope(unit.key, unit.item);
    this.#declared.set(unit.key, found);
    return found;
  }

  #scope(token: string, { dependencies, elsewhere = [] }: Pick<LockedProject, 'dependencies' | 'elsewhere'>): Scope {
    const names = new Map<string, readonly Unit[]>();
    for (const [name, place] of Object.entries(dependencies)) {
      const unit = this.#byPlace.get(place);
      if (unit !== undefined) names.set(name, [unit]);
    }
    return { token, names, foreign: elsewhere.length === 0 ? NONE : new Set(elsewhere) };
  }

  /** Every name that anybody uses: which version of several lies at the top is not written down. */
  #everything(): Scope {
    const names = new Map<string, Set<Unit>>();
    const foreign = new Set<string>();
    const add = (name: string, unit: Unit | undefined): void => {
      const known = names.get(name);
      if (unit === undefined) return;
      if (known === undefined) names.set(name, new Set([unit]));
      else known.add(unit);
    };
    for (const unit of this.units) add(unit.item.name, unit);
    for (const { dependencies, elsewhere = [] } of [...this.graph.packages, ...(this.graph.projects ?? [])]) {
      for (const [name, place] of Object.entries(dependencies)) add(name, this.#byPlace.get(place));
      for (const name of elsewhere) if (!names.has(name)) foreign.add(name);
    }
    const listed = new Map([...names].map(([name, units]) => [name, [...units]] as const));
    return { token: `${this.#folder} ${this.graph.kind} all`, names: listed, foreign };
  }
}

const normalFolder = (path: string): string => (path === '.' ? '' : path.replace(/\/$/, ''));

/** No folder has a name that begins so; the place itself may hold anything. */
const madeUp = ({ kind }: DependencyGraph, folder: string, { name }: Package, at: number): string => {
  const plain = /^(?:@[^/]+\/)?[^/]+$/.test(name) && !/(?:^|\/)\.{1,2}$/.test(name) ? name : 'package';
  return `${folder === '' ? '' : `${folder}/`}node_modules/.${kind}/${at}/node_modules/${plain}`;
};
