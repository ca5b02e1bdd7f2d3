/** The names inside an evidence folder, and the folder itself made safely. */
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { STATE_IGNORE } from '../lib/state-ignore.ts';
import { codeOf, isRealFolder } from './files.ts';

export const LOG = 'log.ndjson';
export const HEAD = 'head.json';
export const PUBLIC_KEY = 'key.pub.pem';
export const LOCK = 'lock';

/** Longest line of the log in bytes, its end included; about 100,000 findings. The reader refuses more, so the writer does too. */
export const MAX_LINE = 16 * 1024 * 1024;

/** Makes the folder, an absolute path. Throws BreakwaterError BW7001 when it, or the `.breakwater` above it, is a link or no folder. */
export const prepareFolder = async (folder: string): Promise<void> => {
  const parent = dirname(folder);
  const guarded = basename(parent) === '.breakwater' ? [parent, folder] : [folder];
  for (const path of guarded) {
    if (!(await exists(path))) await make(path);
    if (!(await isRealFolder(path))) {
      throw new BreakwaterError(
        'BW7001',
        `${basename(path)} is a link or a file, not a folder`,
        'A repository must not say where evidence is written: remove it.',
      );
    }
  }
  if (guarded.length > 1) await ignoreTheRest(join(parent, '.gitignore'));
};

const make = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new BreakwaterError('BW7001', 'The evidence folder cannot be made', 'Check that the folder can be written, or name another.', {
      cause,
    });
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};

const ignoreTheRest = async (path: string): Promise<void> => {
  try {
    await writeFile(path, STATE_IGNORE, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
};
