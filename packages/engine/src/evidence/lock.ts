/** One writer at a time, across processes: a lock file that names its holder and is taken over when the holder is gone. */
import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { BreakwaterError } from '@breakwater/model';
import { z } from 'zod';
import { codeOf, readSmall } from './files.ts';

/** An append holds the lock for milliseconds; one this old (ms) has lost its holder, whatever host or number it names. */
const STALE_AFTER = 120_000;
const POLL = 10;

const holderSchema = z.object({ pid: z.number().int().positive(), host: z.string(), token: z.string() });

export interface Lock {
  /** False when another process judged us dead and took over: then nothing more may be written. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

/** Waits at most `patience` ms. Throws BreakwaterError BW7003 when another process holds on. */
export const acquire = async (path: string, patience: number): Promise<Lock> => {
  const token = randomUUID();
  const text = JSON.stringify({ pid: process.pid, host: hostname(), token });
  const held = async (): Promise<boolean> => (await readSmall(path))?.text === text;
  const release = async (): Promise<void> => {
    if (await held()) await rm(path, { force: true });
  };
  const until = Date.now() + patience;
  while (!(await created(path, text))) {
    if (Date.now() > until)
      throw new BreakwaterError(
        'BW7003',
        'Another run holds the ledger',
        'Try again; when no other run is under way, remove the file evidence/lock.',
      );
    await removeStale(path);
    await pause(POLL + Math.random() * POLL);
  }
  return { held, release };
};

const created = async (path: string, text: string): Promise<boolean> => {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/** Two waiters may both see a dead holder; the guard lets one look again and remove, so that neither removes the other's fresh lock. */
const removeStale = async (path: string): Promise<void> => {
  if (!(await isStale(path))) return;
  const guard = `${path}.takeover`;
  if (!(await created(guard, ''))) return;
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
};

const isStale = async (path: string): Promise<boolean> => {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > STALE_AFTER) return true;
    const holder = holderSchema.safeParse(JSON.parse((await readSmall(path))?.text ?? '{}'));
    return holder.success && holder.data.host === hostname() && !isAlive(holder.data.pid);
  } catch {
    return false; // released meanwhile, or its text is not complete yet
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
};
