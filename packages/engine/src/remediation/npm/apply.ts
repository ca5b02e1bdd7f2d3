/** A plan applied to a copy: the edited manifests and the completed lockfile, as texts that differ only where they must. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { byText } from '../../lib/order.ts';
import type { Json, JsonObject } from '../json/plain.ts';
import { fromEntries, isObject, member, mergeChanges, same, textMember } from '../json/plain.ts';
import { rewrite } from '../json/rewrite.ts';
import { entryFor, inFileStyle, omitsResolved } from './entry.ts';
import type { LockedPackage, Lockfile } from './lockfile.ts';
import { orphans, readLockfile } from './lockfile.ts';
import { onlyRelated } from './minimal.ts';
import type { ProjectPlan } from './plan.ts';
import type { Draft, RangeEdit } from './project.ts';
import type { NpmOptions } from './registry.ts';
import { asNpmCompletes, asNpmReads } from './resolver.ts';
import { folderOf } from './targets.ts';

/** One file of the working tree, relative to the root. */
export interface FileEdit {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

export interface Applied {
  readonly edits: readonly FileEdit[];
  /** Places whose entry is new, changed or gone. */
  readonly changed: readonly string[];
  readonly lockBefore: Lockfile;
  readonly lockAfter: Lockfile;
  readonly manifest: string;
}

export interface ApplyRequest {
  readonly plan: ProjectPlan;
  /** Absolute copies of the root: one that stays as it is, one that is changed. */
  readonly before: string;
  readonly after: string;
  readonly npm: NpmOptions;
  readonly legacyPeerDeps: boolean;
  readonly cooldownBefore?: Date;
  readonly read: (uri: string) => Promise<string>;
}

/** Throws BW6014 when npm cannot complete the lockfile, BW6015 when a manifest is not as it was planned. */
export const applyPlan = async (request: ApplyRequest): Promise<Applied> => {
  const { plan, after } = request;
  const folder = folderOf(plan.manifest);
  const manifests = await editManifests(request, folder);
  const lockText = await request.read(plan.manifest);
  const old = plan.project.lock;
  await writeFile(join(after, plan.manifest), JSON.stringify(surgical(old, plan.draft)));
  for (const edit of manifests) await writeFile(join(after, edit.uri), edit.after);
  const options = {
    npm: request.npm,
    lockfileVersion: old.version,
    omitResolved: omitsResolved(old),
    legacyPeerDeps: request.legacyPeerDeps,
    ...(request.cooldownBefore && { before: request.cooldownBefore }),
  };
  const base = await asNpmReads(join(request.before, folder), options);
  const completed = await asNpmCompletes(join(after, folder), options);
  const value = onlyRelated(old, styled(old, mergeChanges(old.value, base, completed)), plan.draft);
  const lock: FileEdit = { uri: plan.manifest, before: lockText, after: rewrite(lockText, value) };
  await writeFile(join(after, lock.uri), lock.after);
  const lockAfter = readLockfile(lock.after);
  const edits = [...manifests, lock].filter((edit) => edit.before !== edit.after).toSorted((a, b) => byText(a.uri, b.uri));
  return { edits, changed: changedPlaces(old, lockAfter), lockBefore: old, lockAfter, manifest: plan.manifest };
};

const editManifests = async (request: ApplyRequest, folder: string): Promise<readonly FileEdit[]> => {
  const ranges = [...request.plan.draft.ranges.values()];
  return Promise.all(
    [...new Set(ranges.map((edit) => edit.from))].map(async (from) => {
      const uri = [folder, from, 'package.json'].filter((part) => part !== '').join('/');
      const before = await request.read(uri);
      return {
        uri,
        before,
        after: rewrite(
          before,
          ranges.filter((edit) => edit.from === from).reduce<JsonObject>((value, edit) => withRange(uri, value, edit), parsed(uri, before)),
        ),
      };
    }),
  );
};

const parsed = (uri: string, text: string): JsonObject => {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  return isObject(value) ? value : disagrees(uri, 'it is no object');
};

const withRange = (uri: string, value: JsonObject, edit: RangeEdit): JsonObject => {
  const ranges = member(value, edit.kind);
  if (!isObject(ranges) || textMember(ranges, edit.name) !== edit.before)
    return disagrees(uri, `${edit.kind} does not ask for ${edit.name} ${edit.before}`);
  return { ...value, [edit.kind]: { ...ranges, [edit.name]: edit.after } };
};

const disagrees = (uri: string, why: string): never => {
  throw new BreakwaterError('BW6015', `${uri} and the lockfile disagree: ${why}`, 'Bring them together: npm install --package-lock-only');
};

/** The chosen versions put in place, and what they leave behind taken out; the ranges follow package.json. */
const surgical = (old: Lockfile, draft: Draft): JsonObject => {
  const entries = [...old.packages.values()].map((pkg): readonly [string, Json] => [pkg.place, entryAt(pkg, draft)]);
  const next = { ...old.value, packages: fromEntries(entries) };
  const was = orphans(old.packages);
  const gone = [...orphans(readLockfile(JSON.stringify(next)).packages)].filter((place) => !was.has(place));
  return { ...next, packages: fromEntries(entries.filter(([place]) => !gone.includes(place))) };
};

const entryAt = (pkg: LockedPackage, draft: Draft): JsonObject => {
  const release = draft.chosen.get(pkg.place);
  if (release !== undefined) return entryFor(pkg, release);
  const edits = [...draft.ranges.values()].filter((edit) => edit.from === pkg.place && edit.kind !== 'overrides');
  return edits.reduce<JsonObject>((entry, edit) => withMember(entry, edit), pkg.entry);
};

const withMember = (entry: JsonObject, edit: RangeEdit): JsonObject => {
  const ranges = member(entry, edit.kind);
  return isObject(ranges) ? { ...entry, [edit.kind]: { ...ranges, [edit.name]: edit.after } } : entry;
};

const styled = (old: Lockfile, value: Json | undefined): JsonObject => {
  const packages = member(value, 'packages');
  if (!isObject(value) || !isObject(packages))
    throw new BreakwaterError('BW6014', 'npm gave no lockfile', 'Report this as a defect of Breakwater.');
  const entries = Object.entries(packages).map(([place, entry]): readonly [string, Json] => [
    place,
    isObject(entry) && !same(entry, old.packages.get(place)?.entry) ? inFileStyle(old, entry) : entry,
  ]);
  return { ...value, packages: fromEntries(entries) };
};

const changedPlaces = (before: Lockfile, after: Lockfile): readonly string[] =>
  [...new Set([...before.packages.keys(), ...after.packages.keys()])]
    .filter((place) => place !== '' && !same(before.packages.get(place)?.entry, after.packages.get(place)?.entry))
    .toSorted(byText);
