/** Pipfile.lock. @see https://pipenv.pypa.io/en/latest/pipfile.html */
import type { Entry, Format, Left, Near, Parsed, Scope } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { JsonCursor, JsonError } from '../npm/json-cursor.ts';
import { withoutSecrets } from './address.ts';
import { normal } from './candidate.ts';
import type { Table } from './fields.ts';
import { memberOf, tableOf, textAt, textOf, textsOf } from './fields.ts';
import { asIntegrity } from './files.ts';
import { scopeOfGroups } from './groups.ts';
import { readToml } from './toml.ts';
import { exactVersion } from './version.ts';

interface Locked {
  readonly name: string;
  /** `default`, `develop`, or a category of the team's own. */
  readonly category: string;
  readonly line: number;
  readonly stated: Table;
}

const ORIGINS: Readonly<Record<string, Left['origin']>> = {
  git: 'git',
  hg: 'git',
  svn: 'git',
  bzr: 'git',
  path: 'file',
  file: 'remote',
  url: 'remote',
};

const originOf = (stated: Table): Left['origin'] | undefined => {
  for (const [key, value] of Object.entries(stated)) {
    if (Object.hasOwn(ORIGINS, key)) return typeof value === 'string' && value.startsWith('file:') ? 'file' : ORIGINS[key];
  }
  return undefined;
};

const META = '_meta';

/** Category → package → the line of its name; also proves that the text is JSON of a bounded depth. */
const linesOf = (text: string): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const lines = new Map<string, Map<string, number>>();
  const cursor = new JsonCursor(text);
  cursor.object((category) => {
    const ofCategory = new Map<string, number>();
    lines.set(category, ofCategory);
    if (cursor.next === '{') cursor.object((name, at) => ofCategory.set(name, at.startLine));
  });
  cursor.end();
  return lines;
};

/** Anything in a category is a package; a value that is no object is one too, of which nothing is known. */
const readLocked = (text: string): readonly Locked[] => {
  const lines = linesOf(text);
  if (!lines.has(META)) throw new ManifestError('expected _meta, which every Pipfile.lock has');
  const file: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return Object.entries(tableOf(file)).flatMap(([category, packages]) =>
    category === META
      ? []
      : Object.entries(tableOf(packages)).map(([name, stated]) => ({
          name,
          category,
          line: lines.get(category)?.get(name) ?? 1,
          stated: tableOf(stated),
        })),
  );
};

const CATEGORIES: Readonly<Record<string, string>> = { default: 'packages', develop: 'dev-packages' };
const categoryIn = (category: string): string => (Object.hasOwn(CATEGORIES, category) ? (CATEGORIES[category] ?? category) : category);

/** What the Pipfile asks for: category → name → range. `undefined` when there is none or it cannot be read. */
const readPipfile = async (near: Near): Promise<ReadonlyMap<string, ReadonlyMap<string, string>> | undefined> => {
  const text = await near.text('Pipfile');
  if (text === undefined) return undefined;
  try {
    const categories = Object.entries(readToml(text));
    return new Map(categories.map(([category, names]) => [category, rangesOf(names)]));
  } catch (error) {
    if (error instanceof ManifestError) return undefined; // the lockfile alone says every version
    throw error;
  }
};

const rangesOf = (names: unknown): ReadonlyMap<string, string> =>
  new Map(Object.entries(tableOf(names)).map(([name, stated]) => [normal(name), textOf(stated) ?? textAt(stated, 'version') ?? '*']));

type Pipfile = ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

const STRENGTH: readonly Scope[] = ['required', 'optional', 'excluded'];

/** One version in several categories is one package; the strongest category counts. */
const strongest = (entries: readonly Entry[]): readonly Entry[] => {
  const byPlace = new Map<string, Entry>();
  for (const entry of entries) {
    const known = byPlace.get(entry.place);
    const scope = STRENGTH.find((one) => one === entry.scope || one === known?.scope) ?? 'required';
    const direct = known?.direct === true || entry.direct === true;
    byPlace.set(entry.place, { ...(known ?? entry), scope, ...(entry.direct === undefined ? {} : { direct }) });
  }
  return [...byPlace.values()];
};

const entryOf = (locked: Locked, version: string, pipfile: Pipfile): Entry => {
  const name = normal(locked.name);
  const index = textAt(locked.stated, 'index');
  const direct = pipfile?.get(categoryIn(locked.category))?.has(name) ?? false;
  return {
    place: `${name}@${version}`,
    name,
    version,
    region: { startLine: locked.line },
    edges: [],
    scope: scopeOfGroups([locked.category === 'develop' ? 'dev' : locked.category], false) ?? 'required',
    ...(pipfile === undefined ? {} : { direct }),
    ...asIntegrity(textsOf(memberOf(locked.stated, 'hashes'))[0]),
    ...(index?.includes('://') === true ? { resolved: withoutSecrets(index) } : {}),
  };
};

const leftOf = ({ name, line }: Locked, origin: Left['origin'] | undefined): Left =>
  origin === undefined ? { name, line, origin: 'unresolved', why: 'no exact version' } : { name, line, origin };

const readPipfileLock = async (text: string, near: Near): Promise<Parsed> => {
  const packages = parse(text);
  const pipfile = await readPipfile(near);
  const entries: Entry[] = [];
  const left: Left[] = [];
  for (const locked of packages) {
    const origin = originOf(locked.stated);
    const version = origin === undefined ? exactVersion(textAt(locked.stated, 'version') ?? '') : undefined;
    if (version === undefined) left.push(leftOf(locked, origin));
    else entries.push(entryOf(locked, version, pipfile));
  }
  const categories = new Set(packages.map(({ category }) => categoryIn(category)).concat('packages', 'dev-packages'));
  const direct = Object.fromEntries([...categories].flatMap((category) => [...(pipfile?.get(category) ?? [])]));
  return { formatVersion: '6', entries: strongest(entries), roots: [], direct, left };
};

const parse = (text: string): readonly Locked[] => {
  try {
    return readLocked(text);
  } catch (error) {
    if (error instanceof JsonError) throw new ManifestError('expected JSON as pipenv writes it', error.line);
    throw error;
  }
};

/** Throws ManifestError. */
export const pipfileLock: Format = {
  kind: 'pipfile-lock',
  ecosystem: 'PyPI',
  versions: 'pipfile-spec 6',
  matches: (uri) => /(?:^|\/)Pipfile\.lock$/.test(uri),
  maxBytes: 32 << 20,
  remake: 'pipenv lock',
  read: (_uri, text, near) => readPipfileLock(text, near),
};
