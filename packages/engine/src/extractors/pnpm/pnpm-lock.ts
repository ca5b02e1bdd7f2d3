/** pnpm-lock.yaml → entries with the peers that each was given, and the projects of the workspace. */
import type { Edge, Entry, Format, Left, Parsed, Root } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { recordOf } from '../npm/named.ts';
import type { Major } from './dep-path.ts';
import { candidates } from './dep-path.ts';
import { readDocument } from './document.ts';
import type { Importer, Reference } from './importers.ts';
import { importerOf } from './importers.ts';
import type { PnpmPackage } from './packages.ts';
import { packagesOf } from './packages.ts';

const MAX_PACKAGES = 400_000;

class Linker {
  readonly #places: ReadonlySet<string>;
  readonly #major: Major;
  readonly left: Left[] = [];

  constructor(packages: readonly PnpmPackage[], major: Major) {
    this.#places = new Set(packages.map(({ place }) => place));
    this.#major = major;
  }

  /** A link leads to a folder, which is a project of its own or nobody's publication. */
  edges(references: readonly Reference[]): readonly Edge[] {
    const edges: Edge[] = [];
    for (const { name, reference, kind, line } of references) {
      const to = candidates(name, reference, this.#major).find((candidate) => this.#places.has(candidate));
      if (to !== undefined) edges.push({ name, to, kind });
      else if (!reference.startsWith('link:'))
        this.left.push({ name, line, origin: 'unresolved', why: `no entry for ${name}@${reference}` });
    }
    return edges;
  }
}

const entryOf = (item: PnpmPackage, version: string, edges: readonly Edge[]): Entry => ({
  place: item.place,
  name: item.name,
  version,
  region: item.region,
  edges,
  scope: item.scope,
  ...(item.integrity === undefined ? {} : { integrity: item.integrity }),
  ...(item.resolved === undefined ? {} : { resolved: item.resolved }),
  ...(item.requiresBuild ? { hasInstallScript: true } : {}),
  ...(item.deprecated === undefined ? {} : { deprecated: item.deprecated }),
});

/** The first document may list the same folders again. */
const rootsOf = (importers: readonly Importer[], linker: Linker): readonly Root[] => {
  const byFolder = new Map<string, Edge[]>();
  for (const { folder, references } of importers) {
    const known = byFolder.get(folder) ?? [];
    known.push(...linker.edges(references));
    byFolder.set(folder, known);
  }
  return [...byFolder].map(([folder, edges]) => ({ folder, edges }));
};

/** Throws ManifestError. */
export const parsePnpmLock = (text: string): Parsed => {
  const document = readDocument(text);
  const packages = packagesOf(document);
  if (packages.length > MAX_PACKAGES) throw new ManifestError(`expected no more than ${MAX_PACKAGES} packages`);
  const linker = new Linker(packages, document.major);
  const importers = document.importers.map(importerOf);
  const entries: Entry[] = [];
  const elsewhere: Left[] = [];
  for (const item of packages) {
    const edges = linker.edges(item.references);
    const { name, version, origin, place, region } = item;
    if (origin === 'registry' && version !== undefined) entries.push(entryOf(item, version, edges));
    else elsewhere.push({ name, line: region.startLine, origin: origin === 'registry' ? 'unreadable' : origin, place, edges });
  }
  const roots = rootsOf(importers, linker);
  const direct = recordOf(importers.flatMap(({ specifiers }) => [...specifiers]));
  return { formatVersion: document.formatVersion, entries, roots, direct, left: [...elsewhere, ...linker.left] };
};

export const pnpmLock: Format = {
  kind: 'pnpm-lock',
  ecosystem: 'npm',
  versions: 'pnpm-lock.yaml 5.0 to 9.0 (pnpm 3 to 11)',
  matches: (uri) => uri === 'pnpm-lock.yaml' || uri.endsWith('/pnpm-lock.yaml'),
  maxBytes: 64 << 20,
  remake: 'pnpm install --lockfile-only',
  read: (_uri, text) => parsePnpmLock(text),
};
