/** Blocks of a yarn.lock and the projects it is for → entries, roots and what is left. */
import type { Edge, EdgeKind, Entry, Left, Parsed, Root } from '../dependencies/format.ts';
import { recordOf } from '../npm/named.ts';
import { originOfRange } from '../npm/origin.ts';
import { Answers } from './answers.ts';
import type { Block, Wish } from './block.ts';
import type { Catalogs } from './catalogs.ts';
import { NO_CATALOGS } from './catalogs.ts';
import type { Project } from './projects.ts';

/** A folder on disk is nobody's publication, and Yarn 1 does not list it. */
const isOwnFolder = (wish: string): boolean => /^(?:link|portal|workspace):/.test(wish) || originOfRange(wish) === 'file';

interface Resolved {
  readonly edges: readonly Edge[];
  readonly left: readonly Left[];
}

class Assembly {
  readonly #answers: Answers;
  /** Names of the projects themselves: wishes for them are met by their folders. */
  readonly #own: ReadonlySet<string>;

  readonly #catalogs: Catalogs;

  constructor(blocks: readonly Block[], projects: readonly Project[], catalogs: Catalogs) {
    this.#catalogs = catalogs;
    const resolutions = projects.find(({ folder }) => folder === '')?.manifest.resolutions ?? new Map<string, string>();
    this.#answers = new Answers(blocks, resolutions);
    this.#own = new Set(projects.flatMap(({ manifest }) => manifest.name ?? []));
  }

  /** `dependent`: the block whose wishes these are. */
  resolve(wishes: readonly Wish[], dependent: Block | undefined): Resolved {
    const edges: Edge[] = [];
    const left: Left[] = [];
    const line = dependent?.region.startLine ?? 1;
    for (const { name, wish: written, kind } of wishes) {
      const wish = this.#catalogs.range(name, written) ?? written;
      const isOwn = this.#own.has(name);
      const block = this.#answers.listed(name, wish, dependent?.place) ?? (isOwn ? undefined : this.#answers.guessed(name, wish));
      if (block !== undefined) edges.push({ name, to: block.place, kind });
      else if (!isOwn && !isOwnFolder(wish)) left.push({ name, line, origin: 'unresolved', why: `no entry for ${name}@${wish}` });
    }
    return { edges, left };
  }

  peers(wishes: readonly Wish[]): readonly Edge[] {
    return wishes.flatMap(({ name, wish, kind }) => {
      const block = this.#answers.fitting(name, wish);
      return block === undefined ? [] : [{ name, to: block.place, kind }];
    });
  }
}

const declaredWishes = ({ manifest }: Project): readonly Wish[] =>
  [...manifest.declares].map(([name, { range, kind }]) => ({ name, wish: range, kind }));

/** The lockfile's wish counts (package.json may say `catalog:`), the kind is that of package.json. */
const rootWishes = (project: Project | undefined, block: Block | undefined): readonly Wish[] => {
  if (project === undefined) return block?.wishes ?? [];
  const locked = new Map((block?.wishes ?? []).map((wish) => [wish.name, wish]));
  const declared = declaredWishes(project).map((wish) => ({ ...wish, wish: locked.get(wish.name)?.wish ?? wish.wish }));
  const known = new Set(declared.map(({ name }) => name));
  return [...declared, ...(block?.wishes ?? []).filter(({ name }) => !known.has(name))];
};

const entryOf = (block: Block, version: string, edges: readonly Edge[]): Entry => ({
  place: block.place,
  name: block.name,
  version,
  region: block.region,
  edges,
  ...(block.integrity === undefined ? {} : { integrity: block.integrity }),
  ...(block.resolved === undefined ? {} : { resolved: block.resolved }),
});

/** An npm package that only exists as the base of a patch is the patched package. */
const isBaseOnly = (block: Block, bases: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean =>
  bases.has(block.place) && !wanted.has(block.place);

const folderList = (projects: readonly Project[], blocks: readonly Block[]): readonly string[] => [
  ...new Set([...projects.map(({ folder }) => folder), ...blocks.flatMap(({ folder }) => folder ?? [])]),
];

/** Roots, each with the line of its block for what cannot be found. */
const rootsOf = (assembly: Assembly, blocks: readonly Block[], projects: readonly Project[]) => {
  const byFolder = new Map(blocks.flatMap((block) => (block.folder === undefined ? [] : [[block.folder, block] as const])));
  const projectOf = new Map(projects.map((project) => [project.folder, project]));
  return folderList(projects, blocks).map((folder) => {
    const block = byFolder.get(folder);
    const project = projectOf.get(folder);
    return { folder, ...assembly.resolve(rootWishes(project, block), block) };
  });
};

/** Without package.json (and without workspaces in the lockfile): what nobody asks for is asked for by the project. */
const guessedRoot = (blocks: readonly Block[], edges: ReadonlyMap<string, readonly Edge[]>): Root => {
  const wanted = new Set([...edges.values()].flatMap((list) => list.map(({ to }) => to)));
  const tops = blocks.filter(({ place }) => !wanted.has(place));
  return { folder: '', edges: tops.map(({ name, place }): Edge => ({ name, to: place, kind: 'prod' satisfies EdgeKind })) };
};

const leftOf = (block: Block, edges: readonly Edge[]): readonly Left[] => {
  if (block.origin === 'own') return [];
  const origin = block.origin === 'registry' ? 'unreadable' : block.origin;
  return [{ name: block.name, line: block.region.startLine, origin, place: block.place, edges }];
};

/** Every block becomes an entry or is left; workspaces become roots. */
export const assemble = (
  blocks: readonly Block[],
  projects: readonly Project[],
  formatVersion: string,
  catalogs: Catalogs = NO_CATALOGS,
): Parsed => {
  const assembly = new Assembly(blocks, projects, catalogs);
  const packages = blocks.filter(({ folder }) => folder === undefined);
  const resolved = new Map(packages.map((block) => [block.place, assembly.resolve(block.wishes, block)]));
  const edges = new Map(
    packages.map((block) => [block.place, [...(resolved.get(block.place)?.edges ?? []), ...assembly.peers(block.peers)]]),
  );
  const stated = rootsOf(assembly, blocks, projects);
  const roots = stated.length > 0 ? stated.map(({ folder, edges: own }) => ({ folder, edges: own })) : [guessedRoot(packages, edges)];
  const bases = new Set(packages.flatMap(({ patches }) => patches ?? []));
  const wanted = new Set([...edges.values(), ...roots.map((root) => root.edges)].flatMap((list) => list.map(({ to }) => to)));
  const counted = packages.filter((block) => !isBaseOnly(block, bases, wanted));
  const isEntry = ({ origin, version }: Block): boolean => origin === 'registry' && version !== undefined;
  return {
    formatVersion,
    entries: counted.filter(isEntry).map((block) => entryOf(block, block.version ?? '', edges.get(block.place) ?? [])),
    roots,
    direct: recordOf(projects.flatMap(({ manifest }) => [...manifest.declares].map(([name, { range }]) => [name, range] as const))),
    left: [
      ...counted.filter((block) => !isEntry(block)).flatMap((block) => leftOf(block, edges.get(block.place) ?? [])),
      ...[...resolved.values(), ...stated].flatMap(({ left }) => left),
    ],
  };
};
