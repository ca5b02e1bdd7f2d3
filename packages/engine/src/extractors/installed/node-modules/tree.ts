/** What is installed, for projects whose versions nobody wrote down: npm's and pnpm's own notes in node_modules, else the packages there. */
import type { Left, Parsed } from '../../dependencies/format.ts';
import { graphOf as graphOfParsed } from '../../dependencies/graph.ts';
import { ManifestError } from '../../dependencies/manifest-error.ts';
import type { DependencyGraph } from '../../facts.ts';
import type { Declared, LockEntry } from '../../npm/entry.ts';
import { graphOf, type Unversioned } from '../../npm/graph.ts';
import { JsonError } from '../../npm/json-cursor.ts';
import type { Lockfile } from '../../npm/lockfile.ts';
import { parseLockfile } from '../../npm/lockfile.ts';
import { pnpmLock } from '../../pnpm/pnpm-lock.ts';
import type { Disk } from './disk.ts';
import { installedEntry } from './package-json.ts';
import { InstalledWalk } from './walk.ts';

export interface InstalledReading {
  /** Its manifest is the folder: `packages/a/node_modules`. */
  readonly graph: DependencyGraph;
  readonly left: readonly Left[];
  /** Folders of projects whose packages are in the graph, relative to the root. */
  readonly covered: readonly string[];
}

const NOTES_BYTES = 64 << 20;

const under = (folder: string, path: string): string => (folder === '' || path === '' ? folder + path : `${folder}/${path}`);

/** One uri stands for many files, so there is no line to point to. */
const asInstalled = (graph: DependencyGraph): DependencyGraph => ({
  manifest: graph.manifest,
  kind: 'node_modules',
  direct: graph.direct,
  packages: graph.packages.map((item) => ({ ...item, region: { startLine: 1 } })),
  ...(graph.projects === undefined ? {} : { projects: graph.projects }),
});

const asLeft = ({ name, origin }: Unversioned): Left => ({ name, line: 1, origin });

/** What a project asks for and nobody installed, below it or above. */
const missing = (entries: ReadonlyMap<string, LockEntry>, folders: readonly string[]): readonly Left[] =>
  folders.flatMap((folder) => {
    const parts = folder === '' ? [] : folder.split('/');
    const levels = parts.map((_part, index) => `${parts.slice(0, parts.length - index).join('/')}/`).concat('');
    const isThere = (name: string): boolean => levels.some((level) => entries.has(`${level}node_modules/${name}`));
    return [...(entries.get(folder)?.declares ?? [])]
      .filter(([name, { kind }]) => kind !== 'optional' && !isThere(name))
      .map(([name]): Left => ({ name, line: 1, origin: 'unresolved', why: `${name} is not installed` }));
  });

const fromEntries = (
  manifest: string,
  base: string,
  lockfile: Lockfile,
  declared: ReadonlyMap<string, Declared> | undefined,
): InstalledReading => {
  const { graph, unversioned, localFolders } = graphOf(manifest, lockfile, declared);
  const covered = ['', ...localFolders].map((folder) => under(base, folder));
  return { graph: asInstalled(graph), left: unversioned.map(asLeft), covered };
};

/** npm's hidden lockfile lists everything but the project itself. */
const fromNpm = async (disk: Disk, base: string, manifest: string): Promise<InstalledReading | undefined> => {
  const text = await disk.text(`${manifest}/.package-lock.json`, NOTES_BYTES);
  if (text === undefined) return undefined;
  const own = installedEntry((await disk.text(under(base, 'package.json'))) ?? '', '', true);
  try {
    return fromEntries(manifest, base, parseLockfile(text), own?.declares);
  } catch (error) {
    if (error instanceof JsonError) return undefined; // the packages themselves are read then
    throw error;
  }
};

const pnpmNotes = async (text: string): Promise<Parsed | undefined> => {
  try {
    const near = {
      text: async () => undefined,
      bytes: async () => Buffer.alloc(0),
      foldersWith: () => [],
      signal: new AbortController().signal,
    };
    return await pnpmLock.read('', text, near);
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
};

/** pnpm notes what it installed as a lockfile. */
const fromPnpm = async (disk: Disk, base: string, manifest: string): Promise<InstalledReading | undefined> => {
  if (!(await disk.hasFolder(`${manifest}/.pnpm`))) return undefined;
  const text = await disk.text(`${manifest}/.pnpm/lock.yaml`, NOTES_BYTES);
  const parsed = text === undefined ? undefined : await pnpmNotes(text);
  if (parsed === undefined) return undefined;
  const { graph, left } = graphOfParsed(manifest, { kind: 'node_modules', ecosystem: 'npm' }, parsed);
  return {
    graph: asInstalled(graph),
    left: left.map((item) => ({ ...item, line: 1 })),
    covered: ['', ...parsed.roots.map(({ folder }) => folder)].map((folder) => under(base, folder)),
  };
};

const fromPackages = async (disk: Disk, base: string, manifest: string, members: readonly string[], signal: AbortSignal) => {
  const walk = new InstalledWalk(disk, base, signal);
  const folders = ['', ...members];
  for (const folder of folders) await walk.project(folder);
  const reading = fromEntries(manifest, base, { version: 3, entries: walk.entries, repeated: [] }, undefined);
  return { ...reading, left: [...reading.left, ...walk.left, ...missing(walk.entries, folders)] };
};

/**
 * `base`: a folder with node_modules, relative to the root. `members`: further projects, relative to it, that use what lies there.
 * undefined when nothing is installed.
 */
export const readNodeModules = async (
  disk: Disk,
  base: string,
  members: readonly string[],
  signal: AbortSignal,
): Promise<InstalledReading | undefined> => {
  const manifest = under(base, 'node_modules');
  const found =
    (await fromNpm(disk, base, manifest)) ??
    (await fromPnpm(disk, base, manifest)) ??
    (await fromPackages(disk, base, manifest, members, signal));
  return found.graph.packages.length === 0 ? undefined : found;
};
