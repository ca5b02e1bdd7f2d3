/** What a reader found → the dependency graph that controls read: names and scopes settled, each package with its shortest way in. */
import type { Purl } from '@breakwater/model';
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import { normalName } from '../../ecosystems/names.ts';
import { purlOf } from '../../ecosystems/purl.ts';
import { byKeys, byText } from '../../lib/order.ts';
import type { DependencyGraph, ManifestKind, Package } from '../facts.ts';
import type { Edge, EdgeKind, Entry, Left, Parsed, Root, Scope } from './format.ts';
import type { Arrival } from './walk.ts';
import { walk } from './walk.ts';

export interface GraphReading {
  readonly graph: DependencyGraph;
  /** Sorted by line. */
  readonly left: readonly Left[];
}

/** No prototype: a package called `constructor` or `__proto__` is a name like any other. */
const record = (pairs: Iterable<readonly [string, string]>): Readonly<Record<string, string>> => {
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of pairs) result[key] = value;
  return result;
};

/** Names and versions go into messages, package URLs and the terminal: what no registry could publish is not passed on. */
const NAME = /^[\x21-\x7e\u00a1-\ud7ff\ue000-\ufffd]{1,512}$/; // a lone surrogate has no place in a package URL
const VERSION = /^[\x21-\x7e]{1,256}$/;

/** An entry with its name as advisories spell it. */
interface Named {
  readonly entry: Entry;
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly purl: Purl;
}

/** undefined: what no registry could publish, which includes names that no package URL holds (`a/`, a Maven name without its group). */
const namedOf = (own: Ecosystem, entry: Entry): Named | undefined => {
  if (!NAME.test(entry.name) || !VERSION.test(entry.version)) return undefined;
  const ecosystem = entry.ecosystem ?? own;
  const name = normalName(ecosystem, entry.name);
  try {
    return { entry, ecosystem, name, purl: purlOf(ecosystem, name, entry.version) };
  } catch {
    return undefined;
  }
};

/** A file may write one place twice. Both count: which one is installed is for its tool to say, not for us to guess. */
const distinct = (all: readonly Named[]): ReadonlyMap<string, Named> => {
  const byPlace = new Map<string, Named>();
  const copies = new Map<string, number>();
  for (const named of all) {
    const { place } = named.entry;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, named);
    else if (known.name !== named.name || known.entry.version !== named.entry.version) {
      const copy = (copies.get(place) ?? 1) + 1;
      copies.set(place, copy);
      const other = `${place} (${copy})`;
      byPlace.set(other, { ...named, entry: { ...named.entry, place: other } });
    }
  }
  return byPlace;
};

const KIND_OF_SCOPE: Readonly<Record<Scope, EdgeKind>> = { required: 'prod', optional: 'optional', excluded: 'dev' };

/** A format without projects may still mark what is direct: those are the starts of every way. */
const rootsOf = (parsed: Parsed): readonly Root[] => {
  if (parsed.roots.length > 0) return parsed.roots;
  const direct = parsed.entries.filter((entry) => entry.direct === true);
  if (direct.length === 0) return [];
  return [{ folder: '', edges: direct.map(({ name, place, scope = 'required' }) => ({ name, to: place, kind: KIND_OF_SCOPE[scope] })) }];
};

/** A place that no file can write. */
const rootPlace = (index: number): string => `\0${index}`;

const sortedEdges = (edges: readonly Edge[], places: ReadonlySet<string>): readonly Edge[] =>
  edges
    .filter(({ to }) => places.has(to))
    .sort(
      byKeys(
        (edge) => edge.name,
        (edge) => edge.to,
      ),
    );

interface Context {
  /** Places of packages; others are of what was left. */
  readonly known: ReadonlyMap<string, Named>;
  readonly stated: boolean;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly direct: ReadonlySet<string>;
}

const packageOf = ({ entry, ecosystem, name, purl }: Named, { known, stated, edges, arrivals, direct }: Context): Package => {
  const arrival = arrivals.get(entry.place);
  const walked = stated ? entry.scope : (arrival?.scope ?? entry.scope);
  return {
    ecosystem,
    name,
    version: entry.version,
    purl,
    place: entry.place,
    scope: walked ?? 'required',
    direct: entry.direct ?? direct.has(entry.place),
    path: arrival?.path ?? [name],
    region: entry.region,
    ...(entry.integrity === undefined ? {} : { integrity: entry.integrity }),
    ...(entry.resolved === undefined ? {} : { resolved: entry.resolved }),
    hasInstallScript: entry.hasInstallScript ?? false,
    ...(entry.license === undefined ? {} : { license: entry.license }),
    ...(entry.deprecated === undefined ? {} : { deprecated: entry.deprecated }),
    ...linksOf(edges.get(entry.place) ?? [], known),
  };
};

/** Where each name leads, and the names that lead to nothing published. */
const linksOf = (
  edges: readonly Edge[],
  known: ReadonlyMap<string, unknown>,
): Pick<Package, 'dependencies'> & { readonly elsewhere?: readonly string[] } => {
  const elsewhere = edges.filter(({ to }) => !known.has(to)).map(({ name }) => name);
  return {
    dependencies: record(edges.flatMap(({ name, to }) => (known.has(to) ? [[name, to] as const] : []))),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
};

const unreadable = ({ name, region }: Entry): Left => ({ name, line: region.startLine, origin: 'unreadable' });

const isNamed = (one: Named | Left): one is Named => 'entry' in one;

/** Pure and deterministic: packages sorted by place. */
export const graphOf = (
  manifest: string,
  { kind, ecosystem }: { readonly kind: ManifestKind; readonly ecosystem: Ecosystem },
  parsed: Parsed,
): GraphReading => {
  const all = parsed.entries.map((entry) => namedOf(ecosystem, entry) ?? unreadable(entry));
  const byPlace = distinct(all.filter(isNamed));
  const roots = rootsOf(parsed);
  // a package from git has no version to match, but what it brings in has
  const through = parsed.left.filter(({ place }) => place !== undefined && !byPlace.has(place));
  const places = new Set([...byPlace.keys(), ...through.map(({ place = '' }) => place)]);
  const edges = new Map([...byPlace].map(([place, { entry }]) => [place, sortedEdges(entry.edges, places)]));
  for (const { place = '', edges: wishes = [] } of through) edges.set(place, sortedEdges(wishes, places));
  for (const [index, root] of roots.entries()) edges.set(rootPlace(index), sortedEdges(root.edges, places));
  const starts = roots.map(({ scope = 'required' }, index) => ({ place: rootPlace(index), scope }));
  const direct = new Set(roots.flatMap((_root, index) => (edges.get(rootPlace(index)) ?? []).map((edge) => edge.to)));
  const arrivals = walk({ roots: starts, edges, isLocal: () => false });
  const context = { known: byPlace, stated: parsed.roots.length === 0, edges, arrivals, direct };
  const packages = [...byPlace.values()].map((named) => packageOf(named, context)).sort(byKeys((item) => item.place));
  const left = [...parsed.left, ...all.filter((one): one is Left => !isNamed(one))];
  const asked = record(Object.entries(parsed.direct).sort(([a], [b]) => byText(a, b)));
  const projects = parsed.roots.map(({ folder }, index) => ({ folder, ...linksOf(edges.get(rootPlace(index)) ?? [], byPlace) }));
  const version = parsed.formatVersion === undefined ? {} : { formatVersion: parsed.formatVersion };
  const owned = projects.length === 0 || ecosystem !== 'npm' ? {} : { projects };
  return { graph: { manifest, kind, ...version, direct: asked, packages, ...owned }, left: [...left].sort(byKeys((item) => item.line)) };
};
