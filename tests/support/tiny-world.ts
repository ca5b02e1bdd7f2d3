/** Small applications in a temporary folder, installed as npm would, and the module graph that is read from them. */
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '@breakwater/model';
import { readNodeDependencies } from '../../packages/engine/src/extractors/dependencies/read.ts';
import type { DependencyGraph, ModuleGraph, Package } from '../../packages/engine/src/extractors/facts.ts';
import { readModuleGraphs } from '../../packages/engine/src/extractors/javascript/module-graph.ts';
import type { Reading, ReadProblem } from '../../packages/engine/src/extractors/reading.ts';
import { openReading, takeInventory } from '../../packages/engine/src/extractors/tree/open.ts';

export type Files = Readonly<Record<string, string>>;

export interface Locked {
  readonly version?: string;
  readonly files?: Files;
  /** In the lockfile but not on disk. */
  readonly absent?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly integrity?: string;
}

const signal = new AbortController().signal;
export const nameAt = (place: string): string => place.split('node_modules/').at(-1) ?? '';

const lock = (place: string, { version = '1.0.0', dependencies = {}, integrity }: Locked): Package => ({
  ecosystem: 'npm',
  name: nameAt(place),
  version,
  purl: `pkg:npm/${nameAt(place)}@${version}`,
  place,
  scope: 'required',
  direct: true,
  path: [],
  region: { startLine: 1 },
  ...(integrity === undefined ? {} : { integrity }),
  hasInstallScript: false,
  dependencies,
});

const write = async (root: string, files: Files): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

export interface World {
  readonly own: Files;
  readonly packages?: Readonly<Record<string, Locked>>;
  readonly config?: Config;
  readonly offline?: boolean;
  readonly cache?: string;
}

export const readingOf = async (root: string, { config = {}, offline = true, cache }: World, problems: ReadProblem[]): Promise<Reading> => {
  const common = { root, inventory: await takeInventory(root, signal), config, control: 'reachability', offline, advisories: '', signal };
  const folder = cache ?? (await mkdtemp(join(tmpdir(), 'bw-cache-')));
  const silent = { problem: (problem: ReadProblem) => problems.push(problem), progress: () => undefined, looked: () => undefined };
  return openReading({ ...common, cache: folder, ...silent });
};

/** Installs the tree and reads its one graph. */
export const graphOf = async (world: World): Promise<ModuleGraph & { readonly problems: readonly ReadProblem[] }> => {
  const root = await mkdtemp(join(tmpdir(), 'bw-graph-'));
  const places = Object.entries(world.packages ?? {});
  await write(root, { 'package.json': '{"name":"app","main":"index.js"}', ...world.own });
  for (const [place, { version = '1.0.0', files = { 'index.js': '' }, absent }] of places) {
    if (absent === true) continue;
    const manifest = { 'package.json': JSON.stringify({ name: nameAt(place), version }) };
    await write(join(root, place), { ...manifest, ...files });
  }
  const graph: DependencyGraph = {
    manifest: 'package-lock.json',
    kind: 'package-lock',
    direct: {},
    packages: places.map(([place, locked]) => lock(place, locked)),
  };
  const problems: ReadProblem[] = [];
  const [found] = await readModuleGraphs(await readingOf(root, world, problems), [graph]);
  if (found === undefined) throw new Error('no graph');
  return { ...found, problems };
};

/** Writes the files (lockfiles and node_modules among them) and reads the graph of every lockfile. `links`: path → target relative to it. */
export const graphsOf = async (
  files: Files,
  links: Readonly<Record<string, string>> = {},
  options: Omit<World, 'own' | 'packages'> = {},
): Promise<readonly ModuleGraph[]> => {
  const root = await mkdtemp(join(tmpdir(), 'bw-graphs-'));
  await write(root, files);
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
  const reading = await readingOf(root, { own: {}, ...options }, []);
  return readModuleGraphs(reading, await readNodeDependencies(reading));
};

export const n = (name: string): string => `node_modules/${name}`;
export const plain = (...names: readonly string[]): Readonly<Record<string, Locked>> =>
  Object.fromEntries(names.map((name) => [n(name), {}]));
export const loadedIn = async (world: World): Promise<readonly string[]> => [...(await graphOf(world)).loaded.keys()].map(nameAt).sort();
