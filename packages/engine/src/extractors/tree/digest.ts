/** One digest for the whole target: names and contents, so that a run can be repeated on the same bytes. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Sha256 } from '@breakwater/model';
import type { Inventory } from './open.ts';
import type { WalkedFile } from './walk.ts';

/** Larger files count with name and size only: hashing gigabytes would cost more than the scan. */
const MAX_HASHED_BYTES = 16 * 1024 * 1024;

/** A file that cannot be read counts with its name; whoever needs its content says so. */
export const digestTree = async (inventory: Inventory, signal: AbortSignal): Promise<Sha256> => {
  const tree = createHash('sha256');
  for (const file of inventory.files) {
    signal.throwIfAborted();
    tree.update(`${file.uri}\0${file.bytes}\0`);
    if (file.bytes <= MAX_HASHED_BYTES) tree.update(await contentDigest(file));
  }
  return `sha256:${tree.digest('hex')}`;
};

const contentDigest = async (file: WalkedFile): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file.raw)) hash.update(chunk as Buffer); // no encoding set: chunks are buffers
    return hash.digest('hex');
  } catch {
    return 'unreadable';
  }
};
