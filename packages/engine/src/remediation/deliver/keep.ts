/** A patch kept for a person to look at, in `.breakwater/fix/`. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';

/** Returns the path relative to the root. A link in its place could lead out of the project: then BW6035. */
export const keepPatch = async (root: string, id: string, patch: string): Promise<string> => {
  const base = await realpath(root);
  const folder = await plainFolder(await plainFolder(base, '.breakwater'), 'fix');
  const name = `${id}.patch`;
  const staged = join(folder, `.${randomBytes(6).toString('hex')}`);
  await writeFile(staged, patch, { flag: 'wx' });
  await rename(staged, join(folder, name));
  return `.breakwater/fix/${name}`;
};

const plainFolder = async (parent: string, name: string): Promise<string> => {
  const folder = join(parent, name);
  await mkdir(folder).catch(() => undefined);
  if ((await lstat(folder)).isDirectory()) return folder;
  throw new BreakwaterError('BW6035', `${name} is no folder of the project`, 'Remove it, then run the command again.');
};
