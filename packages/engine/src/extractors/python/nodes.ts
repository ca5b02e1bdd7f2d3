/** The blocks of a lockfile as a graph in which every extra is a node of its own: `requests` and `requests[socks]` ask for different things. */
import type { EdgeKind, Scope } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Arrival } from '../dependencies/walk.ts';
import { walk } from '../dependencies/walk.ts';
import type { Candidate, Project, Wish } from './candidate.ts';
import { allows } from './version.ts';

/** A wish that was resolved: the index of the block it means. */
export interface Step {
  readonly to: number;
  readonly kind: EdgeKind;
}

export interface Nodes {
  /** Of the block without extras. */
  readonly base: readonly (readonly Step[])[];
  /** By block, then by extra; only the extras that somebody asks for. */
  readonly features: readonly ReadonlyMap<string, readonly Step[]>[];
  readonly projects: readonly (readonly Step[])[];
  /** How the block, or the block with an extra, comes in. */
  readonly arrivalOf: (block: number, extra?: string) => Arrival | undefined;
}

/** Versions of one package tried, over the whole file: two lists of 10,000 blocks would otherwise cost 100 million. */
const STEPS = 4_000_000;

/** Ranges compared with a version, over the whole file; each costs some 20 microseconds. Beyond, every version is meant. */
const COMPARED = 20_000;

interface Resolved extends Step {
  readonly extras: readonly string[];
}

class Resolver {
  readonly #byName = new Map<string, Candidate[]>();
  readonly #indexOf: ReadonlyMap<Candidate, number>;
  #steps = 0;
  #compared = 0;

  constructor(candidates: readonly Candidate[]) {
    this.#indexOf = new Map(candidates.map((candidate, index) => [candidate, index]));
    for (const candidate of candidates) {
      const known = this.#byName.get(candidate.name);
      if (known === undefined) this.#byName.set(candidate.name, [candidate]);
      else known.push(candidate);
    }
  }

  /** Every block that a wish may mean: versions for several platforms stand side by side. Throws ManifestError over the budget. */
  resolve(wishes: readonly Wish[]): readonly Resolved[] {
    return wishes.flatMap((wish) => this.#targets(wish).map((to) => ({ to, kind: wish.kind, extras: wish.extras })));
  }

  #targets(wish: Wish): readonly number[] {
    const all = this.#byName.get(wish.name) ?? [];
    this.#steps += all.length + 1;
    if (this.#steps > STEPS) throw new ManifestError('expected fewer dependencies: resolving them takes too long');
    return this.#meant(wish, all).flatMap((candidate) => this.#indexOf.get(candidate) ?? []);
  }

  #meant({ means, range }: Wish, all: readonly Candidate[]): readonly Candidate[] {
    if (means !== undefined) return all.filter(means);
    this.#compared += all.length < 2 ? 0 : all.length;
    if (all.length < 2 || this.#compared > COMPARED) return all;
    const allowed = all.filter(({ version }) => allows(range, version));
    return allowed.length === 0 ? all : allowed;
  }
}

const KIND_OF_SCOPE: Readonly<Record<Scope, EdgeKind>> = { required: 'prod', optional: 'optional', excluded: 'dev' };
export const kindOf = (scope: Scope | undefined): EdgeKind => KIND_OF_SCOPE[scope ?? 'required'];

const keyOf = (block: number, extra?: string): string => (extra === undefined ? String(block) : `${block}[${extra}]`);
const projectKey = (project: number): string => `p${project}`;

/** Follows the extras that are asked for; each pair of block and extra once. */
const featuresOf = (
  candidates: readonly Candidate[],
  resolver: Resolver,
  asked: readonly Resolved[],
): Map<string, readonly Resolved[]>[] => {
  const features = candidates.map(() => new Map<string, readonly Resolved[]>());
  const open = [...asked];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const known = features[next.to];
    for (const extra of next.extras) {
      const wishes = candidates[next.to]?.features.get(extra);
      if (known === undefined || known.has(extra) || wishes === undefined) continue;
      const steps = resolver.resolve(wishes);
      known.set(extra, steps);
      for (const step of steps) open.push(step);
    }
  }
  return features;
};

type WalkEdge = { readonly name: string; readonly to: string; readonly kind: EdgeKind };

const walkEdges = (steps: readonly Resolved[], features: readonly ReadonlyMap<string, unknown>[]): readonly WalkEdge[] =>
  steps.flatMap(({ to, kind, extras }) => [
    { name: '', to: keyOf(to), kind },
    ...extras.filter((extra) => features[to]?.has(extra) === true).map((extra) => ({ name: '', to: keyOf(to, extra), kind })),
  ]);

/** Without projects, blocks that nobody asks for are taken for what the project asks for; a file without any wish says nothing of it. */
const guessedProject = (candidates: readonly Candidate[], steps: readonly Resolved[]): readonly Resolved[] => {
  if (steps.length === 0) return [];
  const wanted = new Set(steps.map(({ to }) => to));
  const tops = candidates.flatMap(({ facts }, to) => (wanted.has(to) ? [] : [{ to, kind: kindOf(facts.scope), extras: [] }]));
  return tops;
};

/** Throws ManifestError when the blocks are too entangled. */
export const nodesOf = (candidates: readonly Candidate[], projects: readonly Project[]): Nodes => {
  const resolver = new Resolver(candidates);
  const base = candidates.map(({ wishes }) => resolver.resolve(wishes));
  const own = projects.map(({ wishes }) => resolver.resolve(wishes));
  const features = featuresOf(candidates, resolver, [...base.flat(), ...own.flat()]);
  const inside = [...base.flat(), ...features.flatMap((byExtra) => [...byExtra.values()].flat())];
  const tops = own.length > 0 ? own : [guessedProject(candidates, inside)].filter((steps) => steps.length > 0);
  const edges = new Map<string, readonly WalkEdge[]>();
  for (const [project, steps] of tops.entries()) edges.set(projectKey(project), walkEdges(steps, features));
  for (const [block, steps] of base.entries()) edges.set(keyOf(block), walkEdges(steps, features));
  for (const [block, byExtra] of features.entries()) {
    for (const [extra, steps] of byExtra) edges.set(keyOf(block, extra), walkEdges(steps, features));
  }
  const roots = tops.map((_steps, project) => ({ place: projectKey(project), scope: 'required' as const }));
  const arrivals = walk({ roots, edges, isLocal: () => false });
  return { base, features, projects: tops, arrivalOf: (block, extra) => arrivals.get(keyOf(block, extra)) };
};
