/** Where the code of a locked package can be read: installed in the target, in the store, or fetched and verified; no script ever runs. */
import { join } from 'node:path';
import type { DependencyGraph, Package } from '../facts.ts';
import type { Reading } from '../reading.ts';
import { installedFolder } from './installed.ts';
import { installedTree } from './installed-tree.ts';
import type { Lanes } from './lanes.ts';
import { lanes } from './lanes.ts';
import type { RegistryOptions } from './npmrc.ts';
import { registryOptions } from './npmrc.ts';
import { storedFolder, storeKey, storePackage } from './store.ts';
import { fetchTarball } from './tarball.ts';

/** `folder` is absolute and holds package.json; `why` is one clause for the user. */
export type SourceFolder = { readonly ok: true; readonly folder: string } | { readonly ok: false; readonly why: string };

export interface PackageSources {
  /** Place as in the lockfile. Asked twice = looked up once. */
  folderOf(place: string): Promise<SourceFolder>;
}

export type SourceReading = Pick<Reading, 'root' | 'offline' | 'cache' | 'signal'>;

const WIDTH = 8;
/** pnpm's and Yarn's patches: what the registry has is not what runs. Yarn's own patches (`builtin<compat/…>`) count like any other. */
const PATCHED = /\(patch_hash=|@patch:/;

/** `env` is for tests; the user's own by default. */
export const openSources = (
  reading: SourceReading,
  graph: Pick<DependencyGraph, 'manifest' | 'packages' | 'projects'>,
  env: NodeJS.ProcessEnv = process.env,
): PackageSources => {
  const byPlace = new Map(graph.packages.map((item) => [item.place, item]));
  const base = join(reading.root, graph.manifest, '..');
  const known = new Map<string, Promise<SourceFolder>>();
  const fetched = new Map<string, Promise<SourceFolder>>();
  const store: Store = { reading, gate: lanes(WIDTH), options: once(() => registryOptions(env)), fetched };
  const tree = once(() => installedTree(['', ...(graph.projects ?? []).map(({ folder }) => folder)].map((folder) => join(base, folder))));
  const aliases = once(async () => aliasesIn(graph));
  /** A lockfile of npm names the folder; of the others any folder of that name and version holds the same code. */
  const installedOf = async (item: Package): Promise<string | undefined> => {
    if (/(?:^|\/)node_modules\//.test(item.place)) return installedFolder(reading.root, join(base, item.place), item);
    const lying = await tree();
    const names = [item.name, ...((await aliases()).get(item.place) ?? [])];
    for (const folder of names.flatMap((name) => lying.get(name) ?? [])) {
      const found = await installedFolder(reading.root, folder, item);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const look = async (place: string): Promise<SourceFolder> => {
    const item = byPlace.get(place);
    if (item === undefined) return missing('the lockfile does not have it');
    const installed = await installedOf(item);
    if (installed !== undefined) return { ok: true, folder: installed };
    if (PATCHED.test(place)) return missing('not installed, and a patch of the project changes it');
    return item.integrity === undefined ? bundled(place, item) : stored(store, item, item.integrity);
  };
  /** A bundled dependency has no tarball: it lies in the one of a package above it. */
  const bundled = async (place: string, item: Package): Promise<SourceFolder> => {
    const cut = place.lastIndexOf('/node_modules/');
    const above = cut > 0 ? await folderOf(place.slice(0, cut)) : missing('');
    const folder = above.ok ? await installedFolder(above.folder, join(above.folder, place.slice(cut + 1)), item) : undefined;
    return folder === undefined ? missing('the lockfile has no digest for it') : { ok: true, folder };
  };
  const folderOf = (place: string): Promise<SourceFolder> => remembered(known, place, () => look(place));
  return { folderOf };
};

/** Place → names other than its own that it is asked for by, which are then those of its folder. */
const aliasesIn = ({
  packages,
  projects = [],
}: Pick<DependencyGraph, 'packages' | 'projects'>): ReadonlyMap<string, ReadonlySet<string>> => {
  const nameAt = new Map(packages.map(({ place, name }) => [place, name]));
  const found = new Map<string, Set<string>>();
  for (const { dependencies } of [...packages, ...projects]) {
    for (const [name, place] of Object.entries(dependencies))
      if (nameAt.get(place) !== name) found.set(place, (found.get(place) ?? new Set()).add(name));
  }
  return found;
};

interface Store {
  readonly reading: SourceReading;
  readonly gate: Lanes;
  readonly options: () => Promise<RegistryOptions>;
  /** By store key: places with the same digest share one folder. */
  readonly fetched: Map<string, Promise<SourceFolder>>;
}

const stored = async (store: Store, item: Package, integrity: string): Promise<SourceFolder> => {
  const key = storeKey(integrity);
  if (key === undefined) return missing('the lockfile has no digest for it that is known');
  return remembered(store.fetched, key, async () => {
    const folder = await storedFolder(store.reading.cache, key);
    if (folder !== undefined) return { ok: true, folder };
    if (store.reading.offline) return missing('not installed, and the scan is offline');
    return store.gate(async () => fetchInto(store, { ...item, integrity }, key));
  });
};

const fetchInto = async (store: Store, item: Package & { readonly integrity: string }, key: string): Promise<SourceFolder> => {
  const packed = await fetchTarball(item, await store.options(), store.reading.signal);
  if (!packed.ok) return missing(packed.error);
  const folder = await storePackage(store.reading.cache, key, packed.value);
  return folder.ok ? { ok: true, folder: folder.value } : missing(folder.error);
};

const missing = (why: string): SourceFolder => ({ ok: false, why });

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  const made = new Map<'it', Promise<T>>();
  return () => remembered(made, 'it', make);
};

const remembered = <K, T>(known: Map<K, Promise<T>>, key: K, make: () => Promise<T>): Promise<T> => {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
};
