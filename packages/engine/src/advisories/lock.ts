/** One builder at a time: a lock file that names its holder and is taken over when the holder is gone. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { BreakwaterError } from '@breakwater/model';
import { z } from 'zod';

const holderSchema = z.object({ pid: z.number().int().positive(), host: z.string() });

/** Locks of this process: a container starts every run with the same pid, so our own pid in a file proves nothing. */
const held = new Set<string>();

/** After this long a holder on another host is taken for dead; a full build takes minutes. */
const FOREIGN_STALE_MS = 60 * 60 * 1000;

/** Two builders of one process must not remove each other's file. */
const ownName = (): string => `${process.pid}-${randomBytes(4).toString('hex')}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** `file` is the lock at `path`, or what was just moved away from there. */
const isStale = async (path: string, file = path): Promise<boolean> => {
  try {
    const [text, stats] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    const holder = holderSchema.safeParse(JSON.parse(text));
    const old = Date.now() - stats.mtimeMs > FOREIGN_STALE_MS;
    if (!holder.success) return true;
    if (holder.data.host !== hostname()) return old;
    return holder.data.pid === process.pid ? !held.has(path) : !isAlive(holder.data.pid);
  } catch (error) {
    // gone in the meantime: simply try again; not ours to begin with: nobody's
    return error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
};

/** Renaming first makes one of several rivals win; whoever finds that it took a live lock puts it back. */
const removeStale = async (path: string): Promise<void> => {
  const aside = `${path}.stale-${ownName()}`;
  try {
    await rename(path, aside);
    if (!(await isStale(path, aside))) await link(aside, path);
  } catch {
    // a rival was quicker; the next attempt sees who holds it now
  } finally {
    await rm(aside, { force: true });
  }
};

/** Linked into place so that nobody ever sees a lock without its holder. */
const tryAcquire = async (path: string): Promise<boolean> => {
  const mine = `${path}.${ownName()}`;
  try {
    await writeFile(mine, JSON.stringify({ pid: process.pid, host: hostname() }));
    await link(mine, path);
    held.add(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
};

/** Runs `work` under the lock at `path`; throws BW4005 when another builder holds it. */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  if (!(await tryAcquire(path))) {
    if (await isStale(path)) await removeStale(path);
    if (!(await tryAcquire(path))) {
      throw new BreakwaterError('BW4005', 'Another build of the advisory index is under way', 'Wait for it to end, then try again');
    }
  }
  try {
    return await work();
  } finally {
    held.delete(path);
    await rm(path, { force: true });
  }
};
