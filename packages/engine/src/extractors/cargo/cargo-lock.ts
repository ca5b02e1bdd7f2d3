/** Cargo.lock, with the Cargo.toml files of its members where they say what a package is for. */
import type { Format } from '../dependencies/format.ts';
import { parsedOf } from './graph.ts';
import { parseLockfile } from './lockfile.ts';
import { readWorkspace } from './members.ts';

/**
 * Scopes: development dependencies of members are excluded; an optional one that no default feature turns on is optional; build
 * dependencies and procedural macros are required, for their code runs in every build. All platforms are read as one. `[patch.unused]`
 * names what is not used and is passed over.
 */
export const cargoLock: Format = {
  kind: 'cargo-lock',
  ecosystem: 'crates.io',
  versions: 'Cargo.lock versions 1–4',
  matches: (uri) => uri === 'Cargo.lock' || uri.endsWith('/Cargo.lock'),
  maxBytes: 64 << 20,
  remake: 'cargo generate-lockfile',
  read: async (_uri, text, near) => {
    const lock = parseLockfile(text);
    const folders = lock.packages.filter(({ source }) => source === undefined);
    return parsedOf(lock, await readWorkspace(near, new Set(folders.map(({ name }) => name))));
  },
};
