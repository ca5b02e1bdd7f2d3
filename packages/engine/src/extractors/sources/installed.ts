/** A package as it lies in node_modules of the target: used only when it is the one of the lockfile and stays inside the root. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

const MAX_MANIFEST = 1024 * 1024;

/** Absolute real path of the folder, or undefined when it is absent, another version, or a link out of `root`. */
export const installedFolder = async (
  root: string,
  folder: string,
  wanted: { readonly name: string; readonly version: string },
): Promise<string | undefined> => {
  try {
    const [inside, real] = await Promise.all([realpath(root), realpath(folder)]);
    if (!real.startsWith(inside + sep)) return undefined;
    const manifest = await realpath(join(real, 'package.json'));
    if (!manifest.startsWith(real + sep) || (await stat(manifest)).size > MAX_MANIFEST) return undefined;
    const found: unknown = JSON.parse(await readFile(manifest, 'utf8'));
    return isThe(found, wanted) ? real : undefined;
  } catch {
    return undefined; // not installed, or not readable: the next source is asked
  }
};

const isThe = (found: unknown, wanted: { readonly name: string; readonly version: string }): boolean =>
  typeof found === 'object' &&
  found !== null &&
  'name' in found &&
  'version' in found &&
  found.name === wanted.name &&
  found.version === wanted.version;
