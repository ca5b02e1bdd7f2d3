/** Other files around a manifest, for readers: only files of the target, by paths that stay inside the root. */

import { BreakwaterError } from '@breakwater/model';
import type { Reading } from '../reading.ts';
import { folderOf, nameOf } from '../tree/folders.ts';
import type { Near } from './format.ts';

/** Other people's files: what lies there describes packages, not the project. */
const INSTALLED = /(^|\/)(node_modules|site-packages|dist-packages|vendor)\//;

/** `packages/a` + `../b/x` → `packages/b/x`; undefined when it leads out of the root. */
const resolved = (folder: string, path: string): string | undefined => {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
};

/** `a/b` to `c` → `../../c`; '' for itself. */
const pathFrom = (folder: string, other: string): string => {
  const up = folder === '' ? [] : folder.split('/').map(() => '..');
  return [...up, ...(other === '' ? [] : [other])].join('/');
};

const SIDE_BYTES = 16 << 20;

/** Uris of the target by their last name; made once for all manifests. */
export const filesByName = (reading: Pick<Reading, 'files'>): ReadonlyMap<string, readonly string[]> => {
  const byName = new Map<string, string[]>();
  for (const { uri } of reading.files) {
    const name = nameOf(uri);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [uri]);
    else known.push(uri);
  }
  return byName;
};

/** `maxBytes`: of the manifest itself, for binaries. */
export const nearOf = (reading: Reading, byName: ReadonlyMap<string, readonly string[]>, uri: string, maxBytes: number): Near => {
  const folder = folderOf(uri);
  const inside = folder === '' ? '' : `${folder}/`;
  return {
    signal: reading.signal,
    bytes: () => reading.readBytes(uri, maxBytes),
    text: async (path) => {
      const wanted = resolved(folder, path);
      if (wanted === undefined || byName.get(nameOf(wanted))?.includes(wanted) !== true) return undefined;
      try {
        return await reading.readText(wanted, SIDE_BYTES);
      } catch (error) {
        if (error instanceof BreakwaterError) return undefined; // too large or not to be read: as if it were not there
        throw error;
      }
    },
    foldersWith: (name) =>
      (byName.get(name) ?? [])
        .filter((found) => found.startsWith(inside) && !INSTALLED.test(found.slice(inside.length)))
        .map((found) => folderOf(found.slice(inside.length))),
    foldersAround: (name) =>
      (byName.get(name) ?? []).filter((found) => !INSTALLED.test(found)).map((found) => pathFrom(folder, folderOf(found))),
    run: byName,
  };
};
