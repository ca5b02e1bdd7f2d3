/** The last run of a folder, kept so that `explain` and `fix` know which finding six digits mean. */
import { lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '@breakwater/model';
import { STATE_IGNORE } from '../../lib/state-ignore.ts';

const FILE = 'last-run.json';

/** `state` is the folder `.breakwater`; it must not be a link, which a hostile repository could point elsewhere. Returns false when it cannot be written. */
export const keepLastRun = async (state: string, run: Run): Promise<boolean> => {
  try {
    await mkdir(state, { recursive: true });
    if (!(await lstat(state)).isDirectory()) return false;
    await writeFile(join(state, '.gitignore'), STATE_IGNORE, { flag: 'wx' }).catch(() => undefined);
    const temporary = join(state, `${FILE}.${process.pid}`);
    await writeFile(temporary, JSON.stringify(run), { flag: 'wx' });
    await rename(temporary, join(state, FILE));
    return true;
  } catch {
    return false;
  }
};

/** `undefined` when this folder was never scanned or the file is of another version. */
export const readLastRun = async (state: string): Promise<Run | undefined> => {
  try {
    const run: unknown = JSON.parse(await readFile(join(state, FILE), 'utf8'));
    const known = typeof run === 'object' && run !== null && 'schemaVersion' in run && run.schemaVersion === '1';
    return known ? (run as Run) : undefined; // written by keepLastRun of this version
  } catch {
    return undefined;
  }
};
