/** Installed trees kept by what they were installed from: the second fix of a project does not install it again. */
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../lib/digest.ts';
import { cloneTree, openScratch } from '../scratch.ts';

const MOST_KEPT = 4;

/** The folder for this lockfile and this machine; no test ever runs in it. `cache` is an absolute folder of the user. */
export const keptFolder = async (cache: string, lockfile: string, manifest: string): Promise<string> => {
  const texts = await Promise.all([lockfile, manifest].map((file) => readFile(file, 'utf8')));
  const key = sha256([process.version, process.platform, process.arch, ...texts].join('\0')).slice('sha256:'.length, 'sha256:'.length + 32);
  return join(cache, 'installed', key);
};

/** Puts the kept tree into a project folder; false when there is none. */
export const takeKept = async (kept: string, folder: string, linked: boolean): Promise<boolean> => {
  const there = await stat(join(kept, 'node_modules')).catch(() => undefined);
  if (!there?.isDirectory()) return false;
  const now = new Date();
  await utimes(kept, now, now);
  await cloneTree(join(kept, 'node_modules'), join(folder, 'node_modules'), linked);
  return true;
};

/** Appears at once or not at all; another run may have been faster. Failing to keep it is no failure. */
export const keep = async (kept: string, folder: string, linked: boolean): Promise<void> => {
  const home = join(kept, '..');
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const staged = await openScratch(home);
    await cloneTree(join(folder, 'node_modules'), join(staged, 'node_modules'), linked);
    await rename(staged, kept).catch(() => rm(staged, { recursive: true, force: true }));
    await dropOldest(home);
  } catch {
    // a full disk or a folder that cannot be written: the next run installs again
  }
};

const dropOldest = async (home: string): Promise<void> => {
  const names = await readdir(home);
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(home, name))).mtimeMs })));
  const old = dated.toSorted((a, b) => b.at - a.at).slice(MOST_KEPT);
  await Promise.all(old.map(({ name }) => rm(join(home, name), { recursive: true, force: true })));
};
