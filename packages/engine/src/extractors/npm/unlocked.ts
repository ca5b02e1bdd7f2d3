/** Projects whose versions nobody wrote down, or wrote down for another tool. */
import type { Reading } from '../reading.ts';
import type { Declared } from './entry.ts';
import { folderOf, isInstalled, nameOf, upward } from './folders.ts';
import { foreignLockfile, noLockfile } from './problems.ts';

const FOREIGN: readonly string[] = ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

type ManifestReader = (uri: string) => Promise<ReadonlyMap<string, Declared> | undefined>;

/** `locked`: folders whose package.json a lockfile of npm covers. A workspace is covered by the foreign lockfile of a parent folder. */
export const reportUnlocked = async (reading: Reading, locked: ReadonlySet<string>, readManifest: ManifestReader): Promise<void> => {
  const uris = reading.files.map((file) => file.uri).filter((uri) => !isInstalled(uri));
  const foreign = uris.filter((uri) => FOREIGN.includes(nameOf(uri)));
  for (const uri of foreign) reading.problem(foreignLockfile(uri));
  const foreignFolders = new Set(foreign.map(folderOf));
  for (const uri of uris.filter((candidate) => nameOf(candidate) === 'package.json')) {
    reading.signal.throwIfAborted();
    const folder = folderOf(uri);
    if (locked.has(folder) || upward(folder).some((above) => foreignFolders.has(above))) continue;
    const declared = await readManifest(uri);
    if (declared !== undefined && declared.size > 0) reading.problem(noLockfile(uri));
  }
};
