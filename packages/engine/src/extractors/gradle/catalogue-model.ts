/** A version catalogue as TOML → its libraries and plugins with what it says of their versions. */
import { parse, TomlError } from 'smol-toml';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { coordinatesOf, openness } from './coordinates.ts';
import { linesOfKeys } from './toml-lines.ts';

export type Version = { readonly exact: string } | { readonly open: string };

export interface Item {
  readonly alias: string;
  readonly line: number;
  /** `group:artifact`; undefined = the entry makes no sense. */
  readonly name: string | undefined;
  readonly version: Version;
}

export interface Catalogue {
  readonly formatVersion: string | undefined;
  readonly libraries: readonly Item[];
  readonly plugins: readonly Item[];
  /** Aliases of the libraries that one accessor brings. */
  readonly bundles: ReadonlyMap<string, readonly string[]>;
}

type Table = ReadonlyMap<string, unknown>;
const NONE: Table = new Map();

const tableOf = (value: unknown): Table | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? new Map(Object.entries(value))
    : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/** `1.7.15!!` is the short form of strictly; `[1.7, 1.8[!!1.7.25` prefers one of a range. */
const plain = (text: string): Version => {
  const version = text.endsWith('!!') ? text.slice(0, -2) : text;
  const why = openness(version);
  return why === undefined ? { exact: version } : { open: why };
};

/**
 * strictly and require are what a version alone is; prefer gives way to anybody else's wish. A version with both a range and a preference
 * depends on the rest of the graph.
 */
const rich = (table: Table): Version => {
  const wanted = textOf(table.get('strictly')) ?? textOf(table.get('require'));
  if (wanted !== undefined) return plain(wanted);
  const prefer = textOf(table.get('prefer'));
  return { open: prefer === undefined ? 'the catalogue states no version' : `${prefer} is only preferred` };
};

const versionIn = (value: unknown, versions: Table): Version => {
  const text = textOf(value);
  if (text !== undefined) return plain(text);
  const table = tableOf(value);
  if (table === undefined) return { open: 'the catalogue states no version; a platform or a build script may' };
  const reference = textOf(table.get('ref'));
  if (reference === undefined) return rich(table);
  return versions.has(reference) ? versionIn(versions.get(reference), NONE) : { open: `version ${reference} is not in the catalogue` };
};

interface Source {
  readonly versions: Table;
  readonly line: (table: string, key: string) => number;
}

const libraryOf = (alias: string, value: unknown, { versions, line }: Source): Item => {
  const at = { alias, line: line('libraries', alias) };
  const text = textOf(value);
  if (text !== undefined) {
    const { name, version } = coordinatesOf(text) ?? {};
    return { ...at, name, version: versionIn(version, NONE) };
  }
  const table = tableOf(value) ?? NONE;
  const module = textOf(table.get('module')) ?? `${textOf(table.get('group')) ?? ''}:${textOf(table.get('name')) ?? ''}`;
  return { ...at, name: coordinatesOf(module)?.name, version: versionIn(table.get('version'), versions) };
};

/** The marker by which Gradle finds a plugin: its id is the group. */
const markerOf = (id: string | undefined): string | undefined => coordinatesOf(`${id}:${id}.gradle.plugin`)?.name;

const pluginOf = (alias: string, value: unknown, { versions, line }: Source): Item => {
  const at = { alias, line: line('plugins', alias) };
  const text = textOf(value);
  if (text !== undefined) {
    const cut = text.indexOf(':');
    return {
      ...at,
      name: markerOf(cut < 0 ? text : text.slice(0, cut)),
      version: versionIn(cut < 0 ? undefined : text.slice(cut + 1), NONE),
    };
  }
  const table = tableOf(value) ?? NONE;
  return { ...at, name: markerOf(textOf(table.get('id'))), version: versionIn(table.get('version'), versions) };
};

const parsedToml = (text: string): Table => {
  try {
    return tableOf(parse(text)) ?? NONE;
  } catch (error) {
    if (error instanceof TomlError) throw new ManifestError(`expected TOML: ${error.message.split('\n', 1)[0]}`, error.line);
    throw error;
  }
};

const bundlesOf = (table: Table): ReadonlyMap<string, readonly string[]> =>
  new Map([...table].map(([name, members]) => [name, Array.isArray(members) ? members.flatMap((one) => textOf(one) ?? []) : []]));

const formatIn = (metadata: Table | undefined): string | undefined =>
  textOf(tableOf(metadata?.get('format'))?.get('version')) ?? textOf(metadata?.get('format.version'));

/** Throws ManifestError for what is not TOML. */
export const parseCatalogue = (text: string): Catalogue => {
  const toml = parsedToml(text);
  const source = { versions: tableOf(toml.get('versions')) ?? NONE, line: linesOfKeys(text) };
  const items = (table: string, item: (alias: string, value: unknown, from: Source) => Item): readonly Item[] =>
    [...(tableOf(toml.get(table)) ?? NONE)].map(([alias, value]) => item(alias, value, source));
  return {
    formatVersion: formatIn(tableOf(toml.get('metadata'))),
    libraries: items('libraries', libraryOf),
    plugins: items('plugins', pluginOf),
    bundles: bundlesOf(tableOf(toml.get('bundles')) ?? NONE),
  };
};
