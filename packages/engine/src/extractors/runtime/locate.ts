/** Which file of the target a url of another machine means: the one with the longest common end, never one of several. */
import type { FileTree } from '../javascript/file-tree.ts';

/** A locked package as evidence may name it. */
export interface LockedUnit {
  /** Unique; for npm the place relative to the root of the scan: `shop/node_modules/a`. */
  readonly key: string;
  readonly item: { readonly name: string; readonly version: string };
}

export interface Units<U extends LockedUnit> {
  readonly units: ReadonlyMap<string, U>;
  open(unit: U): Promise<{ readonly ok: true; readonly tree: Pick<FileTree, 'has' | 'read'> } | { readonly ok: false }>;
}

/** unit undefined: a file of the application, `path` relative to the root; else inside the package. */
export interface Candidate<U> {
  readonly unit: U | undefined;
  readonly path: string;
}

/** Of a url or path, without scheme, host, query and hash; undefined when it names no file. */
export const segmentsOf = (url: string): readonly string[] | undefined => {
  const plain = url.startsWith('file:') ? decoded(url.replace(/^file:\/\/[^/]*/, '').replace(/[?#].*$/s, '')) : url;
  const segments = plain?.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
  return segments === undefined || segments.length === 0 || segments.includes('..') || plain?.includes('\0') ? undefined : segments;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export class Locator<U extends LockedUnit> {
  readonly #root: readonly string[];
  readonly #own: ReadonlySet<string>;
  readonly #byName = new Map<string, string[]>();
  readonly #units = new Map<string, U[]>();

  /** `root`: real path of the target; `own`: its files, relative. */
  constructor(root: string, own: readonly string[], units: Iterable<U>) {
    this.#root = segmentsOf(root) ?? [];
    this.#own = new Set(own);
    for (const uri of own) add(this.#byName, uri.slice(uri.lastIndexOf('/') + 1), uri);
    for (const unit of units) for (const name of namesOf(unit)) add(this.#units, name, unit);
  }

  /** Equally good ones, none when nothing fits. */
  find(segments: readonly string[]): readonly Candidate<U>[] {
    const cut = segments.lastIndexOf('node_modules');
    if (cut >= 0) return this.#packaged(segments, cut);
    const inside = this.inside(segments);
    // a file below the root that is not of the target (ignored, say) is that file and no other
    if (inside !== undefined) return this.#own.has(inside) ? [{ unit: undefined, path: inside }] : [];
    const same = this.#byName.get(segments.at(-1) ?? '') ?? [];
    return longest(same, (uri) => commonEnd(segments, uri.split('/'))).map((path) => ({ unit: undefined, path }));
  }

  /** Relative to the root, when the evidence was made in this very folder. */
  inside(segments: readonly string[]): string | undefined {
    if (!this.#root.every((segment, index) => segments[index] === segment)) return undefined;
    return segments.slice(this.#root.length).join('/');
  }

  #packaged(segments: readonly string[], cut: number): readonly Candidate<U>[] {
    const length = segments[cut + 1]?.startsWith('@') === true ? 2 : 1;
    const name = segments.slice(cut + 1, cut + 1 + length).join('/');
    const path = segments.slice(cut + 1 + length).join('/');
    const folder = segments.slice(0, cut + 1 + length);
    const stated = versionIn(segments[cut - 1] ?? '', name);
    const units = this.#units.get(name) ?? [];
    const here = this.inside(folder);
    const exact = here === undefined ? undefined : units.find(({ key }) => key === here);
    if (exact !== undefined) return [{ unit: exact, path }];
    const fitting = stated === undefined ? this.#placed(units, folder) : units.filter(({ item }) => item.version === stated);
    return fitting.map((unit) => ({ unit, path }));
  }

  /** A place must be met from its first node_modules on: what lies in one that the lockfile does not have may be another version. */
  #placed(units: readonly U[], folder: readonly string[]): readonly U[] {
    const first = folder.indexOf('node_modules');
    return longest(units, ({ key }) => {
      const place = key.split('/');
      const common = commonEnd(folder, place);
      if (!place.includes('node_modules')) return folder.lastIndexOf('node_modules') === first ? 1 : 0; // no places in this lockfile
      const needed = Math.max(folder.length - first, place.length - place.indexOf('node_modules'));
      return common >= needed ? common : 0;
    });
  }
}

/** Under its own name, and under the one of its folder where it was installed as another. */
const namesOf = ({ key, item }: LockedUnit): ReadonlySet<string> => {
  const cut = key.lastIndexOf('node_modules/');
  return new Set([item.name, ...(cut < 0 ? [] : [key.slice(cut + 'node_modules/'.length)])]);
};

/** pnpm's store says it: `.pnpm/@scope+a@1.2.3_peer@1/node_modules/@scope/a`. */
const versionIn = (folder: string, name: string): string | undefined => {
  const prefix = `${name.replace('/', '+')}@`;
  return folder.startsWith(prefix) ? folder.slice(prefix.length).replace(/[(_].*$/s, '') : undefined;
};

const commonEnd = (a: readonly string[], b: readonly string[]): number => {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
};

const longest = <T>(items: readonly T[], measure: (item: T) => number): readonly T[] => {
  let best = 1;
  let found: T[] = [];
  for (const item of items) {
    const size = measure(item);
    if (size > best) found = [];
    if (size >= best) found.push(item);
    best = Math.max(best, size);
  }
  return found;
};

const add = <T>(into: Map<string, T[]>, name: string, item: T): void => {
  const known = into.get(name);
  if (known === undefined) into.set(name, [item]);
  else known.push(item);
};
