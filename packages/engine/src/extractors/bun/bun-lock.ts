/** bun.lock → entries, and the projects of the workspace. bun.lockb, its binary predecessor, is not read. */
import type { Edge, Entry, Format, Left, Parsed, Root } from '../dependencies/format.ts';
import type { Declared } from '../npm/entry.ts';
import { elsewhere, publishedOr, recordOf, splitNamed } from '../npm/named.ts';
import { originOfRange } from '../npm/origin.ts';
import type { BunLock, BunPackage, BunWorkspace } from './read.ts';
import { readBunLock } from './read.ts';
import { findFrom, levelsOf } from './resolve.ts';

type Origin = 'registry' | 'own' | Left['origin'];

const originOf = (name: string, wish: string): Origin => {
  if (wish === '') return 'unreadable';
  if (/^(?:workspace|link|root):/.test(wish)) return 'own';
  if (/^\d/.test(wish)) return publishedOr('registry', name, wish);
  return elsewhere(wish);
};

interface Found {
  readonly item: BunPackage;
  readonly name: string;
  readonly wish: string;
  readonly origin: Origin;
}

const foundOf = (item: BunPackage): Found => {
  const { name, wish } = splitNamed(item.resolution ?? item.key);
  return { item, name, wish, origin: item.resolution === undefined ? 'unreadable' : originOf(name, wish) };
};

const isOwnFolder = (range: string): boolean => /^(?:workspace|link):/.test(range) || originOfRange(range) === 'file';

class Tree {
  readonly #packages: ReadonlyMap<string, BunPackage>;
  readonly left: Left[] = [];

  constructor(packages: readonly BunPackage[]) {
    this.#packages = new Map(packages.map((item) => [item.key, item]));
  }

  /** `said`: what is not there is left; an optional package, or a peer that nobody brought, may be missing. */
  edges(from: string, declares: ReadonlyMap<string, Declared>, said: number | undefined): readonly Edge[] {
    const levels = levelsOf(from);
    const edges: Edge[] = [];
    for (const [name, { range, kind }] of declares) {
      const found = findFrom(levels, name, this.#packages);
      if (found !== undefined) edges.push({ name, to: found.key, kind });
      else if (said !== undefined && kind !== 'optional' && !isOwnFolder(range))
        this.left.push({ name, line: said, origin: 'unresolved', why: `no entry for ${name}@${range}` });
    }
    return edges;
  }
}

/** Empty = the default registry; an address ends in `.tgz`, or is the registry's, to which the path is known. */
const resolvedOf = (texts: readonly string[]): string | undefined => texts.find((text) => /^https?:.*\.tgz$/.test(text));

const entryOf = ({ item, name, wish }: Found, edges: readonly Edge[]): Entry => {
  const integrity = item.texts.find((text) => /^sha\d+-/.test(text));
  const resolved = resolvedOf(item.texts);
  return {
    place: item.key,
    name,
    version: wish,
    region: item.region,
    edges,
    ...(integrity === undefined ? {} : { integrity }),
    ...(resolved === undefined ? {} : { resolved }),
  };
};

/** Of a member: below its name first, then at the top. */
const rootOf = (workspace: BunWorkspace, tree: Tree): Root => ({
  folder: workspace.folder,
  edges: tree.edges(workspace.folder === '' ? '' : (workspace.name ?? ''), workspace.declares, 1),
});

const parse = ({ version, workspaces, packages }: BunLock): Parsed => {
  const tree = new Tree(packages);
  const entries: Entry[] = [];
  const outside: Left[] = [];
  for (const found of packages.map(foundOf)) {
    const { item, name, origin } = found;
    if (origin === 'own') continue;
    const edges = tree.edges(item.key, item.declares, undefined);
    if (origin === 'registry') entries.push(entryOf(found, edges));
    else outside.push({ name, line: item.region.startLine, origin, place: item.key, edges });
  }
  const roots = workspaces.map((workspace) => rootOf(workspace, tree));
  const direct = recordOf(workspaces.flatMap(({ declares }) => [...declares].map(([name, { range }]) => [name, range] as const)));
  return { formatVersion: String(version), entries, roots, direct, left: [...outside, ...tree.left] };
};

export const bunLock: Format = {
  kind: 'bun-lock',
  ecosystem: 'npm',
  versions: 'bun.lock with lockfileVersion 0 or 1 (bun 1.1.39 and later)',
  matches: (uri) => uri === 'bun.lock' || uri.endsWith('/bun.lock'),
  maxBytes: 64 << 20,
  remake: 'bun install --lockfile-only',
  read: (_uri, text) => parse(readBunLock(text)),
};
