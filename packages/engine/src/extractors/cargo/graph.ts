/** A Cargo.lock with the Cargo.toml files of its members → entries, edges and roots. */
import type { EdgeKind, Entry, Left, Parsed, Scope } from '../dependencies/format.ts';
import { enabledIn } from './features.ts';
import { needOf } from './kinds.ts';
import type { Lockfile, LockPackage } from './lockfile.ts';
import { finder } from './lockfile.ts';
import type { Member } from './member.ts';
import { wishesOf } from './member.ts';
import type { Workspace } from './members.ts';
import type { Link, Node } from './through.ts';
import { Stepper } from './through.ts';

const CRATES_IO = /^(?:registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)(?:#.*)?$/;

const isPublished = ({ source }: LockPackage): boolean => source !== undefined && CRATES_IO.test(source);

/** `name version`, as the lockfile calls it; with the source where that is not enough. */
const placesOf = (packages: readonly LockPackage[]): readonly (string | undefined)[] => {
  const taken = new Set<string>();
  return packages.map((found) => {
    if (!isPublished(found)) return undefined;
    const short = `${found.name} ${found.version}`;
    const place = taken.has(short) ? `${short} (${found.source})` : short;
    taken.add(short);
    return place;
  });
};

/** Index of a folder's package → its manifest: of its name, of its version where several are called so. */
const manifestsOf = (lock: Lockfile, workspace: Workspace): ReadonlyMap<number, Member> => {
  const byName = new Map<string, Member[]>();
  for (const member of workspace.members) byName.set(member.name, [...(byName.get(member.name) ?? []), member]);
  const chosen = new Map<number, Member>();
  for (const [index, { name, version, source }] of lock.packages.entries()) {
    const named = source === undefined ? (byName.get(name) ?? []) : [];
    const member = named.find((one) => one.version === version) ?? named.find((one) => one.version === undefined) ?? named[0];
    if (member !== undefined) chosen.set(index, member);
  }
  return chosen;
};

interface Context {
  readonly lock: Lockfile;
  readonly patched: ReadonlySet<string>;
  readonly members: ReadonlyMap<number, Member>;
  readonly isEnabled: (member: Member, key: string) => boolean;
  readonly find: (dependency: string) => readonly number[];
  readonly missing: Left[];
}

/** Only the packages of folders say what for; those of a registry list what a build needs, without what only their own tests do. */
const linksOf = (index: number, { lock, members, isEnabled, find, missing }: Context): readonly Link[] => {
  const from = lock.packages[index];
  const member = members.get(index);
  return (from?.dependencies ?? []).flatMap((text) => {
    const found = find(text);
    if (found.length === 0) missing.push({ name: text.split(' ', 1)[0] ?? text, line: from?.line ?? 1, origin: 'unreadable' });
    return found.flatMap((to): readonly Link[] => {
      const target = lock.packages[to];
      if (target === undefined) return [];
      return [{ to, ...(member === undefined ? { name: target.name, kind: 'prod' as const } : needOf(member, target, isEnabled)) }];
    });
  });
};

const entryOf = ({ name, version, checksum, line }: LockPackage, place: string, edges: Entry['edges']): Entry => ({
  place,
  name,
  version,
  region: { startLine: line },
  edges,
  ...(checksum === undefined ? {} : { integrity: `sha256:${checksum}` }),
});

const leftOf = (found: LockPackage, { patched, members }: Context, index: number): readonly Left[] => {
  const { name, line, source } = found;
  if (isPublished(found)) return [];
  if (source !== undefined) return [{ name, line, origin: source.startsWith('git+') ? 'git' : 'remote' }];
  return patched.has(name) || !members.has(index) ? [{ name, line, origin: 'file' }] : [];
};

/** Only for development: no program, not published, and the other members ask for it in nothing but their tests. */
const scopeOf = (member: Member | undefined, incoming: ReadonlySet<EdgeKind> | undefined): Scope =>
  member?.internal === true && incoming?.size === 1 && incoming.has('dev') ? 'excluded' : 'required';

const incomingKinds = (nodes: readonly Node[]): ReadonlyMap<number, ReadonlySet<EdgeKind>> => {
  const kinds = new Map<number, Set<EdgeKind>>();
  for (const [from, { stops, links }] of nodes.entries()) {
    if (stops !== true) continue;
    for (const { to, kind } of links) if (to !== from) kinds.set(to, (kinds.get(to) ?? new Set()).add(kind));
  }
  return kinds;
};

const asked = (members: Iterable<Member>): Readonly<Record<string, string>> => {
  const wishes = [...members].flatMap(wishesOf).filter(({ range }) => range !== undefined);
  return Object.fromEntries(wishes.reverse().map(({ key, range = '' }) => [key, range])); // the member that comes first counts
};

/** Packages of folders are roots, all of them: cargo makes no difference between a member and a path. Throws ManifestError over the budget. */
export const parsedOf = (lock: Lockfile, workspace: Workspace): Parsed => {
  const folders = lock.packages.flatMap(({ source }, index) => (source === undefined ? [index] : []));
  const members = manifestsOf(lock, workspace);
  const isEnabled = enabledIn([...new Set(members.values())]);
  const context: Context = { lock, patched: workspace.patched, members, isEnabled, find: finder(lock.packages), missing: [] };
  const places = placesOf(lock.packages);
  const nodes = lock.packages.map(({ source }, index): Node => {
    const place = places[index];
    return { ...(place === undefined ? {} : { place }), stops: source === undefined, links: linksOf(index, context) };
  });
  const stepper = new Stepper(nodes);
  const direct = new Set(folders.flatMap((index) => (nodes[index]?.links ?? []).map(({ to }) => to)));
  const incoming = incomingKinds(nodes);
  return {
    formatVersion: lock.version,
    entries: lock.packages.flatMap((found, index) => {
      const place = places[index];
      return place === undefined ? [] : [{ ...entryOf(found, place, stepper.edgesOf(index)), direct: direct.has(index) }];
    }),
    roots: folders.map((index) => {
      const member = members.get(index);
      return { folder: member?.folder ?? '', edges: stepper.edgesOf(index), scope: scopeOf(member, incoming.get(index)) };
    }),
    direct: asked(members.values()),
    left: [...lock.packages.flatMap((found, index) => leftOf(found, context, index)), ...context.missing],
  };
};
