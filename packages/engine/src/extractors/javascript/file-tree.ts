/** The files of one package, or of the application: names looked up in memory, texts read when asked, bounded, never through a link. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byText } from '../../lib/order.ts';
import type { Reading } from '../reading.ts';

export const MAX_MODULE_BYTES = 5 * 1024 * 1024;

export interface FileTree {
  has(path: string): boolean;
  /** Every file whose path begins so, sorted. */
  beginning(prefix: string): readonly string[];
  /** UTF-8 text, or one clause why not. */
  read(path: string): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string }>;
}

const tooLarge = { ok: false, error: `is larger than ${MAX_MODULE_BYTES / 1_048_576} MB` } as const;
const unreadable = { ok: false, error: 'cannot be read' } as const;

const namesIn = (sorted: readonly string[]): Pick<FileTree, 'has' | 'beginning'> => {
  const all = new Set(sorted);
  const beginning = (prefix: string): readonly string[] => {
    let low = 0;
    for (let high = sorted.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < sorted.length && sorted[end]?.startsWith(prefix) === true) end += 1;
    return sorted.slice(low, end);
  };
  return { has: (path) => all.has(path), beginning };
};

/** Paths relative to the root of the scan. */
export const applicationTree = (reading: Pick<Reading, 'files' | 'readText'>): FileTree => {
  const sizes = new Map(reading.files.map((file) => [file.uri, file.bytes]));
  return {
    ...namesIn([...sizes.keys()].sort(byText)),
    read: async (path) => {
      if ((sizes.get(path) ?? 0) > MAX_MODULE_BYTES) return tooLarge;
      try {
        return { ok: true, text: await reading.readText(path, MAX_MODULE_BYTES) };
      } catch {
        return unreadable;
      }
    },
  };
};

const MOST_FILES = 50_000;

/** Paths relative to `folder`, which holds one package; its own node_modules are other packages. */
export const packageTree = async (folder: string): Promise<FileTree> => {
  const paths: string[] = [];
  const pending = [''];
  for (let at = pending.pop(); at !== undefined && paths.length < MOST_FILES; at = pending.pop()) {
    for (const entry of await readdir(join(folder, at), { withFileTypes: true }).catch(() => [])) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && entry.name !== 'node_modules') pending.push(path);
    }
  }
  return { ...namesIn(paths.sort(byText)), read: (path) => readPlain(join(folder, path)) };
};

const readPlain = async (file: string): ReturnType<FileTree['read']> => {
  try {
    const { size } = await lstat(file);
    return size > MAX_MODULE_BYTES ? tooLarge : { ok: true, text: await readFile(file, 'utf8') };
  } catch {
    return unreadable;
  }
};
