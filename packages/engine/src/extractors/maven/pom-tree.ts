/** All poms of the target, read once: the only place where a parent or a bill of materials is looked for. */

import { posix } from 'node:path';
import type { Near } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { inFolder } from '../tree/folders.ts';
import { configIn, type MavenConfig } from './maven-config.ts';
import type { Pom } from './pom.ts';
import { parsePom } from './pom.ts';

export interface Located {
  /** Relative to the root. */
  readonly uri: string;
  readonly pom: Pom;
}

export interface PomTree {
  readonly at: ReadonlyMap<string, Located>;
  /** By `group:artifact` as written, the group taken from the parent where it is not stated. */
  readonly byName: ReadonlyMap<string, readonly Located[]>;
  /** `.mvn/maven.config` by the folder that holds `.mvn`. */
  readonly configs: ReadonlyMap<string, MavenConfig>;
}

/** A target may hold every pom of a registry's mirror; what is beyond is as if it were not in the tree, and said to be so. */
const POMS = 20_000;

const FILE = 'pom.xml';

export const groupOf = ({ groupId, parent }: Pom): string | undefined => groupId ?? parent?.groupId;
export const versionOf = ({ version, parent }: Pom): string | undefined => version ?? parent?.version;

/** Where a parent may stand: the path itself, or the pom of the folder that it names. */
export const parentUris = (uri: string, relativePath = '../pom.xml'): readonly string[] => {
  if (relativePath === '') return [];
  const path = posix.normalize(posix.join(posix.dirname(uri), relativePath.replaceAll('\\', '/')));
  return [path, path === '.' ? FILE : posix.join(path, FILE)].filter((one) => !one.startsWith('../') && one !== '..');
};

/** A broken pom is said when its own turn comes; here it is not in the tree. */
const parsed = (uri: string, text: string | undefined): Located | undefined => {
  if (text === undefined) return undefined;
  try {
    return { uri, pom: parsePom(text) };
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
};

const indexed = (found: Iterable<Located>): ReadonlyMap<string, readonly Located[]> => {
  const byName = new Map<string, Located[]>();
  for (const located of found) {
    const name = `${groupOf(located.pom)}:${located.pom.artifactId}`;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [located]);
    else known.push(located);
  }
  return byName;
};

const foldersOf = (near: Near, name: string): readonly string[] => near.foldersAround?.(name) ?? near.foldersWith(name);

const readPoms = async (uri: string, near: Near): Promise<ReadonlyMap<string, Located>> => {
  const at = new Map<string, Located>();
  const seen = new Set<string>();
  const home = posix.dirname(uri);
  const pending = foldersOf(near, FILE)
    .slice(0, POMS)
    .map((folder) => posix.normalize(posix.join(home, folder, FILE)));
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (seen.has(next) || seen.size >= POMS) continue;
    seen.add(next);
    near.signal.throwIfAborted();
    const located = parsed(next, await near.text(posix.relative(home, next)));
    if (located === undefined) continue;
    at.set(next, located);
    // parents need not be called pom.xml
    if (located.pom.parent !== undefined)
      pending.push(...parentUris(next, located.pom.parent.relativePath).filter((one) => !seen.has(one)));
  }
  return at;
};

const readConfigs = async (uri: string, near: Near): Promise<ReadonlyMap<string, MavenConfig>> => {
  const home = posix.dirname(uri);
  const configs = new Map<string, MavenConfig>();
  for (const folder of foldersOf(near, 'maven.config')) {
    if (posix.basename(folder) !== '.mvn') continue;
    const text = await near.text(inFolder(folder, 'maven.config'));
    if (text !== undefined) configs.set(posix.normalize(posix.join(home, folder, '..')), configIn(text));
  }
  return configs;
};

const read = async (uri: string, near: Near): Promise<PomTree> => {
  const at = await readPoms(uri, near);
  return { at, byName: indexed(at.values()), configs: await readConfigs(uri, near) };
};

const trees = new WeakMap<object, Promise<PomTree>>();

/** One reading for all poms of a run. */
export const pomTree = (uri: string, near: Near): Promise<PomTree> => {
  const run = near.run ?? near;
  const known = trees.get(run);
  if (known !== undefined) return known;
  const tree = read(uri, near);
  trees.set(run, tree);
  return tree;
};
