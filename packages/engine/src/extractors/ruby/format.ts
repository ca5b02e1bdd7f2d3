/** Gemfile.lock and gems.locked of Bundler. @see https://bundler.io/man/bundle-lock.1.html */
import type { Edge, Entry, Format, Left, Near, Parsed, Root } from '../dependencies/format.ts';
import type { Groups } from './gemfile.ts';
import { groupsOf, isForDevelopment } from './gemfile.ts';
import type { GemLock, Source, Spec } from './lock-file.ts';
import { parseGemLock } from './lock-file.ts';

const ORIGINS: Readonly<Record<Exclude<Source['kind'], 'GEM'>, Left['origin']>> = { GIT: 'git', PATH: 'file', 'PLUGIN SOURCE': 'remote' };

/** What RubyGems takes. */
const NAME = /^[\w.-]+$/;

/** A folder of this tree: the project's own gem, or a part of it. */
const isLocal = ({ kind, remote }: Source): boolean =>
  kind === 'PATH' && remote !== undefined && !/^(?:\/|~|[a-z]:|\.\.(?:\/|$))/i.test(remote);

/** The builds of one version for several platforms are one package. */
interface Gem {
  readonly place: string;
  readonly first: Spec;
  readonly specs: readonly Spec[];
}

const placeOf = ({ name, version = '', source: { kind } }: Spec): string => `${name}@${version}${kind === 'GEM' ? '' : ` ${kind}`}`;

const gemsOf = (specs: readonly Spec[]): readonly Gem[] => {
  const byPlace = new Map<string, Gem & { readonly specs: Spec[] }>();
  for (const spec of specs) {
    const known = byPlace.get(placeOf(spec));
    if (known === undefined) byPlace.set(placeOf(spec), { place: placeOf(spec), first: spec, specs: [spec] });
    else known.specs.push(spec);
  }
  return [...byPlace.values()];
};

/** A file in which every gem has every version would otherwise give a square of edges; real ones have one, rarely two. */
const VERSIONS = 8;

type PlacesOf = (name: string) => readonly string[];

const placesBy = (gems: readonly Gem[]): PlacesOf => {
  const byName = new Map<string, string[]>();
  for (const { first, place } of gems) {
    const known = byName.get(first.name);
    if (known === undefined) byName.set(first.name, [place]);
    else if (known.length < VERSIONS) known.push(place);
  }
  return (name) => byName.get(name) ?? [];
};

const edgesTo = (names: Iterable<string>, placesOf: PlacesOf, kindOf: (name: string) => Edge['kind']): readonly Edge[] =>
  [...names].flatMap((name) => placesOf(name).map((to): Edge => ({ name, to, kind: kindOf(name) })));

const requiredBy = ({ specs }: Gem, placesOf: PlacesOf): readonly Edge[] =>
  edgesTo(new Set(specs.flatMap(({ requires }) => requires)), placesOf, () => 'prod');

/** Of the build for every platform; of a single build otherwise, because several files have several sums. */
const checksumOf = ({ specs }: Gem, { checksums }: GemLock): string | undefined => {
  const spec = specs.find(({ platform }) => platform === undefined) ?? (specs.length === 1 ? specs[0] : undefined);
  if (spec?.version === undefined) return undefined;
  return checksums.get(`${spec.name} ${spec.version}${spec.platform === undefined ? '' : `-${spec.platform}`}`);
};

const entryOf = (gem: Gem, version: string, lock: GemLock, edges: readonly Edge[]): Entry => {
  const { name, line, column } = gem.first;
  const sum = checksumOf(gem, lock);
  return {
    place: gem.place,
    name,
    version,
    region: { startLine: line, startColumn: column },
    edges,
    ...(sum === undefined ? {} : { integrity: `sha256:${sum}` }),
  };
};

/** The project itself, and each of its own gems, whose dependencies are direct ones too. */
const rootsOf = (locals: readonly Gem[], lock: GemLock, groups: Groups, placesOf: PlacesOf): readonly Root[] => {
  const isDevelopment = (name: string): boolean => isForDevelopment(name, groups);
  const needed = new Set(locals.flatMap(({ specs }) => specs.flatMap(({ requires }) => requires)));
  return [
    { folder: '', edges: edgesTo(lock.wishes.keys(), placesOf, (name) => (isDevelopment(name) ? 'dev' : 'prod')) },
    ...locals.map((gem): Root => {
      const { name, source } = gem.first;
      const edges = requiredBy(gem, placesOf);
      const folder = source.remote === '.' ? '' : (source.remote ?? '').replace(/^\.\/|\/$/g, '');
      return isDevelopment(name) && !needed.has(name) ? { folder, edges, scope: 'excluded' } : { folder, edges };
    }),
  ];
};

const parsedOf = (lock: GemLock, groups: Groups): Parsed => {
  const gems = gemsOf(lock.specs);
  const placesOf = placesBy(gems);
  const entries: Entry[] = [];
  const left: Left[] = lock.unreadable.map(({ text, line }) => ({ name: text, line, origin: 'unreadable' }));
  for (const gem of gems) {
    const { name, version, line, source } = gem.first;
    const edges = requiredBy(gem, placesOf);
    if (isLocal(source)) continue;
    if (source.kind === 'GEM' && version !== undefined && NAME.test(name)) entries.push(entryOf(gem, version, lock, edges));
    else left.push({ name, line, origin: source.kind === 'GEM' ? 'unreadable' : ORIGINS[source.kind], place: gem.place, edges });
  }
  const locals = gems.filter(({ first }) => isLocal(first.source));
  return {
    ...(lock.bundler === undefined ? {} : { formatVersion: lock.bundler }),
    entries,
    roots: rootsOf(locals, lock, groups, placesOf),
    direct: Object.fromEntries(lock.wishes),
    left,
  };
};

const lastName = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);
const manifestOf = (uri: string): string => (lastName(uri) === 'gems.locked' ? 'gems.rb' : lastName(uri).replace(/\.lock$/, ''));

const read = async (uri: string, text: string, near: Near): Promise<Parsed> => {
  const lock = parseGemLock(text);
  return parsedOf(lock, groupsOf((await near.text(manifestOf(uri))) ?? ''));
};

/**
 * Roots are what DEPENDENCIES names and the gems of the own tree (`PATH` inside it), which are no entries. A gem is excluded where the
 * Gemfile beside names it only in the groups `development` and `test`, by plain blocks or options; whatever else the Gemfile does (other
 * groups, `gemspec`, `eval_gemfile`, loops, conditions) leaves its gems required. Builds of one version for several platforms are one
 * entry. RUBY VERSION and PLATFORMS name no packages. Throws ManifestError.
 */
export const gemfileLock: Format = {
  kind: 'gemfile-lock',
  ecosystem: 'RubyGems',
  versions: 'Gemfile.lock and gems.locked of Bundler 1.0–4.0',
  matches: (uri) => /(?:^|\/)(?:[^/]*gemfile[^/]*\.lock|gems\.locked)$/i.test(uri) && !/(?:^|\/)vendor\/(?:bundle|gems|cache)\//.test(uri),
  maxBytes: 16 << 20,
  remake: 'bundle lock',
  read,
};
