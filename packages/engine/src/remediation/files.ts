/** Bounded reads inside a folder and a copy of a project: hostile trees may hold links that lead out, devices and pipes. */
import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, readlink, realpath, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { BreakwaterError } from '@breakwater/model';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 200_000;

/** A path of a finding is the word of the scanned project: it must stay inside and be plain. */
export const isInside = (uri: string): boolean =>
  uri !== '' &&
  !uri.startsWith('/') &&
  !uri.includes('\\') &&
  !uri.includes('\0') &&
  !uri.split('/').some((part) => part === '..' || part === '.git');

/** UTF-8 text of a regular file of at most 64 MB, reached without any link. Throws BW6012. */
export const readInside = async (root: string, uri: string): Promise<string> => {
  const file = join(root, uri);
  const stats = isInside(uri) ? await lstat(file).catch(() => undefined) : undefined;
  if (!stats?.isFile() || (await realpath(file)) !== join(await realpath(root), uri))
    throw unreadable(uri, 'no regular file of the project');
  if (stats.size > MOST_BYTES) throw unreadable(uri, 'larger than 64 MB');
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

export const readIfThere = (root: string, uri: string): Promise<string | undefined> => readInside(root, uri).catch(() => undefined);

const unreadable = (uri: string, why: string): BreakwaterError =>
  new BreakwaterError('BW6012', `${uri}: ${why}`, 'Run the command in the folder of the project that was scanned.');

/** Folders that a copy leaves out: what is installed, the history, and our own state. */
const LEFT_OUT = new Set(['node_modules', '.git', '.breakwater']);

/**
 * Copies regular files and links that stay inside; pipes, devices and links that lead out are left out. The project's .npmrc is left out
 * too: it may name another registry, a shell or a git program. Throws BW6013 above 200,000 files.
 */
export const copyProject = async (from: string, to: string, signal?: AbortSignal): Promise<{ readonly files: number }> => {
  const root = await realpath(from);
  const folders = [''];
  let files = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted();
    const entries = await copyFolder(root, to, folder);
    folders.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name)));
    files += entries.length;
    if (files > MOST_FILES)
      throw new BreakwaterError('BW6013', `the project has more than ${MOST_FILES} files`, 'Run the command in the folder of one package.');
  }
  return { files };
};

const copyFolder = async (root: string, to: string, folder: string): Promise<readonly Dirent[]> => {
  await mkdir(join(to, folder), { recursive: true });
  const entries = (await readdir(join(root, folder), { withFileTypes: true })).filter((e) => !LEFT_OUT.has(e.name) && e.name !== '.npmrc');
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isFile()) await copyFile(join(root, path), join(to, path), constants.COPYFILE_FICLONE);
    else if (entry.isSymbolicLink()) await copyLink(root, to, path);
  }
  return entries;
};

/** An absolute target would lead from the copy back into the original, where npm could write through it. */
const copyLink = async (root: string, to: string, path: string): Promise<void> => {
  const target = await readlink(join(root, path));
  const reached = await realpath(join(root, path)).catch(() => undefined);
  if (reached === undefined || isAbsolute(target) || !isBelow(root, reached) || !isBelow(root, resolve(root, dirname(path), target)))
    return;
  await symlink(target, join(to, path));
};

const isBelow = (root: string, path: string): boolean => {
  const rest = relative(root, path);
  return rest !== '..' && !rest.startsWith(`..${sep}`);
};
