/** poetry.lock. @see https://python-poetry.org/docs/basic-usage/#committing-your-poetrylock-file-to-version-control */
import type { Format, Near, Parsed, Scope } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { folderName, isArchive, withoutSecrets } from './address.ts';
import { assemble } from './assemble.ts';
import type { Candidate, Shelves, Wish } from './candidate.ts';
import { nameIn, normal, shelve, shelved } from './candidate.ts';
import type { Table } from './fields.ts';
import { listOf, memberOf, tableOf, tablesOf, textAt, textOf, textsOf } from './fields.ts';
import { integrityOf } from './files.ts';
import { scopeOfGroups } from './groups.ts';
import { extrasOf } from './marker.ts';
import { projectBeside } from './project-file.ts';
import { parseRequirement } from './requirement.ts';
import { linesOf, readToml } from './toml.ts';

/** Names of `[package.extras]` by extra: which optional dependencies an extra adds. */
const extrasByName = (table: Table): ReadonlyMap<string, readonly string[]> => {
  const byName = new Map<string, string[]>();
  for (const [extra, texts] of Object.entries(tableOf(memberOf(table, 'extras')))) {
    for (const text of textsOf(texts)) {
      const name = normal(parseRequirement(text)?.name ?? text);
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [normal(extra)]);
      else known.push(normal(extra));
    }
  }
  return byName;
};

/** Lock 1.0 marks a dependency of an extra by `optional` alone, later ones by a marker too. */
const shelvesOf = (table: Table): Shelves => {
  const shelves: Shelves = new Map();
  const byName = extrasByName(table);
  for (const [asked, stated] of Object.entries(tableOf(memberOf(table, 'dependencies')))) {
    const name = normal(asked);
    const text = textOf(stated);
    for (const one of text === undefined ? tablesOf(stated) : [{ version: text }]) {
      const wish: Wish = { name, extras: textsOf(memberOf(one, 'extras')).map(normal), kind: 'prod', range: textAt(one, 'version') ?? '*' };
      const marked = extrasOf(textAt(one, 'markers'));
      const optional = memberOf(one, 'optional') === true && marked.length === 0;
      shelve(shelves, optional ? (byName.get(name) ?? []) : marked, wish);
    }
  }
  return shelves;
};

const scopeOf = (table: Table): Scope | undefined => {
  const category = textAt(table, 'category');
  const groups = category === undefined ? textsOf(memberOf(table, 'groups')) : [category];
  return scopeOfGroups(groups, memberOf(table, 'optional') === true);
};

const ORIGINS: Readonly<Record<string, Candidate['from']>> = {
  legacy: 'published',
  git: 'git',
  url: 'remote',
  file: 'file',
  directory: 'local',
};

const originOf = (source: Table): Candidate['from'] => {
  const type = textAt(source, 'type');
  if (type === undefined) return 'published';
  if (type === 'directory' && isArchive(textAt(source, 'url') ?? '')) return 'file';
  return (Object.hasOwn(ORIGINS, type) ? ORIGINS[type] : undefined) ?? 'unreadable';
};

const candidateOf = (table: Table, line: number, filesOf: (name: string) => readonly unknown[]): Candidate => {
  const source = tableOf(memberOf(table, 'source'));
  const from = originOf(source);
  const address = textAt(source, 'url');
  const scope = scopeOf(table);
  return {
    name: nameIn(textAt(table, 'name')),
    version: textAt(table, 'version') ?? '',
    line,
    from,
    ...(from === 'local' ? { folder: folderName(address ?? '.') } : {}),
    facts: {
      ...(address === undefined || from !== 'published' ? {} : { resolved: withoutSecrets(address) }),
      ...integrityOf([...listOf(memberOf(table, 'files')), ...filesOf(textAt(table, 'name') ?? '')]),
      ...(scope === undefined ? {} : { scope }),
    },
    ...shelved(shelvesOf(table)),
  };
};

/** Lock 1.x lists the files of all versions of a name together: they tell nothing where there are several. */
const filesByName = (metadata: unknown, tables: readonly Table[]): ((name: string) => readonly unknown[]) => {
  const files = tableOf(memberOf(metadata, 'files'));
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of tables.map((table) => textAt(table, 'name') ?? '')) (seen.has(name) ? repeated : seen).add(name);
  return (name) => (repeated.has(name) ? [] : listOf(memberOf(files, name)));
};

const versionOf = (metadata: unknown): string | undefined => {
  const version = textAt(metadata, 'lock-version');
  if (version !== undefined && !/^[12]\.\d{1,4}$/.test(version)) throw new ManifestError('expected lock-version 1 or 2 of poetry.lock');
  return version;
};

const readPoetryLock = async (text: string, near: Near): Promise<Parsed> => {
  const file = readToml(text);
  const metadata = memberOf(file, 'metadata');
  if (metadata === undefined) throw new ManifestError('expected [metadata], which every poetry.lock has');
  const version = versionOf(metadata);
  const tables = tablesOf(memberOf(file, 'package'));
  const lines = linesOf(text, 'package', tables);
  const filesOf = filesByName(metadata, tables);
  const candidates = tables.map((table, index) => candidateOf(table, lines[index] ?? 1, filesOf));
  const projects = await projectBeside(near);
  return assemble({ ...(version === undefined ? {} : { formatVersion: version }), candidates, projects });
};

/** Throws ManifestError. */
export const poetryLock: Format = {
  kind: 'poetry-lock',
  ecosystem: 'PyPI',
  versions: 'lock-version 1.0–2.1',
  matches: (uri) => /(?:^|\/)poetry\.lock$/.test(uri),
  maxBytes: 32 << 20,
  remake: 'poetry lock',
  read: (_uri, text, near) => readPoetryLock(text, near),
};
