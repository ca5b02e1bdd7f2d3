/** Which package a name means from a place of bun's tree: the nearest key above, as Node searches node_modules. */
import type { BunPackage } from './read.ts';

/** `@s/a/b` → `@s/a`, `b`. */
const namesIn = (key: string): readonly string[] => {
  const names: string[] = [];
  let scope: string | undefined;
  for (const part of key.split('/')) {
    if (scope === undefined && part.startsWith('@')) scope = part;
    else {
      names.push(scope === undefined ? part : `${scope}/${part}`);
      scope = undefined;
    }
  }
  return scope === undefined ? names : [...names, scope];
};

/** Look-ups for one lockfile; a key of thousands of names would make them quadratic. Real trees are a few levels deep. */
const DEEPEST = 128;

/** `a/b`, `a`, ``: the keys below which a dependency of `key` may be, nearest first. */
export const levelsOf = (key: string): readonly string[] => {
  const names = namesIn(key).slice(0, DEEPEST);
  return names.map((_name, index) => names.slice(0, names.length - index).join('/')).concat('');
};

export const findFrom = (levels: readonly string[], name: string, packages: ReadonlyMap<string, BunPackage>): BunPackage | undefined => {
  for (const level of levels) {
    const found = packages.get(level === '' ? name : `${level}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
};
