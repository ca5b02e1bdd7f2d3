/** Where packages of a name lie in the node_modules of a project, whatever manager put them there; names only, nothing is opened. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { byText } from '../../lib/order.ts';

/** Folders in node_modules that hold packages in an order of their own: `.pnpm/a@1.0.0/node_modules/a`. */
const STORES = new Set(['.pnpm', '.bun', '.store']);
const MOST_FOLDERS = 200_000;
const DEEPEST = 32;

interface Pending {
  readonly folder: string;
  readonly depth: number;
}

/** `folders`: absolute, of projects. Name of a folder, with its scope → absolute folders, sorted. Links are left out: what they show has a place. */
export const installedTree = async (folders: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, string[]>();
  const pending: Pending[] = folders.map((folder) => ({ folder: join(folder, 'node_modules'), depth: 0 }));
  for (let seen = 0; pending.length > 0 && seen < MOST_FOLDERS; seen += 1) {
    const next = pending.splice(-64);
    for (const each of await Promise.all(next.map(packagesIn))) {
      for (const { name, folder } of each.packages) found.set(name, [...(found.get(name) ?? []), folder]);
      pending.push(...each.deeper);
    }
  }
  for (const list of found.values()) list.sort(byText);
  return found;
};

interface Listed {
  readonly packages: readonly { readonly name: string; readonly folder: string }[];
  readonly deeper: readonly Pending[];
}

/** Of one node_modules. */
const packagesIn = async ({ folder, depth }: Pending): Promise<Listed> => {
  const packages: { name: string; folder: string }[] = [];
  const deeper: Pending[] = [];
  for (const name of await foldersIn(folder)) {
    const path = join(folder, name);
    if (name.startsWith('@'))
      for (const inner of await foldersIn(path)) packages.push({ name: `${name}/${inner}`, folder: join(path, inner) });
    else if (STORES.has(name) && depth < DEEPEST) deeper.push(...(await storesIn(path, depth)));
    else if (!name.startsWith('.')) packages.push({ name, folder: path });
  }
  if (depth < DEEPEST) deeper.push(...packages.map((each) => ({ folder: join(each.folder, 'node_modules'), depth: depth + 1 })));
  return { packages, deeper };
};

const storesIn = async (store: string, depth: number): Promise<readonly Pending[]> =>
  (await foldersIn(store)).map((name) => ({ folder: join(store, name, 'node_modules'), depth: depth + 1 }));

const foldersIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
