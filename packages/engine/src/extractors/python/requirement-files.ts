/** Follows `-r` and `-c` of a requirements file, each file once, within the root. */
import type { Left, Near } from '../dependencies/format.ts';
import { shortName } from './address.ts';
import { normal } from './candidate.ts';
import type { Item } from './requirement-items.ts';
import { requirementItems } from './requirement-items.ts';
import { isRequirementsFile } from './requirement-name.ts';
import { exactVersion } from './version.ts';

export interface Followed {
  /** Items of the file itself, and of included files that are not read as manifests of their own, at the line of the include. */
  readonly items: readonly Item[];
  /** Normalised name → the versions that included and constraining files pin. */
  readonly pins: ReadonlyMap<string, readonly string[]>;
  /** Files that could not be followed. */
  readonly left: readonly Left[];
}

const FILES = 64;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Without `.` and `a/..`; leading `..` are kept for the reader, which stays inside the root. */
const plain = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

/** As the manifest's folder sees a path that is written in the file `from`. */
const pathFrom = (from: string, path: string): string => plain(folderOf(from) + path);

/** Uri of `path` seen from the manifest; `..` beyond the root stays, and matches nothing. */
const uriFrom = (uri: string, path: string): string => plain(folderOf(uri) + path);

interface Open {
  /** Relative to the manifest's folder. */
  readonly path: string;
  readonly items: readonly Item[];
  /** Line of the manifest itself. */
  readonly line: number | undefined;
  /** Its items count only as pins. */
  readonly onlyPins: boolean;
}

class Follower {
  readonly items: Item[] = [];
  readonly pins = new Map<string, string[]>();
  readonly left: Left[] = [];
  readonly #uri: string;
  readonly #near: Near;
  readonly #seen = new Set<string>();

  constructor(uri: string, near: Near) {
    this.#uri = uri;
    this.#near = near;
  }

  async follow(own: readonly Item[]): Promise<void> {
    const manifest = this.#uri.slice(folderOf(this.#uri).length);
    this.#seen.add(manifest);
    const open: Open[] = [{ path: manifest, items: own, line: undefined, onlyPins: false }];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      for (const item of next.items) {
        if (item.kind === 'include' || item.kind === 'constraint') open.push(...(await this.#file(next, item)));
        else this.#take(next, item);
      }
    }
  }

  #take({ line, onlyPins }: Open, item: Item): void {
    if (line !== undefined && item.kind === 'requirement') this.#pin(item.requirement.name, item.requirement.specifier);
    if (!onlyPins) this.items.push(line === undefined ? item : { ...item, line });
  }

  #pin(name: string, specifier: string): void {
    const version = exactVersion(specifier);
    if (version === undefined) return;
    const known = this.pins.get(normal(name));
    if (known === undefined) this.pins.set(normal(name), [version]);
    else if (!known.includes(version)) known.push(version);
  }

  /** What an included file of a requirements name asks for is reported there; here it pins. */
  async #file(from: Open, item: Item & { readonly kind: 'include' | 'constraint' }): Promise<readonly Open[]> {
    const line = from.line ?? item.line;
    const remote = /^[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\//.test(item.path);
    const path = pathFrom(from.path, item.path);
    if (!remote && this.#seen.has(path)) return [];
    const text = remote || this.#seen.size >= FILES ? undefined : await this.#near.text(path);
    if (text === undefined) {
      this.left.push({ name: shortName(item.path), line, origin: 'unresolved', why: 'the file that it names is not in the tree' });
      return [];
    }
    this.#seen.add(path);
    const onlyPins = from.onlyPins || item.kind === 'constraint' || isRequirementsFile(uriFrom(this.#uri, path));
    return [{ path, items: requirementItems(text), line, onlyPins }];
  }
}

/** At most 64 files; those beyond are left, and said. */
export const follow = async (uri: string, own: readonly Item[], near: Near): Promise<Followed> => {
  const follower = new Follower(uri, near);
  await follower.follow(own);
  return follower;
};
