/** Finds the regular files below a root: bounded, never through a link, names that are not UTF-8 included. */
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { byText } from '../../lib/order.ts';
import type { FoundFile } from '../reading.ts';

/** A found file with the bytes of its name, which is what the disk must be asked with. */
export interface WalkedFile extends FoundFile {
  readonly raw: Buffer;
}

export interface Walk {
  readonly files: readonly WalkedFile[];
  /** Folders that could not be read, relative to the root. */
  readonly unreadable: readonly string[];
  readonly truncated: boolean;
}

/** Other people's code, git's own data and our own state are not the target. */
const SKIPPED = new Set(['.git', 'node_modules', '.breakwater', '.hg', '.svn']);
const MAX_FILES = 1_000_000;

/** Links are not followed: what they show inside the root is walked at its real place, what lies outside is not ours to read. */
export const walk = async (root: string, signal: AbortSignal): Promise<Walk> => {
  const files: WalkedFile[] = [];
  const unreadable: string[] = [];
  const pending: Buffer[] = [Buffer.from(root)];
  const base = pending[0]?.length ?? 0;
  for (let folder = pending.pop(); folder !== undefined && files.length < MAX_FILES; folder = pending.pop()) {
    signal.throwIfAborted();
    const entries = await entriesOf(folder);
    if (entries === undefined) unreadable.push(uriOf(folder, base));
    for (const entry of entries ?? []) {
      const raw = Buffer.concat([folder, Buffer.from('/'), entry.name]);
      if (entry.isDirectory() && !SKIPPED.has(entry.name.toString())) pending.push(raw);
      else if (entry.isFile()) files.push({ uri: uriOf(raw, base), raw, bytes: await sizeOf(raw) });
    }
  }
  return { files: files.sort((a, b) => byText(a.uri, b.uri)), unreadable: unreadable.sort(byText), truncated: pending.length > 0 };
};

const entriesOf = async (folder: Buffer): Promise<Dirent<Buffer>[] | undefined> => {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return undefined;
  }
};

const sizeOf = async (raw: Buffer): Promise<number> => {
  try {
    return (await lstat(raw)).size;
  } catch {
    return 0; // gone since the folder was read; reading it will say so
  }
};

/** Bytes that are not UTF-8 are shown as %XX, so that every file has one printable, reversible name. */
export const uriOf = (raw: Buffer, rootLength: number): string => {
  const bytes = raw.subarray(rootLength + 1);
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase()}`)).join('');
};
