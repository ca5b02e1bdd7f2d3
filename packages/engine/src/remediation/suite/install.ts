/** Installs a copy from its lockfile, from the user's registry alone, without running anything of any package. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import Arborist from '@npmcli/arborist';
import type { Json } from '../json/plain.ts';
import { fromEntries, isObject, member, textMember } from '../json/plain.ts';
import type { NpmOptions } from '../npm/registry.ts';
import { LOCKED_DOWN } from '../npm/resolver.ts';

/** Throws BW6020 with the reason when it cannot be installed: a git or address dependency, a missing package, a wrong checksum. */
export const install = async (folder: string, lockfile: string, npm: NpmOptions, legacyPeerDeps: boolean): Promise<void> => {
  try {
    await onlyKnownAddresses(join(folder, lockfile), npm);
    const arborist = new Arborist({ ...PATIENCE, ...npm, ...LOCKED_DOWN, path: folder, legacyPeerDeps, save: false });
    await arborist.reify({ save: false });
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause);
    throw new BreakwaterError('BW6020', `the copy cannot be installed: ${why}`, 'See whether npm ci works in a fresh clone.', { cause });
  }
};

/** Versions and checksums are fixed by the lockfile, so what the cache says of a name need not be asked again. */
const PATIENCE = { fetchRetries: 1, fetchTimeout: 30_000, preferOffline: true } as const;

/** An address of the lockfile is the project's word. What points elsewhere than to the user's registries is fetched from these by name. */
const onlyKnownAddresses = async (file: string, npm: NpmOptions): Promise<void> => {
  const lock: unknown = JSON.parse(await readFile(file, 'utf8'));
  const packages = member(lock, 'packages');
  if (!isObject(lock) || !isObject(packages)) return;
  const known = knownOrigins(npm);
  const entries = Object.entries(packages).map(([place, entry]): readonly [string, Json] => {
    const resolved = textMember(entry, 'resolved');
    if (!isObject(entry) || resolved === undefined || !/^https?:/.test(resolved)) return [place, entry];
    const { resolved: address, ...rest } = entry;
    return [place, known.has(originOf(String(address))) ? entry : rest];
  });
  await writeFile(file, JSON.stringify({ ...lock, packages: fromEntries(entries) }, null, 2));
};

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : '');

/** npm itself replaces its public registry by the configured one. */
const knownOrigins = (npm: NpmOptions): ReadonlySet<string> => {
  const named = Object.entries(npm).flatMap(([key, value]) =>
    /^(registry|@.+:registry)$/.test(key) && typeof value === 'string' ? [originOf(value)] : [],
  );
  return new Set([...named, 'https://registry.npmjs.org']);
};
