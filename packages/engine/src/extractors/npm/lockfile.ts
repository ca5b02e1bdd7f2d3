/** The text of a lockfile → its entries; which of its two tables counts is decided as npm decides it. */
import type { LockEntry } from './entry.ts';
import { JsonCursor, JsonError } from './json-cursor.ts';
import { readNested } from './read-nested.ts';
import { readPackages } from './read-packages.ts';

export interface Lockfile {
  readonly version: 1 | 2 | 3;
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** Places that are written more than once; the last one counts, as in npm. */
  readonly repeated: readonly string[];
}

const ENTRIES = 200_000;

const gather = () => {
  const entries = new Map<string, LockEntry>();
  const repeated = new Set<string>();
  const add = (entry: LockEntry): void => {
    if (entries.has(entry.place)) repeated.add(entry.place);
    if (entries.size >= ENTRIES) throw new JsonError(`expected no more than ${ENTRIES} packages`, entry.region.startLine);
    entries.set(entry.place, entry);
  };
  return { entries, repeated, add };
};

/** `packages` wins wherever it is: a file that states version 1 and has it too was written by a newer npm. */
const versionOf = (stated: number | undefined, hasPackages: boolean, hasDependencies: boolean): 1 | 2 | 3 => {
  if (stated !== undefined && ![1, 2, 3].includes(stated)) throw new JsonError(`expected lockfileVersion 1, 2 or 3, found ${stated}`, 1);
  if (hasPackages) return stated === 3 || stated === undefined ? 3 : 2;
  if (stated === 2 || stated === 3) throw new JsonError(`expected packages, which lockfileVersion ${stated} has`, 1);
  // npm-shrinkwrap.json of npm 4 and older states no version; a project without dependencies has no table
  if (stated === undefined && !hasDependencies) throw new JsonError('expected lockfileVersion with packages or dependencies', 1);
  return 1;
};

/** Throws JsonError. Only what a dependency graph needs is kept; the rest of the file is checked and forgotten. */
export const parseLockfile = (text: string): Lockfile => {
  const cursor = new JsonCursor(text);
  const flat = gather();
  const nested = gather();
  const found = { packages: false, dependencies: false };
  let stated: number | undefined;
  cursor.object((key) => {
    if (key === 'lockfileVersion') stated = cursor.number();
    else if (key === 'packages') {
      found.packages = true;
      readPackages(cursor, flat.add);
    } else if (key === 'dependencies' && !found.packages) {
      found.dependencies = true;
      readNested(cursor, '', nested.add);
    }
  });
  cursor.end();
  const version = versionOf(stated, found.packages, found.dependencies);
  const { entries, repeated } = version === 1 ? nested : flat;
  return { version, entries, repeated: [...repeated] };
};
