/** Every locked package of the target as a unit that can be opened, and Node's search for a name among them. */
import { posix } from 'node:path';
import { byText } from '../../lib/order.ts';
import type { DependencyGraph, Package } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { openSources } from '../sources/sources.ts';
import type { FileTree } from './file-tree.ts';
import { packageTree } from './file-tree.ts';
import type { Place } from './find-file.ts';
import type { Manifest } from './manifest.ts';
import { manifestFrom } from './manifest.ts';

/** One package at one place of one lockfile. */
export interface Unit {
  /** Place relative to the root of the scan: `shop/node_modules/a`. */
  readonly key: string;
  readonly graph: DependencyGraph;
  /** Folder of the lockfile, relative to the root. */
  readonly folder: string;
  readonly item: Package;
}

export type OpenUnit =
  | ({ readonly ok: true; readonly manifest: Manifest | undefined } & Place)
  | { readonly ok: false; readonly why: string };

export const isUnit = (found: Unit | 'foreign' | undefined): found is Unit => found !== undefined && found !== 'foreign';

export class World {
  /** By key. */
  readonly units = new Map<string, Unit>();
  /** Packages that the lockfile names but that come from elsewhere (git, an address, a tarball on disk). */
  readonly #foreign = new Set<string>();
  /** Folder that holds node_modules → names in it. */
  readonly #holders = new Map<string, Map<string, Unit>>();
  readonly #open = new Map<string, Promise<OpenUnit>>();
  readonly #sources: ReadonlyMap<DependencyGraph, ReturnType<typeof openSources>>;

  constructor(reading: Reading, graphs: readonly DependencyGraph[]) {
    this.#sources = new Map(graphs.map((graph) => [graph, openSources(reading, graph)]));
    for (const graph of graphs) this.#add(graph, folderOf(graph.manifest));
  }

  #add(graph: DependencyGraph, folder: string): void {
    const within = (place: string): string => (folder === '' ? place : `${folder}/${place}`);
    for (const item of graph.packages) {
      const unit = { key: within(item.place), graph, folder, item };
      this.units.set(unit.key, unit);
      const cut = unit.key.lastIndexOf('node_modules/');
      const holder = unit.key.slice(0, Math.max(0, cut - 1));
      const names = this.#holders.get(holder) ?? new Map<string, Unit>();
      this.#holders.set(holder, names.set(unit.key.slice(cut + 'node_modules/'.length), unit));
    }
    const targets = graph.packages.flatMap((item) => Object.values(item.dependencies));
    const named = Object.keys(graph.direct).map((name) => `node_modules/${name}`);
    for (const place of [...targets, ...named])
      if (place.includes('node_modules/') && !this.units.has(within(place))) this.#foreign.add(within(place));
  }

  /** What a bare name means to a module in `folder` (relative to the root); `foreign` = a package whose code no lockfile pins. */
  find(folder: string, name: string): Unit | 'foreign' | undefined {
    for (const above of upward(folder)) {
      const unit = this.#holders.get(above)?.get(name);
      if (unit !== undefined) return unit;
      if (this.#foreign.has(above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`)) return 'foreign';
    }
    return undefined;
  }

  /** Every unit that some name leads to from `folder`, nearest first. */
  resolvable(folder: string): readonly Unit[] {
    const found = new Map<string, Unit>();
    for (const above of upward(folder)) {
      for (const [name, unit] of this.#holders.get(above) ?? []) if (!found.has(name)) found.set(name, unit);
    }
    return [...found.values()];
  }

  /** The same without order, and without the folders in `seen`, which grows: for sets over many packages. */
  newlyResolvable(folder: string, seen: Set<string>): readonly Unit[] {
    const found: Unit[] = [];
    for (const above of upward(folder)) {
      if (seen.has(above)) continue;
      seen.add(above);
      found.push(...(this.#holders.get(above)?.values() ?? []));
    }
    return found;
  }

  /** Units of that name in node_modules, wherever they lie. */
  named(name: string): readonly Unit[] {
    return [...this.#holders.values()].flatMap((names) => names.get(name) ?? []).sort((a, b) => byText(a.key, b.key));
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

  async #opened(unit: Unit): Promise<OpenUnit> {
    const source = await this.#sources.get(unit.graph)?.folderOf(unit.item.place);
    if (source === undefined || !source.ok) return { ok: false, why: source?.why ?? 'the lockfile does not have it' };
    const tree = await packageTree(source.folder);
    const manifestOf = manifestsOf(tree);
    return { ok: true, tree, own: false, manifestOf, manifest: await manifestOf('') };
  }
}

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

export const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

/** The folder, then its parents up to the root; Node does not look into `node_modules/node_modules`. */
export const upward = (folder: string): readonly string[] => {
  const found: string[] = [];
  for (let at = folder; ; at = folderOf(at)) {
    if (posix.basename(at) !== 'node_modules') found.push(at);
    if (at === '') return found;
  }
};
