/** In which configurations the build scripts around a catalogue use its libraries, where they say so in plain words. */

import { posix } from 'node:path';
import type { Near } from '../dependencies/format.ts';
import { inFolder } from '../tree/folders.ts';
import { usesIn } from './script.ts';

/** `jackson-databind`, `jackson_databind` → `jackson.databind`, as the accessors are called. */
export const accessorOf = (alias: string): string => alias.replace(/[-_]/g, '.');

const SCRIPTS = ['build.gradle', 'build.gradle.kts'];
const FILES = 2_000;

/** Folders of the build that the catalogue belongs to, relative to the catalogue. */
export const buildFolders = (uri: string, near: Near, name: string): readonly string[] => {
  const home = posix.dirname(uri);
  const build = posix.dirname(home);
  const isInside = (folder: string): boolean => build === '.' || folder === build || folder.startsWith(`${build}/`);
  const all = near.foldersAround?.(name) ?? near.foldersWith(name);
  return all.filter((folder) => isInside(posix.normalize(posix.join(home, folder)))).slice(0, FILES);
};

/** `catalogue`: its name in scripts, `libs`. Accessor without that name → configurations. */
export const usageIn = async (uri: string, near: Near, catalogue: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const usage = new Map<string, Set<string>>();
  for (const script of SCRIPTS) {
    for (const folder of buildFolders(uri, near, script)) {
      near.signal.throwIfAborted();
      for (const { kind, text, configuration } of usesIn((await near.text(inFolder(folder, script))) ?? '')) {
        if (kind !== 'accessor' || !text.startsWith(`${catalogue}.`)) continue;
        const accessor = text.slice(catalogue.length + 1);
        usage.set(accessor, (usage.get(accessor) ?? new Set()).add(configuration));
      }
    }
  }
  return usage;
};
