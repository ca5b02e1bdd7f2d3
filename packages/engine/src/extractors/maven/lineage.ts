/** A pom and its parents, as far as the tree holds them. @see https://maven.apache.org/pom.html#inheritance */
import { posix } from 'node:path';
import type { Interpolate } from './interpolate.ts';
import { interpolator } from './interpolate.ts';
import type { MavenConfig } from './maven-config.ts';
import { NO_CONFIG } from './maven-config.ts';
import type { ModelBase, ParentReference, Pom, Profile } from './pom.ts';
import type { Located, PomTree } from './pom-tree.ts';
import { groupOf, parentUris, versionOf } from './pom-tree.ts';

/** What one pom of the line gives, its active profiles put in. */
export interface Layer {
  readonly located: Located;
  readonly base: ModelBase;
}

export interface Lineage {
  /** The pom itself first. */
  readonly layers: readonly Layer[];
  /** `group:artifact:version` of the first parent that the tree does not hold. */
  readonly missing?: string;
  readonly interpolate: Interpolate;
}

/** Longer lines are no project's; a circle ends here too, as a parent that is not to be had. */
const GENERATIONS = 64;

/** Of the nearest folder above that has one, as Maven looks for the root of the build. */
export const configOf = (uri: string, { configs }: PomTree): MavenConfig => {
  for (let folder = posix.dirname(uri); ; folder = posix.dirname(folder)) {
    const config = configs.get(folder);
    if (config !== undefined) return config;
    if (folder === '.' || folder === '/') return NO_CONFIG;
  }
};

/**
 * Switched on by the tree itself: by `.mvn/maven.config`, or by default when no other of this pom is. What the JDK, the system, a
 * property or a file of the build machine switches on is not known here.
 */
export const isActive = (profile: Profile, all: readonly Profile[], { active, inactive }: MavenConfig): boolean => {
  if (inactive.has(profile.id)) return false;
  if (active.has(profile.id)) return true;
  return profile.activeByDefault && !all.some(({ id }) => active.has(id));
};

/** A profile is stronger than its pom: of two of one key the last dependency counts, and the first managed one. */
const folded = (pom: Pom, config: MavenConfig): ModelBase => {
  const profiles = pom.profiles.filter((profile) => isActive(profile, pom.profiles, config));
  if (profiles.length === 0) return pom;
  return {
    properties: new Map([pom, ...profiles].flatMap(({ properties }) => [...properties])),
    dependencies: [pom, ...profiles].flatMap(({ dependencies }) => dependencies),
    managed: [...profiles, pom].flatMap(({ managed }) => managed),
    plugins: [pom, ...profiles].flatMap(({ plugins }) => plugins),
    managedPlugins: [...profiles, pom].flatMap(({ managedPlugins }) => managedPlugins),
  };
};

/** Enough for `${revision}`: Maven allows only that and its like in the version of a parent. */
const ownValues = (pom: Pom, config: MavenConfig): Interpolate =>
  interpolator((name) => config.properties.get(name) ?? pom.properties.get(name));

/** What the child does not state, which the newest models allow, is taken as found. */
const isMeant = (reference: ParentReference, child: Pom, { pom }: Located, config: MavenConfig): boolean => {
  const same = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined ||
    wanted === found ||
    (found !== undefined && ownValues(child, config)(wanted).text === ownValues(pom, config)(found).text);
  return same(reference.groupId, groupOf(pom)) && same(reference.artifactId, pom.artifactId) && same(reference.version, versionOf(pom));
};

/** By its path, else anywhere in the tree by its coordinates: Maven looks into the poms of one build too. */
const parentIn = (tree: PomTree, { uri, pom }: Located, reference: ParentReference): Located | undefined => {
  const config = configOf(uri, tree);
  const byPath = parentUris(uri, reference.relativePath).flatMap((path) => tree.at.get(path) ?? []);
  const byName = tree.byName.get(`${reference.groupId}:${reference.artifactId}`) ?? [];
  return [...byPath, ...byName].find((found) => found.uri !== uri && isMeant(reference, pom, found, config));
};

const shownParent = ({ groupId, artifactId, version }: ParentReference): string =>
  [groupId, artifactId, version].map((part) => part ?? '?').join(':');

const first = <T>(layers: readonly Layer[], value: (located: Located) => T | undefined): T | undefined => {
  for (const { located } of layers) {
    const found = value(located);
    if (found !== undefined) return found;
  }
  return undefined;
};

type Field = (layers: readonly Layer[]) => string | undefined;

/** `project.…`, and the old spellings of it. */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['groupId', (layers) => first(layers, ({ pom }) => groupOf(pom))],
  ['artifactId', ([own]) => own?.located.pom.artifactId],
  ['version', (layers) => first(layers, ({ pom }) => versionOf(pom))],
  ['packaging', ([own]) => own?.located.pom.packaging],
  ['name', ([own]) => own?.located.pom.name],
  ['parent.groupId', ([own, parent]) => own?.located.pom.parent?.groupId ?? (parent && groupOf(parent.located.pom))],
  ['parent.artifactId', ([own, parent]) => own?.located.pom.parent?.artifactId ?? parent?.located.pom.artifactId],
  ['parent.version', ([own, parent]) => own?.located.pom.parent?.version ?? (parent && versionOf(parent.located.pom))],
]);

/** In Maven's order: options of the build, the project's own coordinates, properties from the child up, coordinates without a prefix. */
const lookupIn =
  (layers: readonly Layer[], config: MavenConfig) =>
  (name: string): string | undefined => {
    const given = config.properties.get(name);
    if (given !== undefined) return given;
    const prefix = ['project.', 'pom.'].find((start) => name.startsWith(start));
    const coordinate = prefix === undefined ? undefined : FIELDS.get(name.slice(prefix.length))?.(layers);
    if (coordinate !== undefined) return coordinate;
    for (const { base } of layers) {
      const value = base.properties.get(name);
      if (value !== undefined) return value;
    }
    return FIELDS.get(name)?.(layers);
  };

const parentOf = (layers: readonly Layer[], child: Located, tree: PomTree): Located | undefined => {
  const reference = child.pom.parent;
  const parent = reference && parentIn(tree, child, reference);
  const isCircle = layers.some(({ located }) => located.uri === parent?.uri);
  return isCircle || layers.length >= GENERATIONS ? undefined : parent;
};

/** `config`: what is switched on, where it is not what the tree says. */
export const lineageOf = (located: Located, tree: PomTree, config: MavenConfig = configOf(located.uri, tree)): Lineage => {
  const layers: Layer[] = [];
  let next: Located | undefined = located;
  while (next !== undefined) {
    layers.push({ located: next, base: folded(next.pom, config) });
    next = parentOf(layers, next, tree);
  }
  const last = layers.at(-1)?.located.pom.parent;
  const interpolate = interpolator(lookupIn(layers, config));
  return { layers, interpolate, ...(last === undefined ? {} : { missing: shownParent(last) }) };
};
