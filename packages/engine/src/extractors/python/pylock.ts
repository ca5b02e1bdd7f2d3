/** pylock.toml and pylock.NAME.toml. @see https://packaging.python.org/en/latest/specifications/pylock-toml/ */
import type { Format, Near, Parsed, Scope } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { folderName, withoutSecrets } from './address.ts';
import { assemble } from './assemble.ts';
import type { Candidate, Wish } from './candidate.ts';
import { nameIn } from './candidate.ts';
import type { Table } from './fields.ts';
import { listOf, memberOf, tableOf, tablesOf, textAt, textsOf } from './fields.ts';
import { asIntegrity, integrityOf } from './files.ts';
import { holds } from './marker.ts';
import { projectBeside } from './project-file.ts';
import { linesOf, readToml } from './toml.ts';

/** The file itself says which groups are installed without being asked for. */
const defaultGroups = (file: Table): ReadonlySet<string> => new Set(textsOf(memberOf(file, 'default-groups')));

/** A package that only an extra, or only a group, brings in says so in its marker. */
const scopeOf = (marker: string | undefined, groups: ReadonlySet<string>): Scope => {
  if (holds(marker, { extras: new Set(), groups })) return 'required';
  return holds(marker, { extras: 'all', groups }) ? 'optional' : 'excluded';
};

const originOf = (table: Table): Candidate['from'] => {
  if (memberOf(table, 'vcs') !== undefined) return 'git';
  if (memberOf(table, 'directory') !== undefined) return 'local';
  const archive = memberOf(table, 'archive');
  if (archive !== undefined) return textAt(archive, 'url') === undefined ? 'file' : 'remote';
  return 'published';
};

/** Any member of an entry may tell it apart from others of its name: here the version does. */
const wishesOf = (table: Table): readonly Wish[] =>
  tablesOf(memberOf(table, 'dependencies')).map((dependency) => {
    const version = textAt(dependency, 'version');
    return {
      name: nameIn(textAt(dependency, 'name')),
      extras: [],
      kind: 'prod',
      range: version ?? '*',
      means: (one) => version === undefined || one.version === version,
    };
  });

const candidateOf = (table: Table, line: number, groups: ReadonlySet<string>): Candidate => {
  const from = originOf(table);
  const index = textAt(table, 'index');
  const files = [memberOf(table, 'sdist'), ...listOf(memberOf(table, 'wheels'))];
  const archived = textAt(memberOf(memberOf(table, 'archive'), 'hashes'), 'sha256');
  return {
    name: nameIn(textAt(table, 'name')),
    version: textAt(table, 'version') ?? '',
    line,
    from,
    ...(from === 'local' ? { folder: folderName(textAt(memberOf(table, 'directory'), 'path') ?? '.') } : {}),
    facts: {
      ...(index === undefined ? {} : { resolved: withoutSecrets(index) }),
      ...(archived === undefined ? integrityOf(files) : asIntegrity(`sha256:${archived}`)),
      scope: scopeOf(textAt(table, 'marker'), groups),
    },
    wishes: wishesOf(table),
    features: new Map(),
  };
};

const versionOf = (file: Table): string => {
  const version = textAt(file, 'lock-version');
  if (version === undefined || !/^1\.\d{1,4}$/.test(version)) throw new ManifestError('expected lock-version 1 of pylock.toml');
  return version;
};

/** Dependencies may be left out of a pylock; then it has no ways, and only says what the project itself names. */
const withDirect = (candidates: readonly Candidate[], named: ReadonlySet<string>): readonly Candidate[] =>
  candidates.map((one) => ({ ...one, facts: { ...one.facts, direct: named.has(one.name) } }));

const readPylock = async (text: string, near: Near): Promise<Parsed> => {
  const file = readToml(text);
  const formatVersion = versionOf(file);
  const tables = tablesOf(tableOf(file)['packages']);
  const lines = linesOf(text, 'packages', tables);
  const groups = defaultGroups(file);
  const candidates = tables.map((table, index) => candidateOf(table, lines[index] ?? 1, groups));
  const projects = await projectBeside(near);
  if (candidates.some(({ wishes }) => wishes.length > 0)) return assemble({ formatVersion, candidates, projects });
  const wishes = projects.flatMap((project) => project.wishes);
  const flat = projects.length === 0 ? candidates : withDirect(candidates, new Set(wishes.map(({ name }) => name)));
  const direct = Object.fromEntries(wishes.map(({ name, range }) => [name, range]));
  return { ...assemble({ formatVersion, candidates: flat, projects: [] }), direct };
};

/** Throws ManifestError. */
export const pylock: Format = {
  kind: 'pylock',
  ecosystem: 'PyPI',
  versions: 'lock-version 1.0',
  matches: (uri) => /(?:^|\/)pylock(?:\.[^./]+)?\.toml$/.test(uri),
  maxBytes: 32 << 20,
  remake: 'uv export --format pylock.toml',
  read: (_uri, text, near) => readPylock(text, near),
};
