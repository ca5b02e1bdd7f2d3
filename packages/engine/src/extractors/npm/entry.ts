/** One entry of a lockfile as it is written, the same for all lockfile versions. */
import type { Region } from '@breakwater/model';
import type { EdgeKind } from '../dependencies/format.ts';
import type { JsonCursor } from './json-cursor.ts';

/** A dependency as declared: its name in node_modules and the range or address asked for. */
export interface Declared {
  readonly range: string;
  readonly kind: EdgeKind;
}

export interface LockEntry {
  /** `node_modules/a/node_modules/b`; `` is the project itself, other places without node_modules are local packages. */
  readonly place: string;
  readonly region: Region;
  /** Stated where it is not the name in `place` (an alias). */
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly license?: string | undefined;
  /** Why its publisher withdrew support; only npm 7 and newer write it. */
  readonly deprecated?: string | undefined;
  readonly link: boolean;
  /** What the lockfile claims of it; used only where the walk does not arrive. */
  readonly flags: { readonly dev: boolean; readonly optional: boolean; readonly devOptional: boolean };
  readonly hasInstallScript: boolean;
  readonly declares: ReadonlyMap<string, Declared>;
}

/** name → text of an object; values of other types are left out, a repeated name takes the last value, as npm does. */
export const readTexts = (cursor: JsonCursor): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  if (cursor.next !== '{') {
    cursor.skip();
    return texts;
  }
  cursor.object((key) => {
    const value = cursor.text();
    if (value !== undefined) texts.set(key, value);
  });
  return texts;
};

/** Names whose meta says `optional: true`. */
const readOptionalPeers = (cursor: JsonCursor): ReadonlySet<string> => {
  const names = new Set<string>();
  if (cursor.next !== '{') return names;
  cursor.object((name) => {
    if (cursor.next !== '{') return;
    cursor.object((key) => {
      if (key === 'optional' && cursor.flag()) names.add(name);
    });
  });
  return names;
};

const NONE: ReadonlyMap<string, string> = new Map();

/** The members that declare dependencies, in package.json and in entries of `packages` alike. */
export class Declarations {
  #prod = NONE;
  #optional = NONE;
  #dev = NONE;
  #peer = NONE;
  #optionalPeers: ReadonlySet<string> = new Set();

  /** true = the member was one of ours and is read. */
  take(key: string, cursor: JsonCursor): boolean {
    if (key === 'dependencies') this.#prod = readTexts(cursor);
    else if (key === 'optionalDependencies') this.#optional = readTexts(cursor);
    else if (key === 'devDependencies') this.#dev = readTexts(cursor);
    else if (key === 'peerDependencies') this.#peer = readTexts(cursor);
    else if (key === 'peerDependenciesMeta') this.#optionalPeers = readOptionalPeers(cursor);
    else return false;
    return true;
  }

  /** `optional` overrides `prod` as npm has it; `dev` never hides what is also shipped. */
  all(): ReadonlyMap<string, Declared> {
    const declared = new Map<string, Declared>();
    for (const [name, range] of this.#dev) declared.set(name, { range, kind: 'dev' });
    for (const [name, range] of this.#peer) declared.set(name, { range, kind: this.#optionalPeers.has(name) ? 'optional' : 'prod' });
    for (const [name, range] of this.#prod) declared.set(name, { range, kind: 'prod' });
    for (const [name, range] of this.#optional) declared.set(name, { range, kind: 'optional' });
    return declared;
  }
}
