/** What the lockfiles of a build say already, so that its catalogue does not say it again. */

import type { Near } from '../dependencies/format.ts';
import { inFolder } from '../tree/folders.ts';
import { buildFolders } from './usage.ts';

export interface Locked {
  /** `group:artifact` of every locked module. */
  readonly names: ReadonlySet<string>;
  /** Every project of the build has a lockfile: what none of them names is not used. */
  readonly all: boolean;
}

const namesIn = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const [group, artifact] = line.split(':', 2);
    return line.startsWith('#') || group === undefined || artifact === undefined ? [] : [`${group.trim()}:${artifact}`];
  });

export const lockedIn = async (uri: string, near: Near): Promise<Locked> => {
  const locks = new Set(buildFolders(uri, near, 'gradle.lockfile'));
  const names = new Set<string>();
  for (const folder of locks) for (const name of namesIn((await near.text(inFolder(folder, 'gradle.lockfile'))) ?? '')) names.add(name);
  const projects = ['build.gradle', 'build.gradle.kts'].flatMap((script) => buildFolders(uri, near, script));
  return { names, all: locks.size > 0 && projects.every((folder) => locks.has(folder)) };
};
