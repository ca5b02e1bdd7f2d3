/** package-lock.json (versions 2 and 3) as places and the edges between them. */
import { BreakwaterError } from '@breakwater/model';
import type { Json, JsonObject } from '../json/plain.ts';
import { isObject, member, textMember, texts } from '../json/plain.ts';

export const EDGE_KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** `from` is a place: `''` and other places outside node_modules are the project's own manifests. */
export interface Edge {
  readonly from: string;
  readonly kind: EdgeKind;
  readonly name: string;
  readonly range: string;
  /** A peer that need not be there. */
  readonly optional: boolean;
}

export interface LockedPackage {
  readonly place: string;
  readonly name: string;
  /** Absent for links and for the project itself when it has none. */
  readonly version?: string;
  readonly inBundle: boolean;
  readonly link: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript: boolean;
  readonly entry: JsonObject;
}

export interface Lockfile {
  readonly version: 2 | 3;
  readonly value: JsonObject;
  readonly packages: ReadonlyMap<string, LockedPackage>;
}

/** Throws BW6011 when the text is no lockfile that can be changed: not JSON, or of npm 6 and older. */
export const readLockfile = (text: string): Lockfile => {
  const value = parse(text);
  const version = member(value, 'lockfileVersion');
  const packages = member(value, 'packages');
  if (!isObject(value) || !isObject(packages) || (version !== 2 && version !== 3)) throw unreadable(`lockfileVersion ${String(version)}`);
  return {
    version,
    value,
    packages: new Map(Object.entries(packages).flatMap(([place, entry]) => (isObject(entry) ? [[place, packageOf(place, entry)]] : []))),
  };
};

const parse = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable('no JSON', cause);
  }
};

const unreadable = (what: string, cause?: unknown): BreakwaterError =>
  new BreakwaterError(
    'BW6011',
    `the lockfile cannot be changed: ${what}`,
    'Write it again with npm 7 or newer: npm install --package-lock-only',
    { cause },
  );

const packageOf = (place: string, entry: JsonObject): LockedPackage => {
  const version = textMember(entry, 'version');
  const resolved = textMember(entry, 'resolved');
  const integrity = textMember(entry, 'integrity');
  return {
    place,
    name: textMember(entry, 'name') ?? nameOfPlace(place),
    ...(version !== undefined && { version }),
    ...(resolved !== undefined && { resolved }),
    ...(integrity !== undefined && { integrity }),
    inBundle: member(entry, 'inBundle') === true,
    link: member(entry, 'link') === true,
    hasInstallScript: member(entry, 'hasInstallScript') === true,
    entry,
  };
};

/** `node_modules/a/node_modules/@b/c` → `@b/c`. */
export const nameOfPlace = (place: string): string => {
  const marker = 'node_modules/';
  const at = place.lastIndexOf(marker);
  return at === -1 ? place : place.slice(at + marker.length);
};

export const isImporter = (place: string): boolean => !/(^|\/)node_modules\//.test(place);

/** What a manifest asks for. Development dependencies count only in the project's own manifests. */
export const edgesFrom = (from: string, manifest: JsonObject): readonly Edge[] => {
  const names = EDGE_KINDS.flatMap((kind) => [...texts(member(manifest, kind)).keys()]);
  return [...new Set(names)].flatMap((name) => edgesNamed(from, manifest, name));
};

/** What a manifest asks for by one name; npm lists optional dependencies among the others too. */
export const edgesNamed = (from: string, manifest: JsonObject, name: string): readonly Edge[] =>
  EDGE_KINDS.flatMap((kind) => {
    const range = kind === 'devDependencies' && !isImporter(from) ? undefined : textMember(member(manifest, kind), name);
    if (range === undefined || (kind === 'dependencies' && textMember(member(manifest, 'optionalDependencies'), name) !== undefined))
      return [];
    const optionalPeer = kind === 'peerDependencies' && member(member(member(manifest, 'peerDependenciesMeta'), name), 'optional') === true;
    return [{ from, kind, name, range, optional: kind === 'optionalDependencies' || optionalPeer }];
  });

/** The place that Node finds for `name` from `from`, links followed once; undefined when nothing is there. */
export const resolvePlace = (packages: ReadonlyMap<string, LockedPackage>, from: string, name: string): string | undefined => {
  const parts = from === '' ? [] : from.split('/');
  for (let length = parts.length; length >= 0; length -= 1) {
    const folder = parts.slice(0, length).join('/');
    const found = packages.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (found !== undefined) return found.link && found.resolved !== undefined ? found.resolved : found.place;
  }
  return undefined;
};

/** Places that nothing in the project leads to. */
export const orphans = (packages: ReadonlyMap<string, LockedPackage>): ReadonlySet<string> => {
  const left = new Set([...packages.keys()].filter((place) => !isImporter(place)));
  const queue = [...packages.keys()].filter(isImporter);
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const edge of edgesFrom(from, packages.get(from)?.entry ?? {})) {
      const to = resolvePlace(packages, from, edge.name);
      if (to !== undefined && left.delete(to)) queue.push(to);
    }
  }
  return new Set([...left].filter((place) => packages.get(place)?.link !== true));
};
