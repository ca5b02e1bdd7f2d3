/** Installed trees of the projects that no lockfile covers. */
import { leftProblems } from '../../dependencies/problems.ts';
import type { DependencyGraph } from '../../facts.ts';
import type { Reading } from '../../reading.ts';
import { upward } from '../../tree/folders.ts';
import { workspaceFolders } from '../../yarn/globs.ts';
import { Disk } from './disk.ts';
import { readNodeModules } from './tree.ts';

/** A project without a lockfile. */
export interface UnlockedProject {
  /** Relative to the root of the target. */
  readonly folder: string;
  readonly workspaces: readonly string[];
  /** Something is to be installed for it. */
  readonly hasDependencies: boolean;
  /** What makes a lockfile. */
  readonly remake: string;
}

export interface InstalledTrees {
  readonly graphs: readonly DependencyGraph[];
  /** Folders of projects whose versions are known now. */
  readonly covered: ReadonlySet<string>;
}

const relativeTo = (base: string, folder: string): string => (base === '' ? folder : folder.slice(base.length + 1));

/** Whether the packages of `project` may lie in the node_modules of `base`. */
const serves = (base: UnlockedProject, project: UnlockedProject): boolean =>
  base.folder === project.folder || workspaceFolders(base.workspaces, [relativeTo(base.folder, project.folder)]).length > 0;

/** The outermost project that has node_modules for this one. */
const baseOf = (project: UnlockedProject, installed: ReadonlyMap<string, UnlockedProject>): UnlockedProject | undefined =>
  upward(project.folder)
    .flatMap((folder) => installed.get(folder) ?? [])
    .filter((base) => serves(base, project))
    .at(-1);

const withModules = async (disk: Disk, projects: readonly UnlockedProject[]): Promise<ReadonlyMap<string, UnlockedProject>> => {
  const found = new Map<string, UnlockedProject>();
  for (const project of projects) {
    const path = project.folder === '' ? 'node_modules' : `${project.folder}/node_modules`;
    if (await disk.hasFolder(path)) found.set(project.folder, project);
  }
  return found;
};

const say = (reading: Reading, manifest: string, remake: string, whole: boolean): void => {
  reading.problem({
    code: 'BW3011',
    uri: manifest,
    message: whole
      ? 'There is no lockfile: the versions are those that are installed here'
      : 'There is no lockfile, and not all that is installed could be read',
    hint: remake,
    incomplete: !whole,
  });
};

/** Says for each tree that versions come from what is installed. `projects`: all that no lockfile covers, with or without dependencies. */
export const readInstalledNodeModules = async (reading: Reading, projects: readonly UnlockedProject[]): Promise<InstalledTrees> => {
  const graphs: DependencyGraph[] = [];
  const covered = new Set<string>();
  const disk = await Disk.open(reading.root).catch(() => undefined);
  if (disk === undefined) return { graphs, covered };
  const installed = await withModules(disk, projects);
  const groups = new Map<UnlockedProject, string[]>();
  for (const project of projects) {
    const base = project.hasDependencies ? baseOf(project, installed) : undefined;
    if (base !== undefined) groups.set(base, [...(groups.get(base) ?? []), project.folder]);
  }
  for (const [base, folders] of groups) {
    disk.incomplete = false;
    const members = folders.filter((folder) => folder !== base.folder).map((folder) => relativeTo(base.folder, folder));
    const found = await readNodeModules(disk, base.folder, members, reading.signal);
    if (found === undefined) continue;
    graphs.push(found.graph);
    for (const folder of found.covered) covered.add(folder);
    say(reading, found.graph.manifest, base.remake, !disk.incomplete);
    for (const problem of leftProblems([{ uri: found.graph.manifest, left: found.left }], { remake: base.remake }))
      reading.problem(problem);
  }
  return { graphs, covered };
};
