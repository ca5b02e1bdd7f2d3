/** Folders that a project names must lie inside of it: npm installs into the folders that links and workspaces lead to. */
import { posix } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import type { Json, JsonObject } from '../json/plain.ts';
import { isObject, member } from '../json/plain.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import { EDGE_KINDS, edgesFrom } from './lockfile.ts';

interface Named {
  readonly place: string;
  readonly path: string;
}

/** Throws BW6016 naming the first path that leads out. `folder` is that of the lockfile, relative to the root. */
export const stayInside = (folder: string, lock: Lockfile, manifests: ReadonlyMap<string, JsonObject>): void => {
  const named = [
    ...[...lock.packages.values()].flatMap(lockedPaths),
    ...[...manifests].flatMap(([place, manifest]) => manifestPaths(place, manifest)),
  ];
  const out = named.find(({ place, path }) => leads(folder, place, path));
  if (out === undefined) return;
  const shown = JSON.stringify(out.path === '' ? out.place : out.path);
  throw new BreakwaterError(
    'BW6016',
    `${shown} leads out of the project`,
    'Run the command in the folder that holds both, or fix it there by hand.',
  );
};

const lockedPaths = (pkg: LockedPackage): readonly Named[] => [
  { place: pkg.place, path: '' },
  ...(pkg.link ? [{ place: '', path: pkg.resolved ?? '' }] : local(pkg.place, [pkg.resolved ?? ''])),
  ...local(
    pkg.place,
    edgesFrom(pkg.place, pkg.entry).map((edge) => edge.range),
  ),
];

const manifestPaths = (place: string, manifest: JsonObject): readonly Named[] => [
  ...local(
    place,
    [...EDGE_KINDS, 'overrides'].flatMap((kind) => strings(member(manifest, kind))),
  ),
  ...strings(member(manifest, 'workspaces')).map((pattern) => ({ place, path: pattern.replace(/^!+/, '') })),
];

const strings = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return isObject(value) ? Object.values(value).flatMap(strings) : [];
};

/** What npm takes for a folder: `file:x`, `link:x`, `./x`, `../x`, `/x`, `~/x`. */
const FOLDER = /^(file:|link:|\.|\/|~\/|[a-zA-Z]:[\\/])/;

const local = (place: string, specs: readonly string[]): readonly Named[] =>
  specs.filter((spec) => FOLDER.test(spec)).map((spec) => ({ place, path: spec.replace(/^(file:(\/\/(?=\/))?|link:)/, '') }));

const leads = (folder: string, place: string, path: string): boolean => {
  const reached = posix.normalize(posix.join(folder, place, path));
  return (
    /^[/~]|[\\\0]|^[a-zA-Z]:/.test(path) || place.startsWith('/') || /[\\\0]/.test(place) || reached === '..' || reached.startsWith('../')
  );
};
