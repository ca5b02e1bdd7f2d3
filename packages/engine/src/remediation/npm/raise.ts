/** Lifts one place of a tree to a fit version, and what stands above it as far as it must, by the smallest step that works. */
import { isObject, member } from '../json/plain.ts';
import type { LockedPackage } from './lockfile.ts';
import { isImporter, resolvePlace } from './lockfile.ts';
import type { Demand, Draft, Project } from './project.ts';
import { demandsFrom, demandsOn, overrideOf, versionAt, withChoice, withRange } from './project.ts';
import { admits, distance, isPlainRange } from './range.ts';
import type { Market, Weighed } from './versions.ts';

export type BlockReason =
  | 'no-fix-published'
  | 'cooldown'
  | 'edge'
  | 'bundled'
  | 'override'
  | 'not-from-registry'
  | 'major'
  | 'circle'
  | 'unreadable'
  | 'resolver';

/** `edge` is the demand that admits no fit version: `send@0.17.1 → mime@1.6.0`. */
export interface Block {
  readonly reason: BlockReason;
  readonly edge?: string;
  readonly detail: string;
}

export interface Lift {
  readonly project: Project;
  readonly market: Market;
  /** The project's own ranges may move to a next major. */
  readonly majors: boolean;
  /** Known flaws that a version may keep because the present one has them too; the targeted ones are never among them. */
  readonly tolerated: (name: string) => readonly string[];
}

export type Lifted = { readonly draft: Draft } | { readonly block: Block };
type Wanted = (release: Weighed) => boolean;

const DEEPEST = 6;
/** Versions for which parents are lifted; each costs a search. */
const MOST_TRIED = 25;

/** The draft in which `place` holds the nearest fit version, or the edge that blocks. Never a version below the present one. */
export const raise = async (lift: Lift, draft: Draft, place: string, wanted: Wanted, trail: readonly string[] = []): Promise<Lifted> => {
  const pkg = lift.project.lock.packages.get(place);
  const version = versionAt(lift.project, draft, place);
  const refused = pkg && version !== undefined ? refusal(lift, pkg, trail) : notFromRegistry(place);
  if (pkg === undefined || version === undefined || refused !== undefined) return { block: refused ?? notFromRegistry(place) };
  const newer = await lift.market.newer(pkg.name, version);
  if (newer === undefined) return { block: { reason: 'not-from-registry', detail: `the registry does not know ${pkg.name}` } };
  const fit = newer.filter((release) => isFit(lift, pkg.name, release));
  const candidates = fit.filter(wanted);
  if (candidates.length === 0) return { block: noCandidate(pkg, version, newer, fit) };
  return nearest(lift, draft, pkg, version, candidates, trail);
};

const isFit = (lift: Lift, name: string, release: Weighed): boolean => {
  const tolerated = lift.tolerated(name);
  return release.unfit === undefined && release.flaws.every((flaw) => tolerated.includes(flaw));
};

const notFromRegistry = (place: string): Block => ({ reason: 'not-from-registry', detail: `${place} is no package of a registry` });

const refusal = (lift: Lift, pkg: LockedPackage, trail: readonly string[]): Block | undefined => {
  if (pkg.inBundle)
    return { reason: 'bundled', detail: `${pkg.place} comes inside the tarball of its parent; only a newer parent can change it` };
  if (pkg.link || (pkg.resolved !== undefined && !/^https?:/.test(pkg.resolved))) return notFromRegistry(pkg.place);
  if (overrideOf(lift.project, pkg.name).kind === 'scoped') {
    return {
      reason: 'override',
      edge: `overrides → ${pkg.name}`,
      detail: `overrides in package.json pin ${pkg.name} for a part of the tree`,
    };
  }
  if (trail.includes(pkg.place) || trail.length > DEEPEST) return { reason: 'circle', detail: `${pkg.name} asks for itself` };
  return undefined;
};

const noCandidate = (pkg: LockedPackage, version: string, newer: readonly Weighed[], fit: readonly Weighed[]): Block => {
  const young = newer.find((release) => release.unfit === 'too-young');
  if (fit.length === 0 && young !== undefined) {
    return { reason: 'cooldown', detail: `${pkg.name} ${young.version} is too young to be trusted` };
  }
  const reason = fit.length === 0 ? 'no-fix-published' : 'edge';
  return {
    reason,
    detail: fit.length === 0 ? `no release of ${pkg.name} above ${version} is without known flaws` : `no newer ${pkg.name} allows it`,
  };
};

/** In the ranges of all who ask; else by editing the project's own ranges; else by lifting the packages that ask. */
const nearest = async (
  lift: Lift,
  draft: Draft,
  pkg: LockedPackage,
  version: string,
  candidates: readonly Weighed[],
  trail: readonly string[],
): Promise<Lifted> => {
  const demands = demandsOn(lift.project, draft, pkg);
  const against = candidates.map((release) => ({ release, demands: demands.filter((d) => !admits(d.range, release.version)) }));
  const allowed = against.filter(
    (c) => lift.majors || !c.demands.some((d) => isImporter(d.from)) || distance(version, c.release.version) !== 'major',
  );
  const inRange = allowed.find((c) => c.demands.length === 0);
  const byOwnRange = allowed.find((c) => c.demands.every((d) => isEditable(d)));
  const choice = inRange ?? byOwnRange;
  if (choice !== undefined) return { draft: await settle(lift, accept(draft, pkg.place, choice.release, choice.demands), pkg.place) };
  return byParents(
    lift,
    draft,
    pkg,
    allowed.map((c) => c.release),
    trail,
    blocking(lift, draft, pkg, version, against[0]?.demands ?? []),
  );
};

const isEditable = (demand: Demand): boolean => isImporter(demand.from) && demand.kind !== 'peerDependencies' && isPlainRange(demand.range);

const accept = (draft: Draft, place: string, release: Weighed, edits: readonly Demand[]): Draft =>
  edits.reduce((next, demand) => withRange(next, demand, release.version), withChoice(draft, place, release));

const byParents = async (
  lift: Lift,
  draft: Draft,
  pkg: LockedPackage,
  releases: readonly Weighed[],
  trail: readonly string[],
  block: Block,
): Promise<Lifted> => {
  for (const release of releases.slice(0, MOST_TRIED)) {
    const lifted = await liftParents(lift, withChoice(draft, pkg.place, release), pkg, release.version, [...trail, pkg.place]);
    if (lifted !== undefined) return { draft: await settle(lift, lifted, pkg.place) };
  }
  return { block };
};

/** One who objects after another, until none is left; a lifted parent may bring others into line on the way. */
const liftParents = async (
  lift: Lift,
  draft: Draft,
  pkg: LockedPackage,
  version: string,
  trail: readonly string[],
): Promise<Draft | undefined> => {
  const objection = demandsOn(lift.project, draft, pkg).find((d) => !admits(d.range, version));
  if (objection === undefined) return versionAt(lift.project, draft, pkg.place) === version ? draft : undefined;
  if (isEditable(objection)) return liftParents(lift, withRange(draft, objection, version), pkg, version, trail);
  if (isImporter(objection.from)) return undefined;
  const lifted = await raise(lift, draft, objection.from, (release) => allows(release, objection.name, version), trail);
  return 'draft' in lifted ? liftParents(lift, lifted.draft, pkg, version, trail) : undefined;
};

/** A release that asks for nothing by that name allows everything. */
const allows = (release: Weighed, name: string, version: string): boolean =>
  (['dependencies', 'optionalDependencies', 'peerDependencies'] as const).every((kind) => {
    const asked = member(release.manifest, kind);
    const range = isObject(asked) ? member(asked, name) : undefined;
    return typeof range !== 'string' || admits(range, version);
  });

/** What a changed manifest newly asks of places that exist is met by their lowest fit version; the rest is left to npm's own resolver. */
const settle = async (lift: Lift, draft: Draft, place: string): Promise<Draft> => {
  const unmet = demandsFrom(lift.project, draft, place).flatMap((demand) => {
    const to = resolvePlace(lift.project.lock.packages, place, demand.name);
    const found = to === undefined ? undefined : lift.project.lock.packages.get(to);
    const version = found && versionAt(lift.project, draft, found.place);
    return found && version !== undefined && !admits(demand.range, version) ? [{ found, version }] : [];
  });
  let settled = draft;
  for (const { found, version } of unmet) {
    const demands = demandsOn(lift.project, settled, found);
    const newer = (await lift.market.newer(found.name, version)) ?? [];
    const match = newer.find((release) => isFit(lift, found.name, release) && demands.every((d) => admits(d.range, release.version)));
    if (match !== undefined) settled = await settle(lift, withChoice(settled, found.place, match), found.place);
  }
  return settled;
};

const blocking = (lift: Lift, draft: Draft, pkg: LockedPackage, version: string, demands: readonly Demand[]): Block => {
  const demand = demands.find((d) => !isEditable(d)) ?? demands[0];
  if (demand === undefined) return { reason: 'edge', detail: `nothing above ${pkg.name} ${version} can be changed` };
  const asks = demand.kind === 'overrides' ? 'overrides' : isImporter(demand.from) ? 'package.json' : labelOf(lift, draft, demand.from);
  const reason = isEditable(demand) ? 'major' : 'edge';
  return {
    reason,
    edge: `${asks} → ${demand.name}@${demand.range}`,
    detail: `${asks} asks for ${demand.name} ${demand.range}, and no fit release allows more`,
  };
};

const labelOf = (lift: Lift, draft: Draft, place: string): string =>
  `${lift.project.lock.packages.get(place)?.name ?? place}@${versionAt(lift.project, draft, place) ?? '?'}`;
