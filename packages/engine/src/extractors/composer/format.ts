/** composer.lock of PHP projects. @see https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control */
import { publicUri } from '@breakwater/model';
import type { Edge, Entry, Format, Left, Near, Parsed } from '../dependencies/format.ts';
import type { Locked, LockFile } from './lock-file.ts';
import { isPackage, parseLockFile, parseManifest } from './lock-file.ts';

const INSTALLED = /(?:^|\/)vendor\/composer\/installed\.json$/;

/** More than real packages have; a file in which all provide what all require would otherwise give a square of edges. */
const PROVIDERS = 8;

/** `dev-main`, `2.x-dev`: which commit of the branch, but not which release. */
const BRANCH = /^dev-|[.-]dev$/i;

const PLUGIN_TYPES: readonly (string | undefined)[] = ['composer-plugin', 'composer-installer'];

/** A folder of this tree, which is scanned itself; `../shared` and `/srv/shared` are not in it. */
const isInside = (url: string | undefined): boolean => url !== undefined && !/^(?:[\\/]|[a-z]:|\.\.(?:[\\/]|$)|[a-z]+:\/\/)/i.test(url);

/** What Packagist takes: `vendor/package`. */
const NAME = /^[\w.-]+\/[\w.-]+$/;

type Fate = 'entry' | 'local' | Pick<Left, 'origin' | 'why'>;

const fateOf = ({ name, version, dist, type }: Locked): Fate => {
  if (name === undefined || !NAME.test(name) || version === undefined) return { origin: 'unreadable' };
  if (dist.type === 'path') return isInside(dist.url) ? 'local' : { origin: 'file' };
  if (BRANCH.test(version)) {
    if (type === 'metapackage') return 'local'; // brings no file of its own, only requirements
    return { origin: 'unresolved', why: `${version} is a branch, not a release` };
  }
  return 'entry';
};

/** Alternatives of which a user may choose. @see https://getcomposer.org/doc/04-schema.md#license */
const licenseOf = (licenses: readonly string[]): string | undefined => {
  const [first, ...more] = licenses;
  if (first === undefined || more.length === 0) return first;
  return licenses.map((one) => (one.includes(' ') && !one.startsWith('(') ? `(${one})` : one)).join(' OR ');
};

const deprecatedOf = (abandoned: string): string => (abandoned === '' ? 'abandoned' : `abandoned, use ${abandoned}`);

const placeOf = ({ name, region }: Locked): string => name ?? `line ${region.startLine}`;

/** Which package a requirement means: the one of that name, else those that provide or replace it. */
const resolver = (packages: readonly Locked[]): ((name: string) => readonly string[]) => {
  const byName = new Map<string, readonly string[]>();
  const standIns = new Map<string, string[]>();
  for (const one of packages) {
    if (one.name !== undefined) byName.set(one.name.toLowerCase(), [placeOf(one)]);
    for (const name of one.standsFor) {
      const known = standIns.get(name.toLowerCase());
      if (known === undefined) standIns.set(name.toLowerCase(), [placeOf(one)]);
      else if (known.length < PROVIDERS) known.push(placeOf(one));
    }
  }
  return (name) => byName.get(name.toLowerCase()) ?? standIns.get(name.toLowerCase()) ?? [];
};

type Resolve = ReturnType<typeof resolver>;

const edgesOf = ({ requires }: Locked, resolve: Resolve): readonly Edge[] =>
  requires.filter(isPackage).flatMap((name) => resolve(name).map((to): Edge => ({ name, to, kind: 'prod' })));

/** Places that a project names: by composer.json, by packages of the own tree, or, without a composer.json, what nobody else requires. */
const directOf = (
  packages: readonly Locked[],
  wishes: ReadonlyMap<string, string> | undefined,
  edges: ReadonlyMap<Locked, readonly Edge[]>,
  resolve: Resolve,
): ReadonlySet<string> => {
  const targets = (some: readonly Locked[]): readonly string[] => some.flatMap((one) => (edges.get(one) ?? []).map(({ to }) => to));
  const locals = targets(packages.filter((one) => fateOf(one) === 'local'));
  if (wishes !== undefined) return new Set([...[...wishes.keys()].flatMap(resolve), ...locals]);
  const required = new Set(targets(packages));
  return new Set([...packages.map(placeOf).filter((place) => !required.has(place)), ...locals]);
};

const entryOf = (locked: Locked, name: string, version: string, edges: readonly Edge[], direct: boolean): Entry => {
  const license = licenseOf(locked.licenses);
  const resolved = locked.dist.url ?? locked.source.url;
  return {
    place: placeOf(locked),
    name,
    version,
    region: locked.region,
    edges,
    scope: locked.dev ? 'excluded' : 'required',
    direct,
    hasInstallScript: PLUGIN_TYPES.includes(locked.type),
    ...(resolved === undefined || resolved === '' ? {} : { resolved: publicUri(resolved) }),
    ...(license === undefined ? {} : { license }),
    ...(locked.abandoned === undefined ? {} : { deprecated: deprecatedOf(locked.abandoned) }),
  };
};

const parsedOf = ({ formatVersion, packages }: LockFile, wishes: ReadonlyMap<string, string> | undefined): Parsed => {
  const resolve = resolver(packages);
  const edges = new Map(packages.map((one) => [one, edgesOf(one, resolve)]));
  const direct = directOf(packages, wishes, edges, resolve);
  const entries: Entry[] = [];
  const left: Left[] = [];
  for (const one of packages) {
    const fate = fateOf(one);
    const own = edges.get(one) ?? [];
    const place = placeOf(one);
    if (fate === 'entry') entries.push(entryOf(one, one.name ?? '', one.version ?? '', own, direct.has(place)));
    else if (fate !== 'local')
      left.push({ name: one.name ?? 'a package without a name', line: one.region.startLine, ...fate, place, edges: own });
  }
  return { ...(formatVersion === undefined ? {} : { formatVersion }), entries, roots: [], direct: Object.fromEntries(wishes ?? []), left };
};

const read = async (uri: string, text: string, near: Near): Promise<Parsed | undefined> => {
  const up = INSTALLED.test(uri) ? '../../' : '';
  if (up !== '' && (await near.text(`${up}composer.lock`)) !== undefined) return undefined;
  const manifest = await near.text(`${up}composer.json`);
  return parsedOf(parseLockFile(text), manifest === undefined ? undefined : parseManifest(manifest));
};

/**
 * composer.lock, and where there is none the installed tree's vendor/composer/installed.json. Scope is what the file says: packages, or
 * packages-dev. A `path` package inside the tree is the project's own: it is no entry, and what it requires counts as direct. Metapackages
 * on a branch have no files, and count the same. Platform packages (`php`, `ext-*`) have no vendor and are not listed. A composer plugin
 * runs when it is installed. Throws ManifestError.
 */
export const composerLock: Format = {
  kind: 'composer-lock',
  ecosystem: 'Packagist',
  versions: 'composer.lock and installed.json of Composer 1 and 2 (plugin-api-version 1.0–2.9)',
  matches: (uri) => INSTALLED.test(uri) || (/(?:^|\/)composer\.lock$/.test(uri) && !/(?:^|\/)vendor\//.test(uri)),
  maxBytes: 32 << 20,
  remake: 'composer update --lock',
  read,
};
