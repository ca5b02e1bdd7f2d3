/** A lockfile entry for a chosen release, in the manner of the file it goes into. */
import { posix } from 'node:path';
import type { Json, JsonObject } from '../json/plain.ts';
import { isObject, member, textMember, texts } from '../json/plain.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import type { Release } from './registry.ts';

/** What npm copies from a manifest into a lockfile. */
const COPIED = [
  'dependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'optionalDependencies',
  'bundleDependencies',
  'engines',
  'os',
  'cpu',
  'libc',
  'funding',
  'license',
  'deprecated',
] as const;

/** Marks of the place in the tree, which stay whatever version stands there. */
const KEPT = ['name', 'dev', 'optional', 'devOptional', 'peer', 'extraneous'] as const;

/** Files written with omit-lockfile-registry-resolved hold no addresses; then we bring none in. */
export const omitsResolved = (lock: Lockfile): boolean => ![...lock.packages.values()].some((pkg) => /^https?:/.test(pkg.resolved ?? ''));

export const entryFor = (old: LockedPackage, release: Release): JsonObject => {
  const { manifest } = release;
  const integrity = integrityOf(manifest);
  const resolved = old.resolved === undefined ? undefined : resolvedFor(old, old.resolved, release);
  return {
    version: release.version,
    ...(resolved !== undefined && { resolved }),
    ...(integrity !== undefined && { integrity }),
    ...pick(old.entry, KEPT),
    ...(hasInstallScript(manifest) && { hasInstallScript: true }),
    ...pick(manifest, COPIED),
    ...binOf(manifest),
  };
};

const pick = (from: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = member(from, name);
      return value === undefined || value === false || (isObject(value) && Object.keys(value).length === 0)
        ? []
        : [[name, plainLicense(name, value)]];
    }),
  );

const plainLicense = (name: string, value: Json): Json => (name === 'license' ? (textMember(value, 'type') ?? value) : value);

/** `sha512-…` as published; the SHA-1 that old releases have otherwise. */
export const integrityOf = (manifest: JsonObject): string | undefined => {
  const dist = member(manifest, 'dist');
  const shasum = textMember(dist, 'shasum');
  return textMember(dist, 'integrity') ?? (shasum && `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`);
};

export const hasInstallScript = (manifest: JsonObject): boolean =>
  member(manifest, 'hasInstallScript') === true ||
  ['preinstall', 'install', 'postinstall'].some((name) => textMember(member(manifest, 'scripts'), name) !== undefined);

/** As npm writes it: an object, and paths without `./`. */
const binOf = (manifest: JsonObject): JsonObject => {
  const stated = member(manifest, 'bin');
  const name = (textMember(manifest, 'name') ?? '').split('/').at(-1) ?? '';
  const bins = typeof stated === 'string' ? new Map([[name, stated]]) : texts(stated);
  return bins.size === 0 ? {} : { bin: Object.fromEntries([...bins].map(([command, path]) => [command, posix.normalize(path)])) };
};

/** The same host and folder as before; the address that the registry states only fills in the rest of the path. */
const resolvedFor = (old: LockedPackage, address: string, release: Release): string => {
  const tail = `-${old.version}.tgz`;
  if (address.endsWith(tail)) return `${address.slice(0, -tail.length)}-${release.version}.tgz`;
  const stated = textMember(member(release.manifest, 'dist'), 'tarball') ?? '';
  return URL.canParse(stated) && URL.canParse(address) ? new URL(new URL(stated).pathname, address).href : address;
};

/** Addresses that npm's resolver brought in are moved to the host that the file already uses. */
export const inFileStyle = (lock: Lockfile, entry: JsonObject): JsonObject => {
  const resolved = textMember(entry, 'resolved');
  if (resolved === undefined || !/^https?:/.test(resolved) || !URL.canParse(resolved)) return entry;
  const known = hostsOf(lock);
  const [first] = known;
  if (first === undefined || known.has(new URL(resolved).origin)) return entry;
  return { ...entry, resolved: new URL(new URL(resolved).pathname, first).href };
};

/** Origins of the file's addresses, the most frequent first. */
export const hostsOf = (lock: Lockfile): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const { resolved } of lock.packages.values()) {
    if (resolved === undefined || !/^https?:/.test(resolved) || !URL.canParse(resolved)) continue;
    const { origin } = new URL(resolved);
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return new Set([...counts].toSorted((a, b) => b[1] - a[1]).map(([origin]) => origin));
};
