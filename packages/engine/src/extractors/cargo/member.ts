/** Cargo.toml of one package: what it asks for, and what for. @see https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html */
import type { Table } from './toml.ts';
import { listOf, tableOf, textOf, textsOf } from './toml.ts';

export interface Wish {
  /** As the package calls it. */
  readonly key: string;
  /** As its registry calls it. */
  readonly name: string;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly range?: string;
  readonly features: readonly string[];
  /** Relative to `base`. */
  readonly path?: string;
  readonly base: string;
}

export interface Member {
  /** Relative to the lockfile's folder; may begin with `..`. */
  readonly folder: string;
  readonly name: string;
  /** Absent where the workspace states it. */
  readonly version?: string;
  /** By the registry's name; the same may be wished for several ends. */
  readonly wishes: ReadonlyMap<string, readonly Wish[]>;
  readonly features: ReadonlyMap<string, readonly string[]>;
  /** `publish = false`, and no program declared: nobody outside of the workspace can use it. */
  readonly internal: boolean;
}

interface Section {
  readonly table: Table;
  readonly dev: boolean;
}

const sectionsOf = (manifest: Table): readonly Section[] => [
  { table: tableOf(manifest['dependencies']), dev: false },
  { table: tableOf(manifest['build-dependencies'] ?? manifest['build_dependencies']), dev: false },
  { table: tableOf(manifest['dev-dependencies'] ?? manifest['dev_dependencies']), dev: true },
];

/** `dependencies` and its kin, and the same of every `target.…`. */
const allSections = (manifest: Table): readonly Section[] => [
  ...sectionsOf(manifest),
  ...Object.values(tableOf(manifest['target'])).flatMap((target) => sectionsOf(tableOf(target))),
];

const detailsOf = (value: unknown): Table => (typeof value === 'string' ? { version: value } : tableOf(value));

export interface Place {
  readonly folder: string;
  /** `[workspace.dependencies]` of the root, and the folder that its paths start from. */
  readonly shared: Table;
}

const wishOf = (key: string, value: unknown, dev: boolean, { folder, shared }: Place): Wish => {
  const own = detailsOf(value);
  const inherits = own['workspace'] === true;
  const from = inherits ? detailsOf(shared[key]) : own;
  const range = textOf(from['version']);
  const path = textOf(from['path']);
  return {
    key,
    name: textOf(from['package']) ?? key,
    dev,
    optional: own['optional'] === true,
    features: [...textsOf(own['features']), ...(inherits ? textsOf(from['features']) : [])],
    ...(range === undefined ? {} : { range }),
    ...(path === undefined ? {} : { path }),
    base: inherits ? '' : folder,
  };
};

const byName = (wishes: readonly Wish[]): ReadonlyMap<string, readonly Wish[]> => {
  const grouped = new Map<string, Wish[]>();
  for (const wish of wishes) {
    const known = grouped.get(wish.name);
    if (known === undefined) grouped.set(wish.name, [wish]);
    else known.push(wish);
  }
  return grouped;
};

export const wishesOf = ({ wishes }: Member): readonly Wish[] => [...wishes.values()].flat();

/** `undefined` for a manifest without a package: a workspace alone. */
export const memberOf = (manifest: Table, place: Place): Member | undefined => {
  const about = tableOf(manifest['package'] ?? manifest['project']);
  const name = textOf(about['name']);
  if (name === undefined) return undefined;
  const version = textOf(about['version']);
  return {
    folder: place.folder,
    name,
    ...(version === undefined ? {} : { version }),
    wishes: byName(
      allSections(manifest).flatMap(({ table, dev }) => Object.entries(table).map(([key, value]) => wishOf(key, value, dev, place))),
    ),
    features: new Map(Object.entries(tableOf(manifest['features'])).map(([feature, implied]) => [feature, textsOf(implied)])),
    internal: about['publish'] === false && listOf(manifest['bin']).length === 0,
  };
};

export const sharedOf = (manifest: Table): Table => tableOf(tableOf(manifest['workspace'])['dependencies']);

/** Names that the root replaces by a folder: `[patch.…]` and the older `[replace]`, whose keys may be `name:version`. */
export const patchedOf = (manifest: Table): ReadonlySet<string> => {
  const patches = [...Object.values(tableOf(manifest['patch'])).map(tableOf), tableOf(manifest['replace'])];
  const byFolder = patches.flatMap((patch) => Object.entries(patch).filter(([, value]) => textOf(tableOf(value)['path']) !== undefined));
  return new Set(byFolder.map(([key, value]) => textOf(tableOf(value)['package']) ?? key.split(':', 1)[0] ?? key));
};
