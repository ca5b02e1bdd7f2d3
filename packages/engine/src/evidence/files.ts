/** Reading and writing in folders that a hostile repository may have prepared: no link is followed, only regular files, bounded sizes. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BreakwaterError } from '@breakwater/model';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, O_APPEND, O_CREAT } = constants;
const SMALL = 64 * 1024;

/** The system's word for an error: `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const refusal = (what: string): BreakwaterError =>
  new BreakwaterError('BW7001', `The evidence folder holds ${what}`, 'Look at who put it there; remove it to begin anew.');

/** A regular file for reading; `undefined` when it is absent. O_NONBLOCK: a named pipe must not hold us. Throws BW7001 for links and devices. */
export const openRegular = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await regular(await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw codeOf(error) === 'ELOOP' ? refusal('a symbolic link in place of a file') : error;
  }
};

/** A regular file for appending, made when absent. */
export const openForAppend = async (path: string): Promise<FileHandle> => {
  try {
    return await regular(await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644));
  } catch (error) {
    throw codeOf(error) === 'ELOOP' ? refusal('a symbolic link in place of a file') : error;
  }
};

const regular = async (handle: FileHandle): Promise<FileHandle> => {
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw refusal('something that is not a regular file');
};

/** Text of a file of at most 64 KiB with its mode; `undefined` when absent. Throws BW7001 when larger. */
export const readSmall = async (path: string): Promise<{ readonly text: string; readonly mode: number } | undefined> => {
  const handle = await openRegular(path);
  if (handle === undefined) return undefined;
  try {
    const { size, mode } = await handle.stat();
    if (size > SMALL) throw refusal('a key or head of more than 64 KiB');
    return { text: (await readAt(handle, 0, size)).toString('utf8'), mode };
  } finally {
    await handle.close();
  }
};

/** Exactly `length` bytes from `position`, fewer only at the end of the file. */
export const readAt = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead === 0 || bytesRead === length) return buffer.subarray(0, bytesRead);
  return Buffer.concat([buffer.subarray(0, bytesRead), await readAt(handle, position + bytesRead, length - bytesRead)]);
};

/** All or nothing: written beside, flushed, then renamed over. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  const beside = `${path}.new`;
  await rm(beside, { force: true });
  const handle = await open(beside, 'wx', 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, path);
  await flushFolder(dirname(path));
};

/** Makes a rename last through a power cut; where folders cannot be opened (Windows) there is nothing to do. */
const flushFolder = async (folder: string): Promise<void> => {
  try {
    const handle = await open(folder, O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(codeOf(error) ?? '')) throw error;
  }
};

/** A folder that is no link, so that a repository cannot send our writes elsewhere. */
export const isRealFolder = async (path: string): Promise<boolean> => {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
};
