/** The `packages` object of lockfile versions 2 and 3: a flat table from place to entry. */
import type { Region } from '@breakwater/model';
import { Declarations, type LockEntry } from './entry.ts';
import { type JsonCursor, JsonError } from './json-cursor.ts';

/** Longer than any path a file system takes; a key of megabytes would make the search for its parents quadratic. */
const PLACE_LENGTH = 4096;

/** Mutable while the members come in. */
type Draft = { -readonly [K in 'name' | 'version' | 'resolved' | 'integrity' | 'license' | 'deprecated']: string | undefined } & {
  link: boolean;
  dev: boolean;
  optional: boolean;
  devOptional: boolean;
  hasInstallScript: boolean;
};

const TEXTS = ['name', 'version', 'resolved', 'integrity', 'license', 'deprecated'] as const;
const FLAGS = ['link', 'dev', 'optional', 'devOptional', 'hasInstallScript'] as const;

const empty = (): Draft => ({
  name: undefined,
  version: undefined,
  resolved: undefined,
  integrity: undefined,
  license: undefined,
  deprecated: undefined,
  link: false,
  dev: false,
  optional: false,
  devOptional: false,
  hasInstallScript: false,
});

const readEntry = (cursor: JsonCursor, place: string, region: Region): LockEntry => {
  const draft = empty();
  const declarations = new Declarations();
  cursor.object((key) => {
    const text = TEXTS.find((name) => name === key);
    const flag = FLAGS.find((name) => name === key);
    if (text !== undefined) draft[text] = cursor.text();
    else if (flag !== undefined) draft[flag] = cursor.flag();
    else declarations.take(key, cursor);
  });
  const { dev, optional, devOptional, ...rest } = draft;
  const flags = { dev, optional, devOptional };
  return { place, region, ...rest, flags, declares: declarations.all() };
};

/** Calls `add` for each entry in file order. */
export const readPackages = (cursor: JsonCursor, add: (entry: LockEntry) => void): void => {
  cursor.object((place, region) => {
    if (place.length > PLACE_LENGTH) throw new JsonError(`expected a place of at most ${PLACE_LENGTH} characters`, region.startLine);
    add(readEntry(cursor, place, region));
  });
};
