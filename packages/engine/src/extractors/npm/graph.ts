/** Entries of a lockfile → the dependency graph that controls read, and what of it no advisory can speak about. */

import { purlOf } from '../../ecosystems/purl.ts';
import { byText } from '../../lib/order.ts';
import type { Arrival } from '../dependencies/walk.ts';
import type { DependencyGraph, Package } from '../facts.ts';
import type { Declared, LockEntry } from './entry.ts';
import type { Lockfile } from './lockfile.ts';
import type { Origin } from './origin.ts';
import { isPublishable, isRegistryTarball, originOfEntry, originOfRange } from './origin.ts';
import type { Edge } from './resolve.ts';
import { Resolver } from './resolve.ts';
import type { Walkable } from './walk.ts';
import { isLocal, scopeOfFlags, walk } from './walk.ts';

/** A package that is installed but was not published under a version: its entry and the reason. */
export interface Unversioned {
  readonly name: string;
  readonly line: number;
  readonly origin: Exclude<Origin, 'registry'>;
}

export interface GraphReading {
  readonly graph: DependencyGraph;
  readonly unversioned: readonly Unversioned[];
  /** Folders of local packages, relative to the lockfile. */
  readonly localFolders: readonly string[];
}

const TARBALL = /\.t(?:ar\.)?gz$/;

const folderName = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** No prototype: a package called `constructor` or `__proto__` is a name like any other. */
const record = (pairs: Iterable<readonly [string, string]>): Readonly<Record<string, string>> => {
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of pairs) result[key] = value;
  return result;
};

/** Version 1 has no entry for the project: what package.json declares, else whatever nobody else requires. */
const rootOf = (lockfile: Lockfile, declared: ReadonlyMap<string, Declared> | undefined): LockEntry => ({
  place: '',
  region: { startLine: 1 },
  name: undefined,
  version: undefined,
  resolved: undefined,
  integrity: undefined,
  link: false,
  flags: { dev: false, optional: false, devOptional: false },
  hasInstallScript: false,
  declares: declared ?? guessedRoots(lockfile),
});

const guessedRoots = ({ entries }: Lockfile): ReadonlyMap<string, Declared> => {
  const required = new Set([...entries.values()].flatMap((entry) => [...entry.declares.keys()]));
  const tops = [...entries.values()].filter(
    ({ place }) => place === `node_modules/${folderName(place)}` && !required.has(folderName(place)),
  );
  return new Map(tops.map(({ place, flags }) => [folderName(place), { range: '*', kind: kindOfFlags(flags) }]));
};

const kindOfFlags = (flags: LockEntry['flags']): Declared['kind'] => {
  const scope = scopeOfFlags(flags);
  return scope === 'excluded' ? 'dev' : scope === 'optional' ? 'optional' : 'prod';
};

/** A folder on disk: ours, not somebody's publication. Version 1 writes `file:../x` where later ones write a link. */
const isOwnFolder = (entry: LockEntry): boolean =>
  entry.link || isLocal(entry.place) || (entry.version?.startsWith('file:') === true && !TARBALL.test(entry.version));

/** Addresses that dependents asked for: place → origin, for those that are not the registry's. */
const askedOrigins = (edges: Walkable['edges']): ReadonlyMap<string, Origin> => {
  const asked = new Map<string, Origin>();
  for (const list of edges.values()) {
    for (const { to, range } of list) {
      const origin = originOfRange(range);
      if (origin !== 'registry') asked.set(to, origin);
    }
  }
  return asked;
};

const originOf = (entry: LockEntry, name: string, asked: ReadonlyMap<string, Origin>): Origin => {
  const version = entry.version ?? '';
  const recorded = originOfEntry(version, entry.resolved);
  if (recorded !== 'registry') return recorded;
  const wish = isRegistryTarball(entry.resolved) ? 'registry' : (asked.get(entry.place) ?? 'registry');
  return wish === 'registry' && !isPublishable(name, version) ? 'unreadable' : wish;
};

interface Context {
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly direct: ReadonlySet<string>;
}

const packageOf = (entry: LockEntry, name: string, version: string, { edges, arrivals, direct }: Context): Package => {
  const arrival = arrivals.get(entry.place);
  return {
    ecosystem: 'npm',
    name,
    version,
    purl: purlOf('npm', name, version),
    place: entry.place,
    scope: arrival?.scope ?? scopeOfFlags(entry.flags),
    direct: direct.has(entry.place),
    path: arrival?.path ?? [folderName(entry.place)],
    region: entry.region,
    ...(entry.integrity === undefined ? {} : { integrity: entry.integrity }),
    ...(entry.resolved === undefined ? {} : { resolved: entry.resolved }),
    hasInstallScript: entry.hasInstallScript,
    ...(entry.license === undefined ? {} : { license: entry.license }),
    ...(entry.deprecated === undefined ? {} : { deprecated: entry.deprecated }),
    dependencies: record((edges.get(entry.place) ?? []).map((edge) => [edge.name, edge.to])),
  };
};

/** Places that the project or a local package names itself. */
const directPlaces = (edges: Walkable['edges'], locals: readonly string[]): ReadonlySet<string> =>
  new Set(locals.flatMap((place) => (edges.get(place) ?? []).map((edge) => edge.to)));

/** Throws JsonError when the entries are too entangled. `declared`: what package.json says, for version 1. */
export const graphOf = (manifest: string, lockfile: Lockfile, declared: ReadonlyMap<string, Declared> | undefined): GraphReading => {
  const root = lockfile.entries.get('') ?? rootOf(lockfile, declared);
  const entries = new Map([['', root], ...lockfile.entries]);
  const resolver = new Resolver(entries, lockfile.version);
  const edges = new Map([...entries].map(([place, entry]): [string, readonly Edge[]] => [place, resolver.edgesOf(entry)]));
  const locals = [...entries.keys()].filter(isLocal);
  const context = { edges, arrivals: walk({ entries, edges }), direct: directPlaces(edges, locals) };
  const asked = askedOrigins(edges);
  const packages: Package[] = [];
  const unversioned: Unversioned[] = [];
  for (const place of [...entries.keys()].sort(byText)) {
    const entry = entries.get(place);
    if (entry === undefined || isOwnFolder(entry)) continue;
    const name = entry.name ?? folderName(place);
    const origin = originOf(entry, name, asked);
    if (origin === 'registry') packages.push(packageOf(entry, name, entry.version ?? '', context));
    else unversioned.push({ name, line: entry.region.startLine, origin });
  }
  const direct = record([...root.declares].map(([name, { range }]) => [name, range]));
  const graph: DependencyGraph = { manifest, kind: 'package-lock', formatVersion: String(lockfile.version), direct, packages };
  return { graph, unversioned, localFolders: locals.filter((place) => place !== '') };
};
