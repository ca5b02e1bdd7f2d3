/** Every locked package of the target as a unit that can be opened, and the search for a name among them. */
import { byText } from '../../lib/order.ts';
import type { DependencyGraph } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { openSources } from '../sources/sources.ts';
import type { FileTree } from './file-tree.ts';
import { packageTree } from './file-tree.ts';
import type { Place } from './find-file.ts';
import type { Layout, Scope, Unit } from './layout.ts';
import { layoutOf, upward } from './layout.ts';
import { linkerOf } from './linker.ts';
import type { Manifest } from './manifest.ts';
import { manifestFrom } from './manifest.ts';

export type { Unit } from './layout.ts';
export { folderOf, upward } from './layout.ts';

export type OpenUnit =
  | ({ readonly ok: true; readonly manifest: Manifest | undefined } & Place)
  | { readonly ok: false; readonly why: string };

/** `foreign`: a package whose code no lockfile pins. */
export type Named = Unit | 'foreign';

export const isUnit = (found: Named | undefined): found is Unit => found !== undefined && found !== 'foreign';

/** `tree` is the application's: settings of package managers lie in it. */
export const openWorld = async (reading: Reading, graphs: readonly DependencyGraph[], tree: FileTree): Promise<World> => {
  const layouts: Layout[] = [];
  for (const graph of graphs) layouts.push(layoutOf(graph, await linkerOf(graph, folderOfManifest(graph), tree)));
  return new World(reading, layouts);
};

const folderOfManifest = ({ manifest }: DependencyGraph): string => manifest.slice(0, Math.max(0, manifest.lastIndexOf('/')));

export class World {
  /** By key. */
  readonly units = new Map<string, Unit>();
  readonly #layouts: ReadonlyMap<DependencyGraph, Layout>;
  /** Folder → lockfiles that have a project there. */
  readonly #anchored = new Map<string, Layout[]>();
  readonly #byPlace = new Map<DependencyGraph, Map<string, Unit>>();
  readonly #open = new Map<string, Promise<OpenUnit>>();
  readonly #sources: ReadonlyMap<DependencyGraph, ReturnType<typeof openSources>>;

  constructor(reading: Reading, layouts: readonly Layout[]) {
    this.#layouts = new Map(layouts.map((layout) => [layout.graph, layout]));
    this.#sources = new Map(layouts.map(({ graph }) => [graph, openSources(reading, graph)]));
    for (const layout of layouts) {
      for (const unit of layout.units) this.units.set(unit.key, unit);
      this.#byPlace.set(layout.graph, new Map(layout.units.map((unit) => [unit.item.place, unit])));
      for (const folder of layout.anchors) this.#anchored.set(folder, [...(this.#anchored.get(folder) ?? []), layout]);
    }
  }

  at(graph: DependencyGraph, place: string): Unit | undefined {
    return this.#byPlace.get(graph)?.get(place);
  }

  /** Folders of the own packages that a lockfile is for, its own first. */
  projectsOf(graph: DependencyGraph): readonly string[] {
    return this.#layouts.get(graph)?.anchors ?? [];
  }

  /** The lockfiles that what lies in `folder` belongs to: own code to those of the nearest project. */
  homes(folder: string): readonly DependencyGraph[] {
    const owner = this.owner(`${folder}/`);
    if (owner !== undefined && owner !== 'nowhere') return [owner.unit.graph];
    for (const above of upward(folder)) {
      const found = this.#anchored.get(above);
      if (found !== undefined) return found.map(({ graph }) => graph);
    }
    return [];
  }

  /** What a bare name means to a module in `folder` (relative to the root): one, or several where that is not written down. */
  find(folder: string, name: string): readonly Named[] {
    for (const group of this.#groups(folder)) {
      const found = group.flatMap((scopes) => nearest(scopes, name));
      if (found.length > 0) return found;
    }
    return this.owner(`${folder}/`) === undefined ? this.#undeclared(folder, name) : [];
  }

  /** Own code that asks for what its project does not declare fails, or a tool helps it to a package of its lockfile. */
  #undeclared(folder: string, name: string): readonly Named[] {
    return this.homes(folder).flatMap((graph) => this.#layouts.get(graph)?.all?.names.get(name) ?? []);
  }

  /** Every unit that some name leads to from `folder`, nearest first, with that name. */
  resolvable(folder: string): readonly (readonly [name: string, unit: Unit])[] {
    const found = new Map<string, readonly Unit[]>();
    for (const scopes of this.#groups(folder).flat()) {
      const here = new Set<string>();
      for (const scope of scopes) {
        for (const [name, units] of scope.names) {
          if (here.has(name)) continue;
          here.add(name);
          found.set(name, [...(found.get(name) ?? []), ...units]);
        }
      }
    }
    return [...found].flatMap(([name, units]) => [...new Set(units)].map((unit) => [name, unit] as const));
  }

  /** Units that an open site in `folder` may load; one of a package may load own modules, and with them what any of them sees. */
  mayLoad(folder: string): readonly Unit[] {
    const owner = this.owner(`${folder}/`);
    const seen = new Set<string>();
    const here = this.newlyResolvable(folder, seen);
    return typeof owner === 'object' ? [...here, ...this.#newly(this.#layouts.get(owner.unit.graph)?.own ?? [], seen)] : here;
  }

  /** Units that some name leads to from `folder`, without the scopes in `seen`, which grows: for sets over many packages. */
  newlyResolvable(folder: string, seen: Set<string>): readonly Unit[] {
    return this.#newly(this.#groups(folder).flat(2), seen);
  }

  #newly(scopes: readonly Scope[], seen: Set<string>): readonly Unit[] {
    const found: Unit[] = [];
    for (const scope of scopes) {
      if (seen.has(scope.token)) continue;
      seen.add(scope.token);
      for (const units of scope.names.values()) found.push(...units);
    }
    return found;
  }

  /** Units of that name, wherever they lie. */
  named(name: string): readonly Unit[] {
    const units = [...this.units.values()];
    return units.filter(({ key, item }) => item.name === name || key.endsWith(`node_modules/${name}`)).sort((a, b) => byText(a.key, b.key));
  }

  /** The unit that a path relative to the root lies in, and the path inside it. */
  owner(path: string): { readonly unit: Unit; readonly inside: string } | 'nowhere' | undefined {
    const cut = path.lastIndexOf('node_modules/');
    if (cut < 0) return undefined;
    const rest = path.slice(cut + 'node_modules/'.length).split('/');
    const length = rest[0]?.startsWith('@') === true ? 2 : 1;
    const unit = this.units.get(path.slice(0, cut) + ['node_modules', ...rest.slice(0, length)].join('/'));
    return unit === undefined ? 'nowhere' : { unit, inside: rest.slice(length).join('/') };
  }

  /** The files of a unit; asked once. */
  open(unit: Unit): Promise<OpenUnit> {
    const found = this.#open.get(unit.key) ?? this.#opened(unit);
    this.#open.set(unit.key, found);
    return found;
  }

  /** Scopes by lockfile, the nearest lockfiles first; of those at one folder each has its say. */
  #groups(folder: string): readonly (readonly (readonly Scope[])[])[] {
    const owner = this.owner(`${folder}/`);
    const unit = owner === undefined || owner === 'nowhere' ? undefined : owner.unit;
    const layout = unit === undefined ? undefined : this.#layouts.get(unit.graph);
    const inner = layout === undefined ? [] : [[layout.scopes(folder, unit)]];
    const seen = new Set(layout === undefined ? [] : [layout]);
    const outer = upward(unit === undefined ? folder : unit.folder).map((above) => {
      const fresh = (this.#anchored.get(above) ?? []).filter((each) => !seen.has(each));
      for (const each of fresh) seen.add(each);
      // a package of one lockfile does not see what another one put beside it
      return unit !== undefined && above === unit.folder ? [] : fresh.map((each) => each.scopes(folder, undefined));
    });
    return [...inner, ...outer.filter((group) => group.length > 0)];
  }

  async #opened(unit: Unit): Promise<OpenUnit> {
    const source = await this.#sources.get(unit.graph)?.folderOf(unit.item.place);
    if (source === undefined || !source.ok) return { ok: false, why: source?.why ?? 'the lockfile does not have it' };
    const tree = await packageTree(source.folder);
    const manifestOf = manifestsOf(tree);
    return { ok: true, tree, own: false, manifestOf, manifest: await manifestOf('') };
  }
}

const nearest = (scopes: readonly Scope[], name: string): readonly Named[] => {
  for (const { names, foreign } of scopes) {
    const units = names.get(name);
    if (units !== undefined) return units;
    if (foreign.has(name)) return ['foreign'];
  }
  return [];
};

/** Reads each package.json of a tree once. */
export const manifestsOf = (tree: FileTree): ((folder: string) => Promise<Manifest | undefined>) => {
  const known = new Map<string, Promise<Manifest | undefined>>();
  const load = async (folder: string): Promise<Manifest | undefined> => {
    const path = folder === '' ? 'package.json' : `${folder}/package.json`;
    const content = tree.has(path) ? await tree.read(path) : undefined;
    return content?.ok === true ? manifestFrom(content.text) : undefined;
  };
  return (folder) => {
    const found = known.get(folder) ?? load(folder);
    known.set(folder, found);
    return found;
  };
};
