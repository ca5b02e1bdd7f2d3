/** The projects that a yarn.lock is for: the package.json beside it, and those that its `workspaces` name. */
import type { Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { JsonError } from '../npm/json-cursor.ts';
import type { PackageJson } from '../npm/package-json.ts';
import { parsePackageJson } from '../npm/package-json.ts';
import { workspaceFolders } from './globs.ts';

export interface Project {
  /** Relative to the lockfile; '' is its own. */
  readonly folder: string;
  readonly manifest: PackageJson;
}

const FILE = 'package.json';

const parse = (text: string, path: string): PackageJson => {
  try {
    return parsePackageJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ManifestError(`${path}, which says what is direct, has an error in line ${error.line}: ${error.message}`);
  }
};

const readProject = async (near: Near, folder: string): Promise<Project | undefined> => {
  const path = folder === '' ? FILE : `${folder}/${FILE}`;
  const text = await near.text(path);
  return text === undefined ? undefined : { folder, manifest: parse(text, path) };
};

/** Of these folders, those that have a package.json. Throws ManifestError for a broken one. */
export const readProjects = async (near: Near, folders: readonly string[]): Promise<readonly Project[]> => {
  const projects: Project[] = [];
  for (const folder of folders) {
    near.signal.throwIfAborted();
    const project = await readProject(near, folder);
    if (project !== undefined) projects.push(project);
  }
  return projects;
};

/** The root first, then its workspaces sorted by folder. None at all when there is no package.json. */
export const workspaceProjects = async (near: Near): Promise<readonly Project[]> => {
  const [root] = await readProjects(near, ['']);
  if (root === undefined) return [];
  const folders = root.manifest.workspaces.length === 0 ? [] : workspaceFolders(root.manifest.workspaces, near.foldersWith(FILE));
  return [root, ...(await readProjects(near, folders))];
};
