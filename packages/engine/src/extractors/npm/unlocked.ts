/** Projects whose versions nobody wrote down: what is installed counts then, and where nothing is, that is said. */
import { BreakwaterError } from '@breakwater/model';
import type { DependencyGraph } from '../facts.ts';
import type { UnlockedProject } from '../installed/node-modules/read.ts';
import { readInstalledNodeModules } from '../installed/node-modules/read.ts';
import type { Reading } from '../reading.ts';
import { folderOf, isInstalled, nameOf, upward } from '../tree/folders.ts';
import { JsonError } from './json-cursor.ts';
import { parsePackageJson } from './package-json.ts';
import { remakeFor } from './package-managers.ts';
import { brokenFile, foreignLockfile, noLockfile } from './problems.ts';

const MANIFEST_BYTES = 4 << 20;
const BINARY = 'bun.lockb';

const readProject = async (reading: Reading, uri: string): Promise<UnlockedProject | undefined> => {
  try {
    const { declares, workspaces, packageManager } = parsePackageJson(await reading.readText(uri, MANIFEST_BYTES));
    return { folder: folderOf(uri), workspaces, hasDependencies: declares.size > 0, remake: remakeFor(packageManager) };
  } catch (error) {
    if (reading.signal.aborted) throw error;
    if (error instanceof JsonError) reading.problem(brokenFile(uri, error.message, error.line));
    else if (error instanceof BreakwaterError)
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    else reading.problem(brokenFile(uri, 'the file cannot be opened'));
    return undefined;
  }
};

/** A binary lockfile covers its folder and the members of its workspace, which it does not tell; one with a text beside it is not needed. */
const reportBinary = (reading: Reading, uris: readonly string[], locked: ReadonlySet<string>): ReadonlySet<string> => {
  const all = new Set(uris);
  const folders = new Set<string>();
  for (const uri of uris.filter((one) => nameOf(one) === BINARY)) {
    if (all.has(uri.slice(0, -1))) continue;
    folders.add(folderOf(uri));
    reading.problem(foreignLockfile(uri, !locked.has(folderOf(uri))));
  }
  return folders;
};

/**
 * `locked`: folders whose package.json a lockfile covers that was read, or that was said to be broken. Problems: BW3010 broken
 * package.json, BW3011 no lockfile (incomplete unless the packages are installed), BW3012 bun.lockb.
 */
export const reportUnlocked = async (
  reading: Reading,
  locked: ReadonlySet<string>,
): Promise<{ readonly graphs: readonly DependencyGraph[] }> => {
  const uris = reading.files.map((file) => file.uri).filter((uri) => !isInstalled(uri));
  const binary = reportBinary(reading, uris, locked);
  const projects: UnlockedProject[] = [];
  for (const uri of uris.filter((candidate) => nameOf(candidate) === 'package.json')) {
    reading.signal.throwIfAborted();
    const folder = folderOf(uri);
    if (locked.has(folder) || upward(folder).some((above) => binary.has(above))) continue;
    const project = await readProject(reading, uri);
    if (project !== undefined) projects.push(project);
  }
  const { graphs, covered } = await readInstalledNodeModules(reading, projects);
  for (const { folder, hasDependencies, remake } of projects) {
    if (hasDependencies && !covered.has(folder))
      reading.problem(noLockfile(folder === '' ? 'package.json' : `${folder}/package.json`, remake));
  }
  return { graphs };
};
