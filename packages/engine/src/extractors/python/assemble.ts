/** Blocks of a lockfile and its projects → entries, roots and what is left, as the shared part takes them. */
import type { Edge, Entry, Left, Parsed, Root } from '../dependencies/format.ts';
import type { Candidate, Project } from './candidate.ts';
import type { Nodes, Step } from './nodes.ts';
import { kindOf, nodesOf } from './nodes.ts';
import { isVersion } from './version.ts';

export interface Assembly {
  readonly formatVersion?: string;
  readonly candidates: readonly Candidate[];
  /** Empty: what the projects ask for is not known. */
  readonly projects: readonly Project[];
}

/** `name@version`, with a number where the same is locked from several sources. */
const placesOf = (candidates: readonly Candidate[]): readonly string[] => {
  const used = new Map<string, number>();
  return candidates.map(({ name, version, from }) => {
    const place = `${name}@${version === '' ? from : version}`;
    const copies = (used.get(place) ?? 0) + 1;
    used.set(place, copies);
    return copies === 1 ? place : `${place} (${copies})`;
  });
};

const RANK = { prod: 0, optional: 1, dev: 2 } as const;

class Assembler {
  readonly #candidates: readonly Candidate[];
  readonly #nodes: Nodes;
  readonly #places: readonly string[];

  constructor({ candidates, projects }: Assembly) {
    this.#candidates = candidates;
    this.#nodes = nodesOf(candidates, projects);
    this.#places = placesOf(candidates);
  }

  /** Each place once, by its strongest kind; a package never depends on itself, as `a[all]` that names `a[x]` would have it. */
  #edges(steps: readonly Step[], own?: number): readonly Edge[] {
    const strongest = new Map<number, Step>();
    for (const step of steps) {
      const known = strongest.get(step.to);
      if (step.to !== own && (known === undefined || RANK[step.kind] < RANK[known.kind])) strongest.set(step.to, step);
    }
    return [...strongest.values()].map(({ to, kind }) => ({
      name: this.#candidates[to]?.name ?? '',
      to: this.#places[to] ?? '',
      kind,
    }));
  }

  /** What an extra adds is asked for as strongly as the extra itself is. */
  #stepsOf(block: number): readonly Step[] {
    const steps = [...(this.#nodes.base[block] ?? [])];
    for (const [extra, added] of this.#nodes.features[block] ?? []) {
      const kind = kindOf(this.#nodes.arrivalOf(block, extra)?.scope);
      for (const { to } of added) steps.push({ to, kind });
    }
    return steps;
  }

  #edgesOf(block: number): readonly Edge[] {
    return this.#edges(this.#stepsOf(block), block);
  }

  entry(candidate: Candidate, block: number): Entry {
    const scope = this.#nodes.arrivalOf(block)?.scope ?? candidate.facts.scope;
    return {
      place: this.#places[block] ?? '',
      name: candidate.name,
      version: candidate.version,
      region: { startLine: candidate.line },
      edges: this.#edgesOf(block),
      ...candidate.facts,
      ...(scope === undefined ? {} : { scope }),
    };
  }

  left({ name, line, why }: Candidate, block: number, origin: Left['origin']): Left {
    const place = this.#places[block] ?? '';
    return { name: name === '' ? '?' : name, line, origin, ...(why === undefined ? {} : { why }), place, edges: this.#edgesOf(block) };
  }

  local({ folder = '' }: Candidate, block: number): Root {
    const scope = this.#nodes.arrivalOf(block)?.scope;
    return { folder, edges: this.#edgesOf(block), ...(scope === undefined ? {} : { scope }) };
  }

  /** What others of the workspace ask of a project's extras is added to what the project asks for itself. */
  projects(folders: readonly string[]): readonly Root[] {
    const blocks = new Map(this.#candidates.flatMap((one, block) => (one.from === 'local' ? [[one.folder ?? '', block] as const] : [])));
    return this.#nodes.projects.map((steps, index) => {
      const folder = folders[index] ?? '';
      const block = blocks.get(folder);
      return { folder, edges: this.#edges(block === undefined ? steps : [...steps, ...this.#stepsOf(block)], block) };
    });
  }
}

/** An index knows versions only; a block without a readable one is left. */
const originOf = (candidate: Candidate): Candidate['from'] =>
  candidate.from === 'published' && !(isVersion(candidate.version) && candidate.name !== '') ? 'unreadable' : candidate.from;

/** Every block becomes an entry, a root or a left package. Throws ManifestError when the file is too entangled. */
export const assemble = (assembly: Assembly): Parsed => {
  const { candidates, projects, formatVersion } = assembly;
  const assembler = new Assembler(assembly);
  const folders = projects.map(({ folder }) => folder);
  const entries: Entry[] = [];
  const left: Left[] = [];
  const roots: Root[] = [...assembler.projects(folders)];
  for (const [block, candidate] of candidates.entries()) {
    const origin = originOf(candidate);
    if (origin === 'published') entries.push(assembler.entry(candidate, block));
    else if (origin !== 'local') left.push(assembler.left(candidate, block, origin));
    else if (!folders.includes(candidate.folder ?? '')) roots.push(assembler.local(candidate, block));
  }
  const wishes = projects.flatMap((project) => project.wishes);
  const direct = Object.fromEntries(wishes.map(({ name, range }) => [name, range]));
  return { ...(formatVersion === undefined ? {} : { formatVersion }), entries, roots, direct, left };
};
