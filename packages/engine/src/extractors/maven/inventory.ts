/** A pom's model → the packages it names, each with an exact version or with the reason why not. */
import type { Entry, Left, Scope } from '../dependencies/format.ts';
import type { Model, Models } from './models.ts';
import type { Declaration } from './pom.ts';
import { resolveVersion } from './resolve-version.ts';
import type { Wish } from './wishes.ts';

/** A module of the same tree is no package: its own pom says what it needs. `doubtful`: sources outside the tree that may set another version. */
export type Outcome =
  | { readonly entry: Entry; readonly doubtful: readonly string[] }
  | { readonly left: Left }
  | { readonly local: string };

/** What Maven's validation allows in a group and in an artifact. */
const ID = /^[A-Za-z0-9_.-]+$/;

/**
 * test never leaves the build. provided and system are brought by the container or the machine, and optional is for this project but not
 * for those that use it: they are there when it runs, and may be absent, so they count as optional.
 */
const scopeOf = (scope: string | undefined, isOptional: boolean): Scope => {
  if (scope === 'test') return 'excluded';
  return isOptional || scope === 'provided' || scope === 'system' ? 'optional' : 'required';
};

/** The type and classifier are part of the place only where they are not the usual ones. */
const placeOf = (key: string, profile: string | undefined): string =>
  `${key.replace(/:jar$/, '')}${profile === undefined ? '' : ` (profile ${profile})`}`;

const nameOf = ({ groupId, artifactId }: Declaration, { interpolate }: Model): string =>
  interpolate(`${groupId ?? '?'}:${artifactId ?? '?'}`).text;

const isName = (name: string): boolean => {
  const parts = name.split(':');
  return parts.length === 2 && parts.every((part) => ID.test(part));
};

/** Where the version is not known, or is that of the tree. Another version is a release of ours that is fetched like any package. */
const isLocal = (name: string, version: string | undefined, models: Models): boolean => {
  const own = models.versions(name);
  return own !== undefined && (version === undefined || own.has(version));
};

const because = (why: string, { profile }: Wish): string => (profile === undefined ? why : `profile ${profile}: ${why}`);

export const outcomeOf = (wish: Wish, models: Models): Outcome => {
  const { declared, key, region, model, profile } = wish;
  const { interpolate } = model;
  const name = nameOf(declared, model);
  const line = region.startLine;
  const unknown = interpolate(name).unknown;
  if (unknown !== undefined) return { left: { name, line, origin: 'unresolved', why: because(`${unknown} is not set in the tree`, wish) } };
  if (!isName(name)) return { left: { name, line, origin: 'unreadable' } };
  const answer = model.management.find(key);
  const stated = declared.version === undefined ? undefined : interpolate(declared.version);
  const resolved = resolveVersion(stated, answer, model);
  const version = 'version' in resolved ? resolved.version : undefined;
  if (isLocal(name, version, models)) return { local: name };
  if (!('version' in resolved)) return { left: { name, line, origin: 'unresolved', why: because(resolved.why, wish) } };
  const managed = answer.kind === 'managed' ? answer.managed.scope : undefined;
  const scope = scopeOf(
    declared.scope === undefined ? managed : interpolate(declared.scope).text,
    profile !== undefined || interpolate(declared.optional ?? '').text === 'true',
  );
  const doubtful = stated === undefined && answer.kind === 'managed' ? answer.before : [];
  return { entry: { place: placeOf(key, profile), name, version: resolved.version, region, edges: [], scope, direct: true }, doubtful };
};
