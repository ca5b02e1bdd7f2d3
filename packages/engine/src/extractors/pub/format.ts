/** pubspec.lock of Dart and Flutter. @see https://dart.dev/tools/pub/glossary#lockfile */
import { publicUri } from '@breakwater/model';
import type { Entry, Format, Left, Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { readYaml } from '../machine-yaml/read.ts';
import type { YamlPair } from '../machine-yaml/value.ts';
import { mapOf, textOf, YamlMap } from '../machine-yaml/value.ts';
import type { Wish } from './wishes.ts';
import { wishesOf } from './wishes.ts';

/** Says nothing of a member of a workspace, whose wishes the file does not tell from those of others. */
const TRANSITIVE = 'transitive';

const ORIGINS: ReadonlyMap<string, Left['origin']> = new Map<string, Left['origin']>([
  ['git', 'git'],
  ['path', 'file'],
]);

/** A folder of this tree: a package of the project itself. */
const isLocal = (locked: YamlMap): boolean => {
  const description = locked.get('description');
  const path = textOf(description) ?? mapOf(description).text('path');
  return path !== undefined && !/^(?:[\\/]|[a-z]:|\.\.(?:[\\/]|$))/i.test(path);
};

const integrityOf = (sha256: string | undefined): string | undefined =>
  sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? `sha256:${sha256}` : undefined;

/** The registry when it is not the public one, which newer files name too. */
const registryOf = (description: YamlMap): string | undefined => {
  const url = description.text('url');
  return url === undefined ? undefined : publicUri(url);
};

type Wishes = ReadonlyMap<string, Wish>;

const isForDevelopment = (dependency: string, wish: Wish | undefined): boolean =>
  dependency === 'direct dev' || (dependency === TRANSITIVE && wish?.development === true);

const entryOf = ({ key, region }: YamlPair, locked: YamlMap, version: string, wish: Wish | undefined): Entry => {
  const description = locked.map('description');
  const integrity = integrityOf(description.text('sha256'));
  const resolved = registryOf(description);
  const dependency = locked.text('dependency') ?? TRANSITIVE;
  return {
    place: key,
    name: description.text('name') ?? key,
    version,
    region,
    edges: [],
    direct: dependency !== TRANSITIVE || wish !== undefined,
    scope: isForDevelopment(dependency, wish) ? 'excluded' : 'required',
    ...(integrity === undefined ? {} : { integrity }),
    ...(resolved === undefined ? {} : { resolved }),
  };
};

/** What pub.dev takes. */
const NAME = /^\w+$/;

type Sorted = { readonly entry: Entry } | { readonly left: Left } | undefined;

const sorted = (pair: YamlPair, wishes: Wishes): Sorted => {
  const locked = mapOf(pair.value);
  const source = locked.text('source') ?? 'hosted';
  const version = locked.text('version');
  const left = (origin: Left['origin']): Sorted => ({ left: { name: pair.key, line: pair.region.startLine, origin } });
  if (source === 'sdk' || (source === 'path' && isLocal(locked))) return undefined;
  if (source !== 'hosted') return left(ORIGINS.get(source) ?? 'unreadable');
  const entry = entryOf(pair, locked, version ?? '', wishes.get(pair.key));
  return version === undefined || !NAME.test(entry.name) ? left('unreadable') : { entry };
};

const read = async (_uri: string, text: string, near: Near): Promise<Parsed> => {
  const packages = mapOf(readYaml(text)[0]).get('packages');
  if (!(packages instanceof YamlMap)) throw new ManifestError('expected packages');
  const wishes = await wishesOf(near);
  const all = packages.pairs.map((pair) => sorted(pair, wishes));
  return {
    entries: all.flatMap((one) => (one !== undefined && 'entry' in one ? [one.entry] : [])),
    roots: [],
    direct: Object.fromEntries([...wishes].map(([name, { range }]) => [name, range])),
    left: all.flatMap((one) => (one !== undefined && 'left' in one ? [one.left] : [])),
  };
};

/**
 * The file has no graph: what only a package for development brings along cannot be told, so that every transitive package is required.
 * One that a project itself asks for, for development only, is excluded, although another package might need it too.
 * Packages of the Dart or Flutter SDK (`source: sdk`, version 0.0.0) are a part of the platform, and `path` packages inside the tree are
 * the project's own: neither is an entry. Throws ManifestError.
 */
export const pubspecLock: Format = {
  kind: 'pubspec-lock',
  ecosystem: 'Pub',
  versions: 'pubspec.lock of Dart 1.0–3.x',
  matches: (uri) => /(?:^|\/)pubspec\.lock$/.test(uri),
  maxBytes: 4 << 20,
  remake: 'dart pub get',
  read,
};
