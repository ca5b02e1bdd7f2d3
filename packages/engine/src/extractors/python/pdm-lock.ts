/** pdm.lock. @see https://pdm-project.org/latest/usage/lockfile/ */
import type { Format, Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { folderName, isArchive } from './address.ts';
import { assemble } from './assemble.ts';
import type { Candidate, Shelves } from './candidate.ts';
import { nameIn, normal, shelve, shelved, shelveTexts } from './candidate.ts';
import type { Table } from './fields.ts';
import { listOf, memberOf, tableOf, tablesOf, textAt, textsOf } from './fields.ts';
import { integrityOf } from './files.ts';
import { scopeOfGroups } from './groups.ts';
import { projectBeside } from './project-file.ts';
import { linesOf, readToml } from './toml.ts';

const originOf = (table: Table): Candidate['from'] => {
  if (textAt(table, 'git') ?? textAt(table, 'hg') ?? textAt(table, 'svn')) return 'git';
  const path = textAt(table, 'path');
  if (path !== undefined) return isArchive(path) ? 'file' : 'local';
  const url = textAt(table, 'url');
  if (url !== undefined) return url.startsWith('file:') ? 'file' : 'remote';
  return 'published';
};

/** Version 3 and before list files apart: `"anyio 3.6.2" = […]`. */
const filesOf = (table: Table, metadata: unknown): readonly unknown[] => {
  const key = `${textAt(table, 'name') ?? ''} ${textAt(table, 'version') ?? ''}`;
  return [...listOf(memberOf(table, 'files')), ...listOf(memberOf(memberOf(metadata, 'files'), key))];
};

const candidateOf = (table: Table, line: number, metadata: unknown): Candidate => {
  const from = originOf(table);
  const scope = scopeOfGroups(textsOf(memberOf(table, 'groups')), false);
  return {
    name: nameIn(textAt(table, 'name')),
    version: textAt(table, 'version') ?? '',
    line,
    from,
    ...(from === 'local' ? { folder: folderName(textAt(table, 'path') ?? '.') } : {}),
    facts: { ...integrityOf(filesOf(table, metadata)), ...(scope === undefined ? {} : { scope }) },
    ...shelved(shelveTexts(textsOf(memberOf(table, 'dependencies')))),
  };
};

interface Block {
  readonly extras: readonly string[];
  readonly candidate: Candidate;
}

const keyOf = ({ candidate: { name, version, from, folder } }: Block): string => JSON.stringify([name, version, from, folder]);

/** PDM writes a block for each set of extras of a package; they are features of one package. */
const merged = (blocks: readonly Block[]): readonly Candidate[] => {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const known = groups.get(keyOf(block));
    if (known === undefined) groups.set(keyOf(block), [block]);
    else known.push(block);
  }
  return [...groups.values()].flatMap(mergedBlock);
};

const mergedBlock = (blocks: readonly Block[]): readonly Candidate[] => {
  const first = blocks.find(({ extras }) => extras.length === 0) ?? blocks[0];
  if (first === undefined) return [];
  const features: Shelves = new Map();
  const alone = blocks.filter((block) => block !== first && block.extras.length === 0);
  for (const { extras, candidate } of blocks) {
    for (const wish of extras.length === 0 ? [] : candidate.wishes) shelve(features, extras, wish);
  }
  const wishes = [first, ...alone].flatMap(({ candidate }) => candidate.wishes);
  return [{ ...first.candidate, wishes, features: new Map([...first.candidate.features, ...features]) }];
};

const versionOf = (metadata: unknown): string => {
  const version = textAt(metadata, 'lock_version');
  if (version === undefined || !/^[2-4](?:\.\d{1,4}){0,2}$/.test(version))
    throw new ManifestError('expected lock_version 2 to 4 of pdm.lock');
  return version;
};

const readPdmLock = async (text: string, near: Near): Promise<Parsed> => {
  const file = readToml(text);
  const metadata = tableOf(memberOf(file, 'metadata'));
  const formatVersion = versionOf(metadata);
  const tables = tablesOf(memberOf(file, 'package'));
  const lines = linesOf(text, 'package', tables);
  const blocks = tables.map((table, index) => ({
    extras: textsOf(memberOf(table, 'extras')).map(normal),
    candidate: candidateOf(table, lines[index] ?? 1, metadata),
  }));
  return assemble({ formatVersion, candidates: merged(blocks), projects: await projectBeside(near) });
};

/** Throws ManifestError. */
export const pdmLock: Format = {
  kind: 'pdm-lock',
  ecosystem: 'PyPI',
  versions: 'lock_version 2.0–4.5',
  matches: (uri) => /(?:^|\/)pdm(?:\.[A-Za-z0-9_-]+)*\.lock$/.test(uri),
  maxBytes: 32 << 20,
  remake: 'pdm lock',
  read: (_uri, text, near) => readPdmLock(text, near),
};
