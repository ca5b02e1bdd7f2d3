/** The text of a bun.lock → its workspaces and packages as they are written. */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Declared } from '../npm/entry.ts';
import { Declarations, readTexts } from '../npm/entry.ts';
import { JsonCursor, JsonError } from '../npm/json-cursor.ts';
import { jsonOf } from './jsonc.ts';

export interface BunWorkspace {
  /** '' is the lockfile's own. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly declares: ReadonlyMap<string, Declared>;
}

export interface BunPackage {
  /** `a`, or `b/a` where b needs a version of its own; unique. */
  readonly key: string;
  readonly region: Region;
  /** `a@1.0.0`, `a@workspace:packages/a`, `a@github:user/repo#commit`; undefined when the entry is no list that begins with a text. */
  readonly resolution: string | undefined;
  /** Further texts of the list: the registry or address, then the integrity, in that order. */
  readonly texts: readonly string[];
  readonly declares: ReadonlyMap<string, Declared>;
}

export interface BunLock {
  readonly version: 0 | 1;
  readonly workspaces: readonly BunWorkspace[];
  readonly packages: readonly BunPackage[];
}

const MAX_PACKAGES = 200_000;
const MAX_KEY = 4096;

/** bun writes optional peers as a list of names beside the peers. */
const readNames = (cursor: JsonCursor): readonly string[] => {
  const names: string[] = [];
  if (cursor.next !== '[') return names;
  cursor.items(() => {
    const name = cursor.text();
    if (name !== undefined) names.push(name);
  });
  return names;
};

interface Body {
  readonly name: string | undefined;
  readonly declares: ReadonlyMap<string, Declared>;
}

/** `peers`: those of a package are met by what is there; those of a project are its users' to bring. */
const readBody = (cursor: JsonCursor, peers: boolean): Body => {
  const declarations = new Declarations();
  let optional: readonly string[] = [];
  let peerRanges: ReadonlyMap<string, string> = new Map();
  let name: string | undefined;
  cursor.object((key) => {
    if (key === 'name') name = cursor.text();
    else if (key === 'optionalPeers') optional = readNames(cursor);
    else if (key === 'peerDependencies') peerRanges = readTexts(cursor);
    else if (key !== 'devDependencies' || !peers) declarations.take(key, cursor);
  });
  const declares = new Map(declarations.all());
  for (const [peer, range] of peers ? peerRanges : []) {
    if (!declares.has(peer)) declares.set(peer, { range, kind: optional.includes(peer) ? 'optional' : 'prod' });
  }
  return { name, declares };
};

const readPackage = (cursor: JsonCursor, key: string, region: Region): BunPackage => {
  const texts: string[] = [];
  let declares: ReadonlyMap<string, Declared> = new Map();
  let resolution: string | undefined;
  let index = 0;
  if (cursor.next === '[') {
    cursor.items(() => {
      if (cursor.next === '"') {
        const text = cursor.text() ?? '';
        if (index === 0) resolution = text;
        else texts.push(text);
      } else if (cursor.next === '{') declares = readBody(cursor, true).declares;
      index += 1;
    });
  }
  return { key, region, resolution, texts, declares };
};

const readPackages = (cursor: JsonCursor, packages: Map<string, BunPackage>): void => {
  cursor.object((key, region) => {
    if (key.length > MAX_KEY) throw new JsonError(`expected a key of at most ${MAX_KEY} characters`, region.startLine);
    if (packages.size >= MAX_PACKAGES) throw new JsonError(`expected no more than ${MAX_PACKAGES} packages`, region.startLine);
    packages.set(key, readPackage(cursor, key, region));
  });
};

const readWorkspaces = (cursor: JsonCursor, workspaces: BunWorkspace[]): void => {
  cursor.object((folder) => {
    if (cursor.next === '{') workspaces.push({ folder, ...readBody(cursor, false) });
  });
};

const read = (text: string): BunLock => {
  const cursor = new JsonCursor(jsonOf(text));
  const workspaces: BunWorkspace[] = [];
  const packages = new Map<string, BunPackage>();
  let version: number | undefined;
  cursor.object((key) => {
    if (key === 'lockfileVersion') version = cursor.number();
    else if (key === 'workspaces' && cursor.next === '{') readWorkspaces(cursor, workspaces);
    else if (key === 'packages' && cursor.next === '{') readPackages(cursor, packages);
  });
  cursor.end();
  if (version !== 0 && version !== 1) throw new JsonError(`expected lockfileVersion 0 or 1, found ${version ?? 'none'}`, 1);
  return { version, workspaces, packages: [...packages.values()] };
};

/** Of a key that is written twice the last counts, as in bun. Throws ManifestError. */
export const readBunLock = (text: string): BunLock => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof JsonError) throw new ManifestError(error.message, error.line);
    throw error;
  }
};
