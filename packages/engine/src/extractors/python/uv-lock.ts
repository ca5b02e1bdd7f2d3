/** uv.lock, and the lockfile of a script (`tool.py.lock`). @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
import type { EdgeKind, Format, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { folderName, withoutSecrets } from './address.ts';
import { assemble } from './assemble.ts';
import type { Candidate, Project, Wish } from './candidate.ts';
import { nameIn, normal } from './candidate.ts';
import type { Table } from './fields.ts';
import { listOf, memberOf, tableOf, tablesOf, textAt, textsOf } from './fields.ts';
import { integrityOf } from './files.ts';
import { kindOfGroup } from './groups.ts';
import { linesOf, readToml } from './toml.ts';

/** `{ registry = "…" }` → one text by which sources are compared. */
const sourceKey = (source: unknown): string =>
  Object.entries(tableOf(source))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : ''}`)
    .join(' ');

type Sources = ReadonlyMap<Candidate, string>;

/** What a block knows of itself beside the candidate. */
interface Block {
  readonly table: Table;
  readonly candidate: Candidate;
}

/** Several versions of a package stand side by side; then a dependency states which one it means. */
const wishesOf = (list: unknown, kind: EdgeKind, sources: Sources): readonly Wish[] =>
  tablesOf(list).map((dependency) => {
    const version = textAt(dependency, 'version');
    const source = memberOf(dependency, 'source') === undefined ? undefined : sourceKey(memberOf(dependency, 'source'));
    return {
      name: nameIn(textAt(dependency, 'name')),
      extras: textsOf(memberOf(dependency, 'extra')).map(normal),
      kind,
      range: textAt(dependency, 'specifier') ?? '*',
      means: (one) => (version === undefined || one.version === version) && (source === undefined || sources.get(one) === source),
    };
  });

/** Registry first: the others are told apart by the one key that their source has. */
const ORIGINS: Readonly<Record<string, Candidate['from']>> = {
  registry: 'published',
  git: 'git',
  url: 'remote',
  path: 'file',
  directory: 'local',
  editable: 'local',
  virtual: 'local',
};

const originOf = (source: Table): Candidate['from'] =>
  Object.keys(source).flatMap((key) => (Object.hasOwn(ORIGINS, key) ? (ORIGINS[key] ?? []) : []))[0] ?? 'unreadable';

const candidateOf = (table: Table, line: number, sources: Sources): Candidate => {
  const source = tableOf(memberOf(table, 'source'));
  const from = originOf(source);
  const folder = textAt(source, 'editable') ?? textAt(source, 'virtual') ?? textAt(source, 'directory') ?? '.';
  const registry = textAt(source, 'registry');
  const extras = Object.entries(tableOf(memberOf(table, 'optional-dependencies')));
  return {
    name: nameIn(textAt(table, 'name')),
    version: textAt(table, 'version') ?? '',
    line,
    from,
    ...(from === 'local' ? { folder: folderName(folder) } : {}),
    facts: {
      ...(registry === undefined ? {} : { resolved: withoutSecrets(registry) }),
      ...integrityOf([memberOf(table, 'sdist'), memberOf(table, 'wheels')]),
    },
    wishes: wishesOf(memberOf(table, 'dependencies'), 'prod', sources),
    features: new Map(extras.map(([extra, list]) => [normal(extra), wishesOf(list, 'prod', sources)])),
  };
};

const groupWishes = (groups: unknown, sources: Sources): readonly Wish[] =>
  Object.entries(tableOf(groups)).flatMap(([group, list]) => wishesOf(list, kindOfGroup(group), sources));

/** Ranges stand apart from what they were resolved to. */
const rangesOf = (table: Table): ReadonlyMap<string, string> => {
  const metadata = memberOf(table, 'metadata');
  const development = Object.values(tableOf(memberOf(metadata, 'requires-dev'))).flatMap(listOf);
  const asked = tablesOf([...development, ...listOf(memberOf(metadata, 'requires-dist'))]);
  return new Map(asked.map((one) => [nameIn(textAt(one, 'name')), textAt(one, 'specifier') ?? '*']));
};

const projectOf = ({ table, candidate }: Block, sources: Sources): Project => {
  const optional = Object.values(tableOf(memberOf(table, 'optional-dependencies')));
  const groups = memberOf(table, 'dev-dependencies') ?? memberOf(table, 'dependency-groups');
  const ranges = rangesOf(table);
  const wishes = [
    ...candidate.wishes,
    ...optional.flatMap((list) => wishesOf(list, 'optional', sources)),
    ...groupWishes(groups, sources),
  ].map((wish) => ({ ...wish, range: ranges.get(wish.name) ?? wish.range }));
  return { folder: candidate.folder ?? '', wishes };
};

/** A workspace names its members; a lockfile of one project has it as the only folder `.`. */
const isMember = (members: readonly string[], { from, name, folder }: Candidate): boolean =>
  from === 'local' && (members.length > 0 ? members.includes(name) : folder === '');

/** Of a script, and of a workspace whose root is no project. */
const manifestProject = (manifest: unknown, sources: Sources): readonly Project[] => {
  const wishes = [
    ...wishesOf(memberOf(manifest, 'requirements'), 'prod', sources),
    ...groupWishes(memberOf(manifest, 'dependency-groups'), sources),
  ].map(({ means: _means, ...wish }) => wish);
  return wishes.length === 0 ? [] : [{ folder: '', wishes }];
};

const versionOf = (file: Table): string => {
  const version = memberOf(file, 'version');
  if (version !== 1) throw new ManifestError(`expected version 1 of uv.lock, found ${typeof version === 'number' ? version : 'none'}`);
  const revision = memberOf(file, 'revision');
  return typeof revision === 'number' ? `1.${revision}` : '1';
};

const readUvLock = (text: string): Parsed => {
  const file = readToml(text);
  const formatVersion = versionOf(file);
  const tables = tablesOf(memberOf(file, 'package') ?? memberOf(file, 'distribution'));
  const lines = linesOf(text, 'package', tables);
  const sources = new Map<Candidate, string>();
  const blocks = tables.map((table, index): Block => {
    const candidate = candidateOf(table, lines[index] ?? 1, sources);
    sources.set(candidate, sourceKey(memberOf(table, 'source')));
    return { table, candidate };
  });
  const manifest = memberOf(file, 'manifest');
  const members = textsOf(memberOf(manifest, 'members')).map(normal);
  const projects = blocks.filter(({ candidate }) => isMember(members, candidate)).map((block) => projectOf(block, sources));
  const candidates = blocks.map(({ candidate }) => candidate);
  return assemble({ formatVersion, candidates, projects: [...projects, ...manifestProject(manifest, sources)] });
};

/** Throws ManifestError. */
export const uvLock: Format = {
  kind: 'uv-lock',
  ecosystem: 'PyPI',
  versions: 'version 1, all revisions',
  matches: (uri) => /(?:^|\/)uv\.lock$|\.py\.lock$/.test(uri),
  maxBytes: 64 << 20,
  remake: 'uv lock',
  read: (_uri, text) => readUvLock(text),
};
