/** A folder of our own for copies; it goes away in the background, because deleting an installed tree takes seconds. */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const openScratch = (within = tmpdir()): Promise<string> => mkdtemp(join(within, 'breakwater-fix-'));

export const discard = (folder: string): void => {
  const child = spawn('rm', ['-rf', '--', folder], { stdio: 'ignore', detached: true });
  child.on('error', () => {
    rm(folder, { recursive: true, force: true }).catch(() => undefined);
  });
  child.unref();
};

/**
 * A copy of an installed tree of ours. `linked`: files are shared by hard links, which is safe as long as neither side writes into a file in
 * place — npm replaces whole files but for its hidden lockfile, which is therefore made anew. `cp` takes a thirtieth of the time that Node does.
 */
export const cloneTree = async (from: string, to: string, linked: boolean): Promise<void> => {
  if (!linked || !(await copied(['-al', '--', from, to]))) {
    await rm(to, { recursive: true, force: true });
    if (!(await copied(['-a', '--reflink=auto', '--', from, to])))
      await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  } else await ownLockfile(to);
};

const copied = (args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => execFile('cp', [...args], (error) => resolve(error === null)));

const HIDDEN = '.package-lock.json';

/** The time stays: npm believes the file only when nothing in the tree is newer. */
const ownLockfile = async (tree: string): Promise<void> => {
  for (const file of [join(tree, HIDDEN), join(tree, 'node_modules', HIDDEN)]) {
    const times = await stat(file).catch(() => undefined);
    if (times === undefined) continue;
    const text = await readFile(file);
    await rm(file);
    await writeFile(file, text);
    await utimes(file, times.atime, times.mtime);
  }
};
