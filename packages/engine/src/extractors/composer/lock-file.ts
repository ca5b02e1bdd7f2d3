/** The text of composer.lock, or of vendor/composer/installed.json, which has the same entries → packages as they are written. */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { JsonCursor, JsonError } from '../npm/json-cursor.ts';

export interface Locked {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly region: Region;
  /** Listed under what only development needs. */
  readonly dev: boolean;
  /** `library`, `composer-plugin`, `metapackage` … */
  readonly type: string | undefined;
  readonly requires: readonly string[];
  /** Names under which others may require it: `provide` and `replace`. */
  readonly standsFor: readonly string[];
  readonly dist: Source;
  readonly source: Source;
  readonly licenses: readonly string[];
  /** '' = abandoned, no replacement named. */
  readonly abandoned: string | undefined;
}
export interface Source {
  readonly type: string | undefined;
  readonly url: string | undefined;
}

export interface LockFile {
  readonly formatVersion: string | undefined;
  readonly packages: readonly Locked[];
}

const PACKAGES = 200_000;

const NO_SOURCE: Source = { type: undefined, url: undefined };

/** Filled while the members come in. */
type Draft = { -readonly [K in keyof Locked]: Locked[K] };

const empty = (line: number, dev: boolean): Draft => ({
  name: undefined,
  version: undefined,
  region: { startLine: line },
  dev,
  type: undefined,
  requires: [],
  standsFor: [],
  dist: NO_SOURCE,
  source: NO_SOURCE,
  licenses: [],
  abandoned: undefined,
});

/** PHP writes an empty map as `[]`. */
const keysOf = (cursor: JsonCursor): readonly string[] => {
  const keys: string[] = [];
  if (cursor.next === '{') cursor.object((key) => void keys.push(key));
  else cursor.skip();
  return keys;
};

const textsOf = (cursor: JsonCursor): readonly string[] => {
  const texts: string[] = [];
  const take = (): void => {
    const text = cursor.text();
    if (text !== undefined && text !== '') texts.push(text);
  };
  if (cursor.next === '[') cursor.items(take);
  else take();
  return texts;
};

const sourceOf = (cursor: JsonCursor): Source => {
  const found = { ...NO_SOURCE };
  if (cursor.next !== '{') cursor.skip();
  else {
    cursor.object((key) => {
      if (key === 'type' || key === 'url') found[key] = cursor.text();
    });
  }
  return found;
};

/** `true`, or the name of the package that takes its place. */
const abandonedOf = (cursor: JsonCursor): string | undefined => (cursor.next === '"' ? cursor.text() : cursor.flag() ? '' : undefined);

type Take = (cursor: JsonCursor, draft: Draft, at: Region) => Partial<Draft>;

/** A map, because a member may be called `constructor`. */
const TAKE: ReadonlyMap<string, Take> = new Map<string, Take>([
  ['name', (cursor, _draft, region) => ({ name: cursor.text(), region })],
  ['version', (cursor) => ({ version: cursor.text() })],
  ['type', (cursor) => ({ type: cursor.text() })],
  ['require', (cursor) => ({ requires: keysOf(cursor) })],
  ['provide', (cursor, { standsFor }) => ({ standsFor: [...standsFor, ...keysOf(cursor)] })],
  ['replace', (cursor, { standsFor }) => ({ standsFor: [...standsFor, ...keysOf(cursor)] })],
  ['dist', (cursor) => ({ dist: sourceOf(cursor) })],
  ['source', (cursor) => ({ source: sourceOf(cursor) })],
  ['license', (cursor) => ({ licenses: textsOf(cursor) })],
  ['abandoned', (cursor) => ({ abandoned: abandonedOf(cursor) })],
]);

const packageOf = (cursor: JsonCursor, line: number, dev: boolean): Locked => {
  const draft = empty(line, dev);
  if (cursor.next === '{') cursor.object((key, at) => void Object.assign(draft, TAKE.get(key)?.(cursor, draft, at)));
  return draft;
};

const listOf = (cursor: JsonCursor, dev: boolean, add: (locked: Locked) => void): void => {
  if (cursor.next === '[') cursor.items((line) => add(packageOf(cursor, line, dev)));
};

interface Found {
  readonly packages: Locked[];
  formatVersion: string | undefined;
  hasList: boolean;
  devNames: readonly string[];
}

const readInto = (cursor: JsonCursor, found: Found): void => {
  const add = (locked: Locked): void => {
    if (found.packages.length >= PACKAGES) throw new ManifestError(`expected no more than ${PACKAGES} packages`, locked.region.startLine);
    found.packages.push(locked);
  };
  if (cursor.next === '[') {
    found.hasList = true; // installed.json of Composer 1 is the list itself
    listOf(cursor, false, add);
    return;
  }
  cursor.object((key) => {
    if (key === 'packages' || key === 'packages-dev') {
      found.hasList = true;
      listOf(cursor, key === 'packages-dev', add);
    } else if (key === 'plugin-api-version') found.formatVersion = cursor.text();
    else if (key === 'dev-package-names') found.devNames = textsOf(cursor);
  });
};

/** Throws ManifestError. */
export const parseLockFile = (text: string): LockFile => {
  const found: Found = { packages: [], formatVersion: undefined, hasList: false, devNames: [] };
  try {
    const cursor = new JsonCursor(text);
    readInto(cursor, found);
    cursor.end();
  } catch (error) {
    if (error instanceof JsonError) throw new ManifestError(error.message, error.line);
    throw error;
  }
  if (!found.hasList) throw new ManifestError('expected packages');
  const dev = new Set(found.devNames);
  const packages = found.packages.map((one) => (one.name !== undefined && dev.has(one.name) ? { ...one, dev: true } : one));
  return { formatVersion: found.formatVersion, packages };
};

/** What composer.json asks for: name → range, platform packages left out. `undefined` when it is not JSON. */
export const parseManifest = (text: string): ReadonlyMap<string, string> | undefined => {
  const wishes = new Map<string, string>();
  try {
    const cursor = new JsonCursor(text);
    cursor.object((section) => {
      if ((section !== 'require' && section !== 'require-dev') || cursor.next !== '{') return;
      cursor.object((name) => {
        const range = cursor.text();
        if (isPackage(name) && range !== undefined) wishes.set(name.toLowerCase(), range);
      });
    });
    cursor.end();
    return wishes;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
};

/** `php`, `ext-json`, `lib-curl`, `composer-plugin-api` are of the platform; what Packagist publishes has a vendor. */
export const isPackage = (name: string): boolean => name.includes('/');
