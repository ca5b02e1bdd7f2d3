/** Replacing a folder as a whole: built beside, renamed into place; whatever is interrupted, the old or the new one is there. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { FILES } from './format.ts';
import { withLock } from './lock.ts';

/** Where the old index is for the instant between two renames; readers look there when the folder itself is missing. */
export const previousOf = (folder: string): string => `${folder}.previous`;

const OURS: ReadonlySet<string> = new Set([...Object.values(FILES), 'NOTICE.md']);

const entriesOf = async (folder: string): Promise<readonly string[] | undefined> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** A wrong path must never cost a user a folder: only what looks like an index is replaced. */
const refuseForeign = (folder: string, entries: readonly string[]): void => {
  const foreign = entries.find((name) => !OURS.has(name));
  if (foreign === undefined) return;
  throw new BreakwaterError(
    'BW4006',
    `${folder} is not an advisory index: it holds ${foreign}`,
    'Name an empty or new folder for the index',
  );
};

/** Left by builders that died: the old index goes back to its place, half-built ones go. Called under the lock. */
const recover = async (folder: string): Promise<void> => {
  if ((await entriesOf(folder)) === undefined && (await entriesOf(previousOf(folder))) !== undefined) {
    await rename(previousOf(folder), folder);
  }
  const half = (await readdir(dirname(folder))).filter((name) => name.startsWith(`${basename(folder)}.building-`));
  for (const name of [...half.map((h) => join(dirname(folder), h)), previousOf(folder)]) await rm(name, { recursive: true, force: true });
};

const swap = async (folder: string, building: string): Promise<void> => {
  const hadOld = (await entriesOf(folder)) !== undefined;
  if (hadOld) await rename(folder, previousOf(folder));
  await rename(building, folder);
  if (hadOld) await rm(previousOf(folder), { recursive: true, force: true });
};

/** Gives `fill` a new folder and puts it in the place of `to` when it succeeds; otherwise `to` stays as it was. Errors: BW4005, BW4006. */
export const replaceFolder = async <T>(to: string, fill: (building: string) => Promise<T>): Promise<T> => {
  const folder = resolve(to);
  await mkdir(dirname(folder), { recursive: true });
  return withLock(`${folder}.lock`, async () => {
    await recover(folder);
    refuseForeign(to, (await entriesOf(folder)) ?? []);
    const building = `${folder}.building-${process.pid}`;
    try {
      await mkdir(building);
      const result = await fill(building);
      await swap(folder, building);
      return result;
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  });
};
