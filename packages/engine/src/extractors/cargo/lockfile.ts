/** Cargo.lock of versions 1 to 4 as one list of packages. @see https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Table } from './toml.ts';
import { parseToml, tableOf, textOf } from './toml.ts';

export interface LockPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+…`, `sparse+…`, `git+…#commit`; absent: a folder. */
  readonly source?: string;
  /** SHA-256 of the .crate file, hex. */
  readonly checksum?: string;
  /** `name`, `name version` or `name version (source)`: as much as tells it from the others. */
  readonly dependencies: readonly string[];
  readonly line: number;
}

export interface Lockfile {
  readonly version: '1' | '2' | '3' | '4';
  readonly packages: readonly LockPackage[];
}

const HEADER = /^[ \t]*\[\[[ \t]*package[ \t]*\]\]/;
const ROOT = /^[ \t]*\[[ \t]*root[ \t]*\]/;

/** Lines of the headers in order; cargo writes no text of several lines that could hold another one. */
const headerLines = (text: string, header: RegExp): readonly number[] =>
  text.split('\n').flatMap((line, index) => (header.test(line) ? [index + 1] : []));

const dependenciesOf = (value: unknown, line: number): readonly string[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new ManifestError('expected dependencies to be a list', line);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw new ManifestError('expected the name of a dependency', line);
    return item;
  });
};

const HEX = /^[0-9a-fA-F]{64}$/;

/** Version 1 keeps the checksums apart, under `checksum name version (source)`. */
const checksumOf = (item: Table, metadata: Table, name: string, version: string): string | undefined => {
  const text = textOf(item['checksum']) ?? textOf(metadata[`checksum ${name} ${version} (${textOf(item['source']) ?? ''})`]);
  return text !== undefined && HEX.test(text) ? text.toLowerCase() : undefined;
};

const packageOf = (value: unknown, metadata: Table, line: number): LockPackage => {
  const item = tableOf(value);
  const name = textOf(item['name']);
  const version = textOf(item['version']);
  if (!name || !version) throw new ManifestError('expected a package with name and version', line);
  const source = textOf(item['source']);
  const checksum = checksumOf(item, metadata, name, version);
  return {
    name,
    version,
    ...(source === undefined ? {} : { source }),
    ...(checksum === undefined ? {} : { checksum }),
    dependencies: dependenciesOf(item['dependencies'], line),
    line,
  };
};

const versionOf = (lock: Table): Lockfile['version'] => {
  const stated = lock['version'];
  if (stated === undefined) return Object.keys(tableOf(lock['metadata'])).some((key) => key.startsWith('checksum ')) ? '1' : '2';
  for (const version of ['1', '2', '3', '4'] as const) if (stated === Number(version)) return version;
  throw new ManifestError(`expected version 1 to 4, found ${String(stated).slice(0, 20)}`);
};

/** Throws ManifestError. A file without packages is a lockfile (of a project without members); what has neither is none. */
export const parseLockfile = (text: string): Lockfile => {
  const lock = parseToml(text);
  const version = versionOf(lock);
  const list = lock['package'] ?? [];
  if (!Array.isArray(list)) throw new ManifestError('expected [[package]]');
  if (lock['package'] === undefined && lock['version'] === undefined && lock['root'] === undefined)
    throw new ManifestError('expected [[package]]');
  const metadata = tableOf(lock['metadata']);
  const lines = headerLines(text, HEADER);
  const packages = list.map((item: unknown, index) => packageOf(item, metadata, lines[index] ?? 1));
  if (lock['root'] === undefined) return { version, packages };
  return { version, packages: [packageOf(lock['root'], metadata, headerLines(text, ROOT)[0] ?? 1), ...packages] };
};

/** Comparisons; real lockfiles need fewer than 100,000. */
const STEPS = 2_000_000;

/** Which packages of the lockfile a dependency's text can mean; several only where the file itself is ambiguous. Throws ManifestError over the budget. */
export const finder = (packages: readonly LockPackage[]): ((dependency: string) => readonly number[]) => {
  const byName = new Map<string, number[]>();
  for (const [index, { name }] of packages.entries()) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [index]);
    else known.push(index);
  }
  let steps = 0;
  return (dependency) => {
    const [name = '', version, source] = dependency.split(' ', 3);
    const named = byName.get(name) ?? [];
    steps += named.length;
    if (steps > STEPS) throw new ManifestError('expected fewer packages of one name: telling them apart takes too long');
    return named.filter((index) => fits(packages[index], version, source));
  };
};

/** Up to version 3 a dependency's source may leave the commit of a git package out. */
const withoutCommit = (source: string): string => source.split('#', 1)[0] ?? '';

const fits = (found: LockPackage | undefined, version: string | undefined, source: string | undefined): boolean => {
  if (found === undefined || (version !== undefined && found.version !== version)) return false;
  return source === undefined || withoutCommit(source.replace(/^\(|\)$/g, '')) === withoutCommit(found.source ?? '');
};
