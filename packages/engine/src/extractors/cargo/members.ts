/** Finds the Cargo.toml of each package that a lockfile keeps as a folder. */

import type { Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { inFolder } from '../tree/folders.ts';
import type { Member } from './member.ts';
import { memberOf, patchedOf, sharedOf, wishesOf } from './member.ts';
import type { Table } from './toml.ts';
import { parseToml } from './toml.ts';

export interface Workspace {
  /** Nearest to the root first. */
  readonly members: readonly Member[];
  readonly patched: ReadonlySet<string>;
}

/** `a/b` + `../c` → `a/c`; `..` stays where it leads above the lockfile. */
const joined = (folder: string, path: string): string => {
  const parts: string[] = [];
  for (const part of `${folder}/${path.replaceAll('\\', '/')}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
};

/** A manifest that is no TOML (a template, say) is of no package: what it would say is then not known, and all it needs is required. */
const manifestAt = async (folder: string, near: Near): Promise<Table | undefined> => {
  const text = await near.text(inFolder(folder, 'Cargo.toml'));
  if (text === undefined) return undefined;
  try {
    return parseToml(text);
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
};

/** Folders with a lockfile of their own, and what lies below them, are most likely other projects: they come last. */
const byNearness = (near: Near): ((a: string, b: string) => number) => {
  const others = near.foldersWith('Cargo.lock').filter((folder) => folder !== '');
  const rank = (folder: string): number => Number(others.some((other) => folder === other || folder.startsWith(`${other}/`)));
  return (a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1);
};

/** Manifests below the lockfile, then those that a `path` leads to outside; `wanted`: names that the lockfile has as folders. */
export const readWorkspace = async (near: Near, wanted: ReadonlySet<string>): Promise<Workspace> => {
  const root = (await manifestAt('', near)) ?? {};
  const shared = sharedOf(root);
  const members: Member[] = [];
  const pending = ['', ...[...near.foldersWith('Cargo.toml')].sort(byNearness(near))];
  const seen = new Set<string>();
  for (const folder of pending) {
    near.signal.throwIfAborted();
    if (seen.has(folder)) continue;
    seen.add(folder);
    const member = memberOf((await manifestAt(folder, near)) ?? {}, { folder, shared });
    if (member === undefined || !wanted.has(member.name)) continue;
    members.push(member);
    for (const { path, base } of wishesOf(member)) if (path !== undefined) pending.push(joined(base, path));
  }
  return { members, patched: patchedOf(root) };
};
