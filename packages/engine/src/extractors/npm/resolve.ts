/** Which entry a dependency's name means at a place: Node's search through the node_modules of every parent folder. */
import { byText } from '../../lib/order.ts';
import type { EdgeKind } from '../dependencies/format.ts';
import type { LockEntry } from './entry.ts';
import { JsonError } from './json-cursor.ts';

export interface Edge {
  /** As in node_modules. */
  readonly name: string;
  readonly range: string;
  readonly to: string;
  readonly kind: EdgeKind;
}

/** Look-ups for one lockfile; 20,000 real packages need about 500,000. */
const STEPS = 20_000_000;

const MODULES = 'node_modules';

const lastSegment = (place: string): string => place.slice(place.lastIndexOf('/') + 1);
const parentOf = (place: string): string => place.slice(0, Math.max(place.lastIndexOf('/'), 0));

/** `a/node_modules/` for a folder `a`. */
const modulesOf = (folder: string): string => `${folder === '' ? '' : `${folder}/`}${MODULES}/`;

/** Every `…/node_modules/` that holds an entry; most packages have none of their own, which spares most look-ups. */
const holdersOf = (places: Iterable<string>): ReadonlySet<string> => {
  const holders = new Set<string>();
  for (const place of places) {
    const end = place.lastIndexOf(`${MODULES}/`);
    if (end !== -1) holders.add(place.slice(0, end + MODULES.length + 1));
  }
  return holders;
};

export class Resolver {
  readonly #entries: ReadonlyMap<string, LockEntry>;
  readonly #version: 1 | 2 | 3;
  readonly #holders: ReadonlySet<string>;
  #steps = 0;

  constructor(entries: ReadonlyMap<string, LockEntry>, version: 1 | 2 | 3) {
    this.#entries = entries;
    this.#version = version;
    this.#holders = holdersOf(entries.keys());
  }

  /** Sorted by name; what is not installed (an optional or a peer that is absent) is left out. Throws JsonError over the budget. */
  edgesOf(entry: LockEntry): readonly Edge[] {
    const edges: Edge[] = [];
    const folders = this.#searched(entry.place);
    for (const [name, { range, kind }] of entry.declares) {
      const found = this.#find(folders, name);
      if (found === undefined) continue;
      // version 1 does not say which `requires` are optional, only which entries are
      const softened = this.#version === 1 && entry.place !== '' && found.flags.optional;
      edges.push({ name, range, to: this.#real(found).place, kind: softened ? 'optional' : kind });
    }
    return edges.sort((a, b) => byText(a.name, b.name));
  }

  /** The node_modules folders that Node looks into from `place`, nearest first. */
  #searched(place: string): readonly string[] {
    const folders: string[] = [];
    for (let folder = place; ; folder = parentOf(folder)) {
      this.#step();
      const modules = modulesOf(folder);
      if (lastSegment(folder) !== MODULES && this.#holders.has(modules)) folders.push(modules);
      if (folder === '') return folders;
    }
  }

  #find(folders: readonly string[], name: string): LockEntry | undefined {
    for (const folder of folders) {
      this.#step();
      const entry = this.#entries.get(folder + name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > STEPS) throw new JsonError('expected fewer dependencies: resolving them takes too long', 1);
  }

  /** A link stands for the folder it points to, as Node resolves real paths. */
  #real(entry: LockEntry): LockEntry {
    return (entry.link && this.#entries.get(entry.resolved ?? '')) || entry;
  }
}
