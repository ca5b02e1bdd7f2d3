/** Where OSV records are read from: a zip, the folders of the OSV bucket, or a folder of JSON files. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { ECOSYSTEMS } from '../ecosystems/ecosystem.ts';
import { byKeys, byText } from '../lib/order.ts';
import type { NamedBytes, ZipLimits } from './zip.ts';
import { readZip, ZIP_LIMITS } from './zip.ts';

const DEPTH = 12;
const KEV = 'kev.json';
const EPSS = /^epss[\w.-]*\.csv(\.gz)?$/;

/** One archive, and the ecosystem it is the archive of: what it says of others is whole only in theirs. */
export interface ZipSource {
  readonly path: string;
  readonly ecosystem?: string;
}

export interface SourceRecord extends NamedBytes {
  readonly within?: string;
}

/** Folders of the bucket that are named after an ecosystem; any other name is the user's own. */
const DISTRIBUTIONS: readonly string[] = [
  'Alpine',
  'Debian',
  'Ubuntu',
  'Red Hat',
  'Rocky Linux',
  'AlmaLinux',
  'SUSE',
  'openSUSE',
  'Wolfi',
  'Chainguard',
];

const ecosystemOfFolder = (path: string): string | undefined => {
  if (basename(path) !== 'all.zip') return undefined;
  const name = basename(dirname(path));
  const known: readonly string[] = [...ECOSYSTEMS, ...DISTRIBUTIONS];
  return known.includes(name.split(':', 1)[0] ?? '') ? name : undefined;
};

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

async function* sourcesOf(from: string | readonly ZipSource[]): AsyncGenerator<ZipSource> {
  if (typeof from !== 'string') return yield* from;
  const stats = await lstat(from);
  for await (const path of stats.isDirectory() ? filesBelow(from, DEPTH) : [from]) {
    const ecosystem = ecosystemOfFolder(resolve(path));
    yield { path, ...(ecosystem === undefined ? {} : { ecosystem }) };
  }
}

const readJson = async (path: string, limits: ZipLimits): Promise<NamedBytes> => {
  const { size } = await lstat(path);
  const content = size > limits.entryBytes ? new Error(`larger than ${limits.entryBytes} bytes`) : await readFile(path);
  return { name: basename(path), content };
};

async function* recordsOfOne({ path, ecosystem }: ZipSource, signal: AbortSignal, limits: ZipLimits): AsyncGenerator<SourceRecord> {
  const within = ecosystem === undefined ? {} : { within: ecosystem };
  if (!path.endsWith('.zip')) return yield await readJson(path, limits);
  for await (const entry of readZip(path, signal, limits)) yield { ...entry, ...within };
}

/** Every record of `from`, in a fixed order. Throws BW4003 (bomb), BW4004 (nothing readable there); aborts with the signal's reason. */
export async function* recordsOf(
  from: string | readonly ZipSource[],
  signal: AbortSignal,
  limits: ZipLimits = ZIP_LIMITS,
): AsyncGenerator<SourceRecord> {
  const place = { now: typeof from === 'string' ? from : 'The advisory data' };
  try {
    for await (const source of sourcesOf(from)) {
      signal.throwIfAborted();
      place.now = source.path;
      yield* recordsOfOne(source, signal, limits);
    }
  } catch (error) {
    if (signal.aborted || error instanceof BreakwaterError) throw error;
    throw unreadableSource(place.now, error);
  }
}

const bytesIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
};

/** The file named, which must be there (BW4004); `false` = none; else the one that `find` sees beside or in `from`. */
const listBeside = async (
  from: string | readonly ZipSource[],
  named: string | false | undefined,
  find: (names: readonly string[]) => string | undefined,
): Promise<Buffer | undefined> => {
  if (named === false) return undefined;
  if (named !== undefined) {
    const bytes = await bytesIfThere(named);
    if (bytes === undefined) throw unreadableSource(named);
    return bytes;
  }
  for (const folder of typeof from === 'string' ? [join(from, '..'), from] : []) {
    const name = find(await readdir(folder).catch(() => []));
    const bytes = name === undefined ? undefined : await bytesIfThere(join(folder, name));
    if (bytes !== undefined) return bytes;
  }
  return undefined;
};

/** CISA's JSON: the file named, else `kev.json` beside or in `from`; `undefined` = there is none. */
export const kevBytes = (from: string | readonly ZipSource[], named: string | false | undefined): Promise<Buffer | undefined> =>
  listBeside(from, named, (names) => names.find((name) => name === KEV));

/** FIRST's CSV, packed or not: the file named, else the last `epss….csv` or `.csv.gz` by name beside or in `from`. */
export const epssBytes = (from: string | readonly ZipSource[], named: string | false | undefined): Promise<Buffer | undefined> =>
  listBeside(from, named, (names) =>
    names
      .filter((name) => EPSS.test(name))
      .sort(byText)
      .at(-1),
  );
