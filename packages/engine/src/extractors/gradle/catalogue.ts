/** gradle/libs.versions.toml → the libraries and plugins that it gives exact versions. */
import { posix } from 'node:path';
import type { Entry, Format, Left, Near, Parsed, Scope } from '../dependencies/format.ts';
import type { Item } from './catalogue-model.ts';
import { parseCatalogue } from './catalogue-model.ts';
import { lockedIn } from './locked.ts';
import { scopeOf } from './scopes.ts';
import { accessorOf, usageIn } from './usage.ts';

const FILE = /(?:^|\/)gradle\/[\w-]+\.versions\.toml$/;

type Outcome = { readonly entry: Entry } | { readonly left: Left };

const outcomeOf = ({ alias, line, name, version }: Item, prefix: string, scope: Scope): Outcome => {
  if (name === undefined) return { left: { name: alias, line, origin: 'unreadable' } };
  if ('open' in version) return { left: { name, line, origin: 'unresolved', why: version.open } };
  const place = `${prefix}${alias}`;
  return { entry: { place, name, version: version.exact, region: { startLine: line }, edges: [], scope, direct: true } };
};

/** Alias → the accessors that bring it. */
const accessorsOf = (
  libraries: readonly Item[],
  bundles: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> => {
  const accessors = new Map(libraries.map(({ alias }) => [alias, [accessorOf(alias)]]));
  for (const [bundle, members] of bundles) for (const member of members) accessors.get(member)?.push(`bundles.${accessorOf(bundle)}`);
  return accessors;
};

const read = async (uri: string, text: string, near: Near): Promise<Parsed> => {
  const { formatVersion, libraries, plugins, bundles } = parseCatalogue(text);
  const locked = await lockedIn(uri, near);
  const usage = await usageIn(uri, near, posix.basename(uri).split('.', 1)[0] ?? 'libs');
  const accessors = accessorsOf(libraries, bundles);
  // one that no script uses in plain words may be used by a plugin of the team, and counts as shipped
  const scope = (alias: string): Scope => scopeOf((accessors.get(alias) ?? []).flatMap((one) => [...(usage.get(one) ?? [])]));
  const open = locked.all ? [] : libraries.filter(({ name }) => name === undefined || !locked.names.has(name));
  const outcomes = [
    ...open.map((item) => outcomeOf(item, '', scope(item.alias))),
    ...plugins.map((item) => outcomeOf(item, 'plugin ', 'excluded')),
  ];
  const entries = outcomes.flatMap((one) => ('entry' in one ? [one.entry] : []));
  return {
    ...(formatVersion === undefined ? {} : { formatVersion }),
    entries,
    roots: [],
    direct: Object.fromEntries(entries.map(({ name, version }) => [name, version])),
    left: [...outcomes.flatMap((one) => ('left' in one ? [one.left] : [])), ...transitives(open)],
  };
};

const transitives = ([first]: readonly Item[]): readonly Left[] =>
  first === undefined
    ? []
    : [{ name: 'transitive dependencies', line: first.line, origin: 'unresolved', why: 'a catalogue names direct dependencies only' }];

/**
 * Libraries that a gradle.lockfile of the same build names are left to it, and all of them where each project has one. The scope is that of
 * the configurations in which scripts use `libs.…` in plain words. Throws ManifestError for what is not TOML.
 */
export const gradleCatalogue: Format = {
  kind: 'gradle-catalogue',
  ecosystem: 'Maven',
  versions: 'format 1.0 and 1.1',
  matches: (uri) => FILE.test(uri),
  maxBytes: 8 << 20,
  remake:
    'For every dependency with its version: lock all configurations (dependencyLocking { lockAllConfigurations() }), then gradle dependencies --write-locks',
  read,
};
