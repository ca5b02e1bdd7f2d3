/** Where OSV records are read from: a zip, the folders of the OSV bucket, or a folder of JSON files. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { byKeys } from '../lib/order.ts';
import type { NamedBytes, ZipLimits } from './zip.ts';
import { readZip, ZIP_LIMITS } from './zip.ts';

const DEPTH = 12;
const KEV = 'kev.json';

export const unreadableSource = (path: string, cause?: unknown): BreakwaterError =>
  new BreakwaterError(
    'BW4004',
    `${path} cannot be read as OSV data`,
    'Give a folder as the OSV bucket lays it out (npm/all.zip, …), an all.zip, or a folder of .json',
    {
      cause,
    },
  );

/** Links are not followed: they are neither file nor directory to lstat and Dirent. */
async function* filesBelow(folder: string, depth: number): AsyncGenerator<string> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort(byKeys((e) => e.name))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) yield* filesBelow(path, depth - 1);
    else if (entry.isFile() && entry.name !== KEV && (entry.name.endsWith('.zip') || entry.name.endsWith('.json'))) yield path;
  }
}

async function* pathsOf(from: string): AsyncGenerator<string> {
  const stats = await lstat(from);
  if (stats.isDirectory()) yield* filesBelow(from, DEPTH);
  else yield from;
}

const readJson = async (path: string, limits: ZipLimits): Promise<NamedBytes> => {
  const { size } = await lstat(path);
  const content = size > limits.entryBytes ? new Error(`larger than ${limits.entryBytes} bytes`) : await readFile(path);
  return { name: basename(path), content };
};

/** Every record of `from`, in a fixed order. Throws BW4003 (bomb), BW4004 (nothing readable there); aborts with the signal's reason. */
export async function* recordsOf(from: string, signal: AbortSignal, limits: ZipLimits = ZIP_LIMITS): AsyncGenerator<NamedBytes> {
  try {
    for await (const path of pathsOf(from)) {
      signal.throwIfAborted();
      if (path.endsWith('.zip')) yield* readZip(path, signal, limits);
      else yield await readJson(path, limits);
    }
  } catch (error) {
    if (signal.aborted || error instanceof BreakwaterError) throw error;
    throw unreadableSource(from, error);
  }
}

const textIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** The KEV catalogue: the file named, else `kev.json` beside or in `from`; `undefined` = there is none. A named one must be there (BW4004). */
export const kevJson = async (from: string, named: string | undefined): Promise<string | undefined> => {
  if (named === undefined) return (await textIfThere(join(from, '..', KEV))) ?? (await textIfThere(join(from, KEV)));
  const text = await textIfThere(named);
  if (text === undefined) throw unreadableSource(named);
  return text;
};
