/** The local packages of an application: which folders `workspaces` names, and where a name leads. */
import { posix } from 'node:path';
import type { FileTree } from './file-tree.ts';
import type { Manifest } from './manifest.ts';
import { folderOf } from './world.ts';

const MOST = 5_000;

const manifestFolders = (tree: FileTree): readonly string[] =>
  tree
    .beginning('')
    .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
    .slice(0, MOST)
    .map(folderOf);

/** Folders below `folder` with a package.json that one of the patterns (`packages/*`) names, sorted. */
export const workspaceFolders = (tree: FileTree, folder: string, patterns: readonly string[]): readonly string[] => {
  if (patterns.length === 0) return [];
  const prefix = folder === '' ? '' : `${folder}/`;
  return manifestFolders(tree).filter(
    (each) => each !== folder && each.startsWith(prefix) && patterns.some((pattern) => fits(pattern, each.slice(prefix.length))),
  );
};

const fits = (pattern: string, path: string): boolean => {
  const parts = posix.normalize(pattern).replace(/\/$/, '').split('/');
  const names = path.split('/');
  const deep = parts.indexOf('**');
  if (deep >= 0) return names.length >= deep && parts.slice(0, deep).every((part, at) => fitsName(part, names[at] ?? ''));
  return parts.length === names.length && parts.every((part, at) => fitsName(part, names[at] ?? ''));
};

const fitsName = (part: string, name: string): boolean => {
  const star = part.indexOf('*');
  return star < 0 ? part === name : name.startsWith(part.slice(0, star)) && name.endsWith(part.slice(star + 1));
};

/** Name → folder of every package.json in the tree. */
export const localPackages = async (
  tree: FileTree,
  manifestOf: (folder: string) => Promise<Manifest | undefined>,
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const folder of manifestFolders(tree)) {
    const name = (await manifestOf(folder))?.name;
    if (name !== undefined && !found.has(name)) found.set(name, folder);
  }
  return found;
};
