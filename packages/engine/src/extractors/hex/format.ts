/** mix.lock of Elixir. @see https://hexdocs.pm/mix/Mix.Tasks.Deps.html */
import type { Edge, Entry, Format, Left, Near, Parsed, Root } from '../dependencies/format.ts';
import type { Locked } from './lock-file.ts';
import { parseMixLock } from './lock-file.ts';
import type { Asked } from './mix-exs.ts';
import { askedBy } from './projects.ts';

const ORIGINS: ReadonlyMap<string | undefined, Left['origin']> = new Map<string | undefined, Left['origin']>([
  ['git', 'git'],
  ['path', 'file'],
]);

const PUBLIC: readonly (string | undefined)[] = ['hexpm', undefined];

/** What Hex takes. */
const NAME = /^\w+$/;

const originOf = (locked: Locked): Left['origin'] | undefined => {
  if (locked.source !== 'hex') return ORIGINS.get(locked.source) ?? 'unreadable';
  if (!PUBLIC.includes(locked.repository)) return 'remote';
  return locked.name === undefined || !NAME.test(locked.name) || locked.version === undefined ? 'unreadable' : undefined;
};

const integrityOf = (sha256: string | undefined): string | undefined =>
  sha256 !== undefined && /^[0-9a-f]{64}$/i.test(sha256) ? `sha256:${sha256.toLowerCase()}` : undefined;

/** An optional dependency is used when it is there, and brings nothing in: it is no way to a package. */
const edgesOf = ({ wishes }: Locked): readonly Edge[] =>
  wishes.filter(({ optional }) => !optional).map(({ app }) => ({ name: app, to: app, kind: 'prod' }));

const entryOf = (locked: Locked): Entry => {
  const integrity = integrityOf(locked.outerChecksum);
  return {
    place: locked.app,
    name: locked.name ?? locked.app,
    version: locked.version ?? '',
    region: locked.region,
    edges: edgesOf(locked),
    ...(integrity === undefined ? {} : { integrity }),
  };
};

/**
 * What a mix.exs names, and what nothing names: a dependency that code puts together would else count as one of those for development
 * that happen to need it too.
 */
const rootOf = (all: readonly Locked[], asked: ReadonlyMap<string, Asked> | undefined): Root => {
  const required = new Set(all.flatMap(({ wishes }) => wishes.filter(({ optional }) => !optional).map(({ app }) => app)));
  const edges = all.flatMap(({ app }): readonly Edge[] => {
    const wish = asked?.get(app);
    if (wish === undefined && required.has(app)) return [];
    return [{ name: app, to: app, kind: wish?.development === true ? 'dev' : 'prod' }];
  });
  return { folder: '', edges };
};

const parsedOf = (all: readonly Locked[], asked: ReadonlyMap<string, Asked> | undefined): Parsed => {
  const entries: Entry[] = [];
  const left: Left[] = [];
  for (const one of all) {
    const origin = originOf(one);
    if (origin === undefined) entries.push(entryOf(one));
    else left.push({ name: one.app, line: one.region.startLine, origin, place: one.app, edges: edgesOf(one) });
  }
  const locked = new Set(all.map(({ app }) => app));
  const direct = [...(asked?.values() ?? [])].filter(({ app }) => locked.has(app)).map(({ app, range }): [string, string] => [app, range]);
  return { entries, roots: [rootOf(all, asked)], direct: Object.fromEntries(direct), left };
};

const read = async (_uri: string, text: string, near: Near): Promise<Parsed> => parsedOf(parseMixLock(text), await askedBy(near));

/**
 * Dependencies are excluded where every mix.exs (of an umbrella and of packages by path too) names them literally with `only:` dev, test
 * or docs, and what only those bring along; everything else is required. Packages of another repository than hexpm are Left. rebar.lock
 * is not read. Throws ManifestError.
 */
export const mixLock: Format = {
  kind: 'mix-lock',
  ecosystem: 'Hex',
  versions: 'mix.lock of Hex 0.1–2.x',
  matches: (uri) => /(?:^|\/)mix\.lock$/.test(uri) && !/(?:^|\/)deps\//.test(uri),
  maxBytes: 8 << 20,
  remake: 'mix deps.get',
  read,
};
