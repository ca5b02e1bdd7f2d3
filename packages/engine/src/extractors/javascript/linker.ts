/** How a package manager puts what its lockfile lists on disk, which decides what code sees beyond the names that it declares. */
import { posix } from 'node:path';
import type { DependencyGraph } from '../facts.ts';
import type { FileTree } from './file-tree.ts';

/**
 * `nested`: the places of the lockfile are the folders. `hoisted`: everything may lie where everybody sees it. `store`: packages see all
 * others, the project only what it declares. `strict`: nobody sees more than is declared, and packages also what the root declares.
 */
export type Linker = 'nested' | 'hoisted' | 'store' | 'strict';

export const linkerOf = async (graph: DependencyGraph, folder: string, tree: FileTree): Promise<Linker> => {
  const text = async (name: string): Promise<string> => {
    const path = posix.join(folder, name);
    const content = tree.has(path) ? await tree.read(path) : undefined;
    return content?.ok === true ? content.text : '';
  };
  if (graph.kind === 'yarn-classic' || graph.kind === 'bun-lock') return 'hoisted';
  if (graph.kind === 'yarn-berry') return ofBerry(await text('.yarnrc.yml'));
  if (graph.kind === 'pnpm-lock' || isPnpmTree(graph)) return ofPnpm(`${await text('.npmrc')}\n${await text('pnpm-workspace.yaml')}`);
  return 'nested';
};

/** What pnpm notes in node_modules has the places of its lockfile. */
const isPnpmTree = ({ kind, packages }: DependencyGraph): boolean =>
  kind === 'node_modules' && packages.some(({ place }) => !place.includes('node_modules/'));

/** @see https://yarnpkg.com/configuration/yarnrc#nodeLinker */
const ofBerry = (settings: string): Linker => {
  const named = /^nodeLinker:[ \t]*["']?([\w-]+)/m.exec(settings)?.[1] ?? 'pnp';
  return named === 'pnp' && !/^pnpMode:[ \t]*["']?loose/m.test(settings) ? 'strict' : 'hoisted';
};

/** By default pnpm hoists all packages to where packages, but not the project, find them. @see https://pnpm.io/settings */
const ofPnpm = (settings: string): Linker => {
  const isPublic = /^shamefully-?hoist[ \t]*[=:][ \t]*["']?true|^node-?linker[ \t]*[=:][ \t]*["']?hoisted|^public-?hoist-?pattern/im.test(
    settings,
  );
  return isPublic ? 'hoisted' : 'store';
};
