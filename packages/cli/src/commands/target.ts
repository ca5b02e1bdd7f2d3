/** The folder a command works on: it must exist, be a folder, and be readable. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BreakwaterError } from '@breakwater/model';

/** Absolute. Throws BW1003 for what this version cannot scan, BW1001 for what is not there. */
export const folderOf = (target: string): string => {
  if (/^(oci|docker|docker-archive|registry):|^(https?|ssh|git):\/\/|\.(tar|tar\.gz|tgz|cdx\.json|spdx\.json)$/.test(target)) {
    throw new BreakwaterError(
      'BW1003',
      `${target} is not a folder`,
      'This version scans folders; images, repositories by address and SBOM files come later.',
    );
  }
  const folder = resolve(target);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined)
    throw new BreakwaterError('BW1001', `there is no folder ${target}`, 'Check the name, or run the command inside the folder.');
  if (!found.isDirectory()) throw new BreakwaterError('BW1003', `${target} is a file, not a folder`, 'Name the folder it lies in.');
  return folder;
};
