/** Findings of one lockfile → one set of changes, each with its reason; what cannot be changed says which edge blocks. */

import type { Finding } from '@breakwater/model';
import semver from 'semver';
import { byKeys } from '../../lib/order.ts';
import type { Blocked, Move, Patch, PlanItem, Strategy, Suggestion } from './item.ts';
import type { LockedPackage } from './lockfile.ts';
import { isImporter } from './lockfile.ts';
import type { Draft, Project } from './project.ts';
import { demandsOn, EMPTY, versionAt } from './project.ts';
import type { Block, Lift } from './raise.ts';
import { raise } from './raise.ts';
import type { Distance } from './range.ts';
import { distance } from './range.ts';
import type { Group } from './targets.ts';
import { groupsOf, placesOf } from './targets.ts';
import type { Market } from './versions.ts';

export interface ProjectPlan {
  readonly manifest: string;
  readonly project: Project;
  readonly draft: Draft;
  readonly items: readonly PlanItem[];
}

export interface PlanRequest {
  /** The lockfile, relative to the root. */
  readonly manifest: string;
  readonly project: Project;
  readonly findings: readonly Finding[];
  readonly market: Market;
  /** Next majors of the project's own dependencies are changed instead of suggested. */
  readonly allowMajor: boolean;
}

interface Attempt {
  readonly draft: Draft;
  readonly block?: Block;
}

/** Groups build on one another: what an earlier one has moved is the ground of the next. */
export const planProject = async (request: PlanRequest): Promise<ProjectPlan> => {
  let draft = EMPTY;
  const items: PlanItem[] = [];
  for (const group of groupsOf(request.manifest, request.project.lock, request.findings)) {
    const planned = await planGroup(request, group, draft);
    draft = planned.draft;
    items.push(planned.item);
  }
  return { manifest: request.manifest, project: request.project, draft, items };
};

const planGroup = async (request: PlanRequest, group: Group, draft: Draft): Promise<{ item: PlanItem; draft: Draft }> => {
  const places = await placesOf(group, request.project.lock, request.market);
  const base = baseOf(group, places);
  if (places.length === 0) {
    return {
      draft,
      item: {
        ...base,
        kind: 'nothing-to-do',
        strategy: 'none',
        confidence: 1,
        summary: `${group.name}: the version found is no longer there`,
      },
    };
  }
  const tolerated = await toleratedBy(request, group);
  const careful = await attempt(request, places, draft, false, () => []);
  const lenient = careful.block === undefined ? careful : await attempt(request, places, draft, false, tolerated);
  if (lenient.block === undefined) return { draft: lenient.draft, item: await patchOf(request, base, places, draft, lenient.draft) };
  const far = await attempt(request, places, draft, true, () => []);
  if (far.block !== undefined) return { draft, item: blocked(base, lenient.block) };
  const patch = await patchOf(request, base, places, draft, far.draft);
  return request.allowMajor ? { draft: far.draft, item: patch } : { draft, item: suggestion(patch) };
};

type Base = Pick<PlanItem, 'findings' | 'manifest' | 'name' | 'from'>;

const baseOf = (group: Group, places: readonly LockedPackage[]): Base => ({
  findings: [...new Set(group.findings.map((f) => f.fingerprint))].toSorted(),
  manifest: group.manifest,
  name: group.name,
  from: [...new Set(places.map((p) => p.version ?? ''))].toSorted((a, b) =>
    semver.valid(a) && semver.valid(b) ? semver.compare(a, b) : 0,
  ),
});

/** Flaws of the versions at hand, less the targeted ones: a release may keep them when none is without. */
const toleratedBy = async (request: PlanRequest, group: Group): Promise<Lift['tolerated']> => {
  const known = new Map<string, readonly string[]>();
  for (const pkg of request.project.lock.packages.values()) {
    if (pkg.version === undefined || pkg.link || semver.valid(pkg.version) === null) continue;
    const flaws = await request.market.flaws(pkg.name, pkg.version);
    if (flaws.length > 0) known.set(pkg.name, [...(known.get(pkg.name) ?? []), ...flaws.filter((flaw) => !group.flaws.has(flaw))]);
  }
  return (name) => known.get(name) ?? [];
};

/** Every place of the group moves, or none does. */
const attempt = async (
  request: PlanRequest,
  places: readonly LockedPackage[],
  draft: Draft,
  majors: boolean,
  tolerated: Lift['tolerated'],
): Promise<Attempt> => {
  const lift: Lift = { project: request.project, market: request.market, majors, tolerated };
  let next = draft;
  for (const pkg of places) {
    if (await isDone(request, next, pkg)) continue;
    const lifted = await raise(lift, next, pkg.place, () => true);
    if ('block' in lifted) return { draft, block: lifted.block };
    next = lifted.draft;
  }
  return { draft: next };
};

/** Moved already with another package, or no longer asked for. */
const isDone = async (request: PlanRequest, draft: Draft, pkg: LockedPackage): Promise<boolean> => {
  if (draft === EMPTY) return false;
  if (demandsOn(request.project, draft, pkg).length === 0) return demandsOn(request.project, EMPTY, pkg).length > 0;
  const version = versionAt(request.project, draft, pkg.place) ?? '';
  return draft.chosen.has(pkg.place) && (await request.market.flaws(pkg.name, version)).length === 0;
};

const CONFIDENCE: Readonly<Record<Strategy, number>> = {
  'direct-in-range': 0.95,
  'direct-same-major': 0.9,
  'direct-next-major': 0.5,
  'transitive-lockfile': 0.95,
  'transitive-parent': 0.85,
  'with-another': 0.85,
};

const patchOf = async (request: PlanRequest, base: Base, places: readonly LockedPackage[], before: Draft, after: Draft): Promise<Patch> => {
  const moves = movesBetween(request.project, before, after);
  const ranges = [...after.ranges].filter(([key, edit]) => before.ranges.get(key)?.after !== edit.after).map(([, edit]) => edit);
  const stays = places.filter((p) => demandsOn(request.project, after, p).length > 0);
  const steps = stays.map((p) => ({ from: p.version ?? '', to: after.chosen.get(p.place)?.version }));
  const to = [...new Set(steps.flatMap((step) => step.to ?? []))].toSorted(semver.compare);
  const strategy = strategyOf(request.project, places, moves, ranges);
  const keeps = [...new Set((await Promise.all(to.map((version) => request.market.flaws(base.name, version)))).flat())];
  const passed = await Promise.all(steps.map((step) => passedOver(request.market, base.name, step)));
  const why = reasonOf(strategy, moves, ranges, base.name, keeps);
  const [far] = steps.flatMap((step) => (step.to === undefined ? [] : [distance(step.from, step.to)])).toSorted((a, b) => FAR[b] - FAR[a]);
  return {
    ...base,
    kind: 'patch',
    strategy,
    confidence: CONFIDENCE[strategy],
    to,
    ...(far !== undefined && { distance: far }),
    summary: `${base.name} ${base.from.join(', ')} ${to.length === 0 ? 'leaves the tree' : `→ ${to.join(', ')}`}, ${why}`,
    why,
    weighed: passed.reduce((sum, n) => sum + n, 0),
    keeps,
    moves,
    ranges,
  };
};

const FAR: Readonly<Record<Distance, number>> = { patch: 0, minor: 1, major: 2 };

const passedOver = async (
  market: Market,
  name: string,
  step: { readonly from: string; readonly to: string | undefined },
): Promise<number> => {
  const { to } = step;
  return to === undefined ? 0 : ((await market.newer(name, step.from)) ?? []).filter((release) => semver.lt(release.version, to)).length;
};

const movesBetween = (project: Project, before: Draft, after: Draft): readonly Move[] =>
  [...after.chosen]
    .filter(([place, release]) => before.chosen.get(place)?.version !== release.version && isAsked(project, after, place))
    .map(([place, release]) => {
      const pkg = project.lock.packages.get(place);
      return { place, name: pkg?.name ?? place, from: pkg?.version ?? '', to: release.version };
    })
    .toSorted(byKeys((move) => move.place));

const isAsked = (project: Project, draft: Draft, place: string): boolean => {
  const pkg = project.lock.packages.get(place);
  return pkg !== undefined && demandsOn(project, draft, pkg).length > 0;
};

const strategyOf = (project: Project, places: readonly LockedPackage[], moves: Patch['moves'], ranges: Patch['ranges']): Strategy => {
  if (moves.length === 0) return 'with-another';
  const own = new Set(places.map((p) => p.place));
  const direct = places.some((p) => demandsOn(project, EMPTY, p).some((d) => isImporter(d.from)));
  const far = ranges.some((edit) => moves.some((m) => m.name === edit.name && distance(m.from, m.to) === 'major'));
  if (far) return 'direct-next-major';
  if (!direct) return moves.every((m) => own.has(m.place)) ? 'transitive-lockfile' : 'transitive-parent';
  return ranges.length === 0 ? 'direct-in-range' : 'direct-same-major';
};

const reasonOf = (strategy: Strategy, moves: readonly Move[], ranges: Patch['ranges'], name: string, keeps: readonly string[]): string => {
  const edit = ranges[0];
  const parents = moves.filter((m) => m.name !== name).map((m) => `${m.name} ${m.from} → ${m.to}`);
  const company = parents.length > 3 ? [...parents.slice(0, 2), `${parents.length - 2} more`] : parents;
  const kept = keeps.length === 0 ? 'without known flaws' : `without it; keeps ${keeps.join(', ')}, which no release is without`;
  const how: Readonly<Record<Strategy, string>> = {
    'direct-in-range': `the nearest release ${kept}, inside the range of package.json`,
    'direct-same-major': `the nearest release ${kept}; package.json: ${edit?.name} ${edit?.before} → ${edit?.after}`,
    'direct-next-major': `a new major; package.json: ${edit?.name} ${edit?.before} → ${edit?.after}`,
    'transitive-lockfile': `the nearest release ${kept}, inside the range of all who ask for it`,
    'transitive-parent': `the nearest release ${kept}, with ${company.join(', ')}`,
    'with-another': 'through the change for another finding',
  };
  return how[strategy];
};

const blocked = (base: Base, block: Block): Blocked => ({
  ...base,
  kind: 'blocked',
  strategy: 'none',
  confidence: 0,
  summary: `${base.name} ${base.from.join(', ')}: ${block.edge === undefined ? block.detail : `blocked by ${block.edge}`}`,
  reason: block.detail,
  block,
});

const suggestion = (patch: Patch): Suggestion => ({
  kind: 'suggest-only',
  findings: patch.findings,
  manifest: patch.manifest,
  name: patch.name,
  from: patch.from,
  strategy: patch.strategy,
  confidence: patch.confidence,
  summary: patch.summary,
  advice: `${patch.summary}. A new major can break callers: read its changes, then run the command again with --major`,
});
