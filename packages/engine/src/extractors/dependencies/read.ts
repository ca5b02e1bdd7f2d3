/** Every manifest, lockfile and installed tree of the target → dependency graphs; what could not be read is said. */

import { BreakwaterError } from '@breakwater/model';
import { byKeys } from '../../lib/order.ts';
import type { DependencyGraph } from '../facts.ts';
import { readNpmLockfiles } from '../npm/read.ts';
import { reportUnlocked } from '../npm/unlocked.ts';
import type { Reading } from '../reading.ts';
import { folderOf, inFolder } from '../tree/folders.ts';
import type { ManifestGroup } from './catalogue.ts';
import { INSTALLED_TREES, MANIFESTS } from './catalogue.ts';
import type { Format, Parsed } from './format.ts';
import { graphOf } from './graph.ts';
import { ManifestError } from './manifest-error.ts';
import { filesByName, nearOf } from './near.ts';
import type { LeftIn } from './problems.ts';
import { brokenManifest, leftProblems } from './problems.ts';
import { reportUnpinned } from './unpinned.ts';

/** The result of the reader, or `undefined` when the file is not its own, or is broken, which was said then. */
const parse = async (
  reading: Reading,
  format: Format,
  uri: string,
  byName: ReadonlyMap<string, readonly string[]>,
): Promise<Parsed | undefined> => {
  try {
    const text = format.binary === true ? '' : await reading.readText(uri, format.maxBytes);
    return await format.read(uri, text, nearOf(reading, byName, uri, format.maxBytes));
  } catch (error) {
    if (reading.signal.aborted) throw error;
    if (error instanceof ManifestError) reading.problem(brokenManifest(uri, error, format.remake));
    else if (error instanceof BreakwaterError)
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    else throw error;
    return undefined;
  }
};

interface Read {
  readonly graphs: readonly DependencyGraph[];
  /** What was left, with the reader that left it. */
  readonly left: readonly (LeftIn & { readonly format: Format })[];
  /** Folders whose packages a lockfile pins. */
  readonly locked: readonly string[];
}

const readManifest = async (
  reading: Reading,
  formats: readonly Format[],
  uri: string,
  byName: ReadonlyMap<string, readonly string[]>,
): Promise<Read> => {
  reading.progress(`reading ${uri}`);
  for (const format of formats.filter((one) => one.matches(uri))) {
    const parsed = await parse(reading, format, uri, byName);
    if (parsed === undefined) continue;
    const { graph, left } = graphOf(uri, format, parsed);
    const folders = format.ecosystem === 'npm' ? ['', ...parsed.roots.map(({ folder }) => folder)] : [];
    return { graphs: [graph], left: [{ uri, left, format }], locked: folders.map((folder) => inFolder(folderOf(uri), folder)) };
  }
  // broken, which was said: its projects are not without a lockfile
  return { graphs: [], left: [], locked: formats.some((one) => one.ecosystem === 'npm') ? [folderOf(uri)] : [] };
};

const joined = (all: readonly Read[]): Read => ({
  graphs: all.flatMap((one) => one.graphs),
  left: all.flatMap((one) => one.left),
  locked: all.flatMap((one) => one.locked),
});

/** One line for each kind: a repository of 40 workflows says once that their tags move. */
const sayLeft = (reading: Reading, all: Read['left']): void => {
  for (const format of new Set(all.map((one) => one.format)))
    for (const problem of leftProblems(
      all.filter((one) => one.format === format),
      format,
    ))
      reading.problem(problem);
};

const readManifests = async (reading: Reading, groups: readonly ManifestGroup[]): Promise<Read> => {
  const byName = filesByName(reading);
  const found: Read[] = [];
  for (const { files, load } of groups) {
    const uris = reading.files.map(({ uri }) => uri).filter((uri) => files.test(uri));
    if (uris.length === 0) continue;
    const formats = await load();
    for (const uri of uris) {
      reading.signal.throwIfAborted();
      found.push(await readManifest(reading, formats, uri, byName));
    }
  }
  const all = joined(found);
  sayLeft(reading, all.left);
  return all;
};

const readInstalled = async (reading: Reading): Promise<Pick<Read, 'graphs'>> => {
  const graphs: DependencyGraph[] = [];
  for (const { present, load, ecosystem, remake } of INSTALLED_TREES) {
    if (!reading.files.some(present)) continue;
    const trees = (await (await load())(reading)).map(({ manifest, kind, parsed }) => graphOf(manifest, { kind, ecosystem }, parsed));
    const left = trees.map((tree) => ({ uri: tree.graph.manifest, left: tree.left }));
    for (const problem of leftProblems(left, { remake })) reading.problem(problem);
    graphs.push(...trees.map(({ graph }) => graph).filter(({ packages }) => packages.length > 0));
  }
  return { graphs };
};

const packagesPhrase = (count: number): string => `${new Intl.NumberFormat('en-US').format(count)} ${count === 1 ? 'package' : 'packages'}`;

/**
 * Sorted by manifest, then kind. Never throws for what a repository holds; problems: BW3010 broken, BW3011 no lockfile, BW3012 a
 * lockfile that is not read, BW3013 not from a registry, BW3014 written twice, BW3015 no exact version.
 */
export const readDependencies = async (reading: Reading): Promise<readonly DependencyGraph[]> => {
  const npm = await readNpmLockfiles(reading);
  const manifests = await readManifests(reading, MANIFESTS);
  const installed = await readInstalled(reading);
  await reportUnpinned(reading);
  const unlocked = await reportUnlocked(reading, new Set([...npm.locked, ...manifests.locked]));
  const graphs = [npm, manifests, installed, unlocked].flatMap((one) => one.graphs);
  if (graphs.length > 0) reading.looked(packagesPhrase(graphs.reduce((sum, graph) => sum + graph.packages.length, 0)));
  return graphs.sort(
    byKeys(
      (graph) => graph.manifest,
      (graph) => graph.kind,
    ),
  );
};

const NODE_LOCKFILES = ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** The same for packages of Node alone: every lockfile of npm, Yarn, pnpm and bun, and what is installed where there is none. */
export const readNodeDependencies = async (reading: Reading): Promise<readonly DependencyGraph[]> => {
  const npm = await readNpmLockfiles(reading);
  const groups = MANIFESTS.filter(({ files }) => NODE_LOCKFILES.some((name) => files.test(name)));
  const manifests = await readManifests(reading, groups);
  const unlocked = await reportUnlocked(reading, new Set([...npm.locked, ...manifests.locked]));
  return [npm, manifests, unlocked]
    .flatMap((one) => one.graphs)
    .sort(
      byKeys(
        (graph) => graph.manifest,
        (graph) => graph.kind,
      ),
    );
};
