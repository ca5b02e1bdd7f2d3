/** Which advisory index a command uses: the one named, else the newer of the user's built one and the snapshot in the package. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildIndex } from '@breakwater/engine/advisories/build';
import { FORMAT_VERSION, type IndexMeta } from '@breakwater/engine/advisories/format';
import { readIndexMeta } from '@breakwater/engine/advisories/open';
import { snapshotFolder } from '@breakwater/engine/advisories/snapshot';
import { BreakwaterError } from '@breakwater/model';
import { builtIndexFolder, cacheFolder, hasIndex } from '../folders.ts';

/** Raw OSV data is built into the cache once, keyed by its file names, sizes and times. Throws BW4001 when there is nothing. */
export const advisoriesFolder = async (named: string | undefined, signal: AbortSignal): Promise<string> => {
  if (named === undefined) return newer(builtIndexFolder(process.env), snapshotFolder);
  const folder = resolve(named);
  if (hasIndex(folder)) return folder;
  const to = join(cacheFolder(process.env), 'advisories', keyOf(folder));
  if (!hasIndex(to)) await buildIndex({ from: folder, to, signal });
  return to;
};

/** What was loaded is as fresh as its day; of what was built from files only the newest change in it is known. */
const dayOf = ({ update, asOf }: IndexMeta): string => update?.at ?? asOf;

/** The snapshot of a new version of Breakwater may be newer than what the user built, but it never takes something away. */
const newer = async (built: string, snapshot: string): Promise<string> => {
  if (!hasIndex(built)) return snapshot;
  const [ours, shipped] = await Promise.all([readIndexMeta(built), readIndexMeta(snapshot)]);
  const holdsMore = ours.epss !== undefined || ours.ecosystems.some((name) => !shipped.ecosystems.includes(name));
  return holdsMore || dayOf(ours) >= dayOf(shipped) ? built : snapshot;
};

const keyOf = (path: string): string => {
  const hash = createHash('sha256').update(`${FORMAT_VERSION}\n`);
  for (const file of filesBelow(path)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 24);
};

/** Throws BW4001 when the path does not exist. */
const filesBelow = (path: string): readonly string[] => {
  try {
    if (statSync(path).isFile()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => join(path, name))
      .filter((file) => statSync(file).isFile());
  } catch (cause) {
    throw new BreakwaterError(
      'BW4001',
      `there are no advisories at ${path}`,
      'Name an index, an OSV zip, or a folder as the OSV bucket lays it out.',
      { cause },
    );
  }
};
