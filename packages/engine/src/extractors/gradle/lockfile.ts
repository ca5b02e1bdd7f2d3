/** Gradle's lock state → packages. @see https://docs.gradle.org/current/userguide/dependency_locking.html */
import type { Entry, Format, Left, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { coordinatesOf, openness } from './coordinates.ts';
import { scopeOf } from './scopes.ts';

const LOCKFILE = /(?:^|\/)(?:buildscript-|settings-)?gradle\.lockfile$/;
/** Before Gradle 7 one file a configuration, called after it. */
const OLD = /(?:^|\/)gradle\/dependency-locks\/([^/]+)\.lockfile$/;

/** The configurations of a file that does not name them on each line. */
const configurationsOf = (uri: string): readonly string[] => {
  const old = OLD.exec(uri)?.[1];
  if (old === undefined) return [];
  return [old.startsWith('buildscript-') || old.startsWith('settings-') ? 'classpath' : old];
};

interface Line {
  readonly text: string;
  readonly number: number;
}

const linesOf = (text: string): readonly Line[] =>
  text
    .split('\n')
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));

const entryOf = ({ text, number }: Line, named: readonly string[]): Entry | undefined => {
  const cut = text.indexOf('=');
  const module = cut < 0 ? text : text.slice(0, cut);
  const configurations = cut < 0 ? named : text.slice(cut + 1).split(',');
  const { name, version } = coordinatesOf(module) ?? {};
  if (name === undefined || version === undefined || openness(version) !== undefined) return undefined;
  if (cut < 0 && named.length === 0) return undefined;
  return {
    place: `${name}:${version}`,
    name,
    version,
    region: { startLine: number, startColumn: 1, endLine: number, endColumn: text.length + 1 },
    edges: [],
    scope: scopeOf(configurations.map((one) => one.trim())),
  };
};

/** `empty=a,b` names configurations without packages. */
const isEmpty = ({ text }: Line): boolean => text === 'empty' || text.startsWith('empty=');

const read = (uri: string, text: string): Parsed => {
  const lines = linesOf(text);
  const merge = lines.find((line) => /^(?:<{7}|={7}|>{7})/.test(line.text));
  if (merge !== undefined) throw new ManifestError('an unresolved merge', merge.number);
  const named = configurationsOf(uri);
  const entries: Entry[] = [];
  const left: Left[] = [];
  for (const line of lines.filter((one) => !isEmpty(one))) {
    const entry = entryOf(line, named);
    if (entry !== undefined) entries.push(entry);
    else left.push({ name: line.text.slice(0, 100), line: line.number, origin: 'unreadable' });
  }
  if (entries.length === 0 && left[0] !== undefined)
    throw new ManifestError('expected lines of group:artifact:version=configurations', left[0].line);
  return { entries, roots: [], direct: {}, left };
};

/**
 * Each line is one package that Gradle resolved, transitive ones too, without saying which is direct. Only in test configurations or tools
 * of the build: excluded; only to compile against: optional. Throws ManifestError when no line is one.
 */
export const gradleLockfile: Format = {
  kind: 'gradle-lockfile',
  ecosystem: 'Maven',
  versions: 'gradle.lockfile of Gradle 6.4 and later, gradle/dependency-locks of 4.8–6',
  matches: (uri) => LOCKFILE.test(uri) || OLD.test(uri),
  maxBytes: 32 << 20,
  remake: 'gradle dependencies --write-locks',
  read,
};
