/** npm's own resolver over a folder: completes a lockfile whose manifests or entries have changed. Runs no script, saves nothing. */

import { BreakwaterError } from '@breakwater/model';
import Arborist from '@npmcli/arborist';
import type { JsonObject } from '../json/plain.ts';
import { isObject } from '../json/plain.ts';
import type { NpmOptions } from './registry.ts';

export interface ResolverOptions {
  readonly npm: NpmOptions;
  readonly lockfileVersion: 2 | 3;
  readonly omitResolved: boolean;
  readonly legacyPeerDeps: boolean;
  /** No release younger than this is brought in. */
  readonly before?: Date;
}

/** The lockfile as npm itself would write it without any change: the base for telling its habits from its changes. Throws BW6014. */
export const asNpmReads = (folder: string, options: ResolverOptions): Promise<JsonObject> =>
  reasoned(async () => lockOf(await arborist(folder, options).loadVirtual()));

/** The lockfile that meets every demand, changing as little as npm does. Throws BW6014 with npm's reason, such as ERESOLVE or EOVERRIDE. */
export const asNpmCompletes = (folder: string, options: ResolverOptions): Promise<JsonObject> =>
  reasoned(async () => lockOf(await arborist(folder, options).buildIdealTree(COMPLETE)));

const reasoned = async (work: () => Promise<JsonObject>): Promise<JsonObject> => {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? cause.name) : String(cause);
    throw new BreakwaterError('BW6014', `npm cannot complete the lockfile: ${why}`, 'Resolve the conflict in package.json by hand.', {
      cause,
    });
  }
};

/** git and plain addresses are never fetched: they would be addresses taken from the scanned project. */
const arborist = (folder: string, options: ResolverOptions): Arborist =>
  new Arborist({
    fetchRetries: 1,
    fetchTimeout: 30_000,
    ...options.npm,
    ...(options.before && { before: options.before }),
    ...LOCKED_DOWN,
    path: folder,
    lockfileVersion: options.lockfileVersion,
    legacyPeerDeps: options.legacyPeerDeps,
    omitLockfileRegistryResolved: options.omitResolved,
  });

/** Not in arborist's published types, but read by it and by pacote (allow-git and its kin). */
export const LOCKED_DOWN: Readonly<Record<string, unknown>> = {
  ignoreScripts: true,
  audit: false,
  fund: false,
  save: true,
  progress: false,
  allowGit: 'none',
  allowRemote: 'none',
  allowFile: 'root',
  allowDirectory: 'root',
};

/** Opens tarballs that bundle packages, as npm does for --package-lock-only; missing in the published types. */
const COMPLETE: Arborist.BuildIdealTreeOptions & { readonly complete: true } = { complete: true };

const lockOf = (tree: Arborist.Node): JsonObject => {
  const lock: unknown = JSON.parse(String(tree.meta));
  if (isObject(lock)) return lock;
  throw new BreakwaterError('BW6014', 'npm gave no lockfile', 'Report this as a defect of Breakwater.');
};
