/** The content-addressed store of unpacked packages: a folder is there complete or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { unpack } from './unpack.ts';

/** Strongest first. sha1 is all that old lockfiles have; npm accepts it too. */
const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1'];

/** Folder name for an integrity: hex of its strongest digest (`sha1-…` and such carry the algorithm); undefined when it names none. */
export const storeKey = (integrity: string): string | undefined => {
  const parts = integrity.trim().split(/\s+/);
  for (const algorithm of ALGORITHMS) {
    const found = parts.find((part) => part.startsWith(`${algorithm}-`));
    const hex = Buffer.from(found?.slice(algorithm.length + 1).replace(/\?.*$/, '') ?? '', 'base64').toString('hex');
    if (hex.length >= 40) return algorithm === 'sha512' ? hex : `${algorithm}-${hex}`;
  }
  return undefined;
};

export const storedFolder = async (cache: string, key: string): Promise<string | undefined> => {
  const folder = join(cache, 'npm', key, 'package');
  return (await stat(folder).catch(() => undefined))?.isDirectory() === true ? folder : undefined;
};

/** Unpacks beside and renames: two scans at once do not see half a package. */
export const storePackage = async (cache: string, key: string, packed: Uint8Array): Promise<Result<string, string>> => {
  const draft = join(cache, 'npm', `.draft-${randomUUID()}`);
  await mkdir(join(draft, 'package'), { recursive: true });
  try {
    const unpacked = await unpack(packed, join(draft, 'package'));
    if (!unpacked.ok) return err(`its tarball is refused: ${unpacked.error}`);
    await rename(draft, join(cache, 'npm', key)).catch(() => undefined); // another scan was faster: its folder has the same content
    const folder = await storedFolder(cache, key);
    return folder === undefined ? err('the cache folder cannot be written') : ok(folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};
