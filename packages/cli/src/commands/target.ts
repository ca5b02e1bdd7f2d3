/** What a command works on: a folder that exists and is readable, or a bill of materials. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BreakwaterError } from '@breakwater/model';

export interface ScanTarget {
  /** Absolute; of an SBOM the folder it lies in. */
  readonly root: string;
  /** Absolute. */
  readonly sbom?: string;
}

const SBOM_FILE = /\.(json|xml|cdx|spdx)$/i;

/** A file that ends as an SBOM does is read as one; what is in it decides. Throws as `folderOf` does. */
export const targetOf = (target: string): ScanTarget => {
  const path = resolve(target);
  const isFile = SBOM_FILE.test(target) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? { root: dirname(path), sbom: path } : { root: folderOf(target) };
};

/** Absolute. Throws BW1003 for what this version cannot scan, BW1001 for what is not there. */
export const folderOf = (target: string): string => {
  if (/^(oci|docker|docker-archive|registry):|^(https?|ssh|git):\/\/|\.(tar|tar\.gz|tgz)$/.test(target)) {
    throw new BreakwaterError(
      'BW1003',
      `${target} is not a folder`,
      'This version scans folders and SBOM files; images and repositories by address come later.',
    );
  }
  const folder = resolve(target);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined)
    throw new BreakwaterError('BW1001', `there is no folder ${target}`, 'Check the name, or run the command inside the folder.');
  if (!found.isDirectory())
    throw new BreakwaterError('BW1003', `${target} is a file, not a folder`, 'Name the folder it lies in, or an SBOM (.json or .xml).');
  return folder;
};
