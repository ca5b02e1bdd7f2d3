/** requirements.txt and its kin. @see https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
import type { Edge, EdgeKind, Entry, Format, Left, Near, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { normal } from './candidate.ts';
import { asIntegrity } from './files.ts';
import { follow } from './requirement-files.ts';
import type { Item } from './requirement-items.ts';
import { requirementItems } from './requirement-items.ts';
import { isCertainly, isForDevelopment, isRequirementsFile } from './requirement-name.ts';
import { exactVersion } from './version.ts';

type Requirement = Item & { readonly kind: 'requirement' };

/** A requirement with one of the versions that it is pinned to. */
interface Pinned {
  readonly item: Requirement;
  readonly name: string;
  readonly version: string;
}

/** Of one package that are told apart. */
const VERSIONS = 16;
const PACKAGES = 200_000;
const EDGES = 1_000_000;

const tooMany = (): ManifestError => new ManifestError('expected fewer packages and dependencies: the file is too entangled');

/** By itself, or by a file of constraints, where markers may choose among several versions. */
const pinnedOf = (item: Requirement, pins: ReadonlyMap<string, readonly string[]>): readonly Pinned[] => {
  const name = normal(item.requirement.name);
  const own = exactVersion(item.requirement.specifier);
  const versions = own === undefined ? (pins.get(name) ?? []).slice(0, VERSIONS) : [own];
  return versions.map((version) => ({ item, name, version }));
};

/** `key`: the name alone. */
const leftOf = ({ requirement, line }: Requirement): Left & { readonly key: string } => ({
  key: normal(requirement.name),
  name: `${normal(requirement.name)}${requirement.specifier}`,
  line,
  origin: 'unresolved',
  why: 'no exact version',
});

const placeOf = ({ name, version }: Pinned): string => `${name}@${version}`;

interface Graph {
  /** Place of the dependent → what it asked for. */
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly root: readonly Edge[];
}

/** What is left has a place as well: others may be there only because of it. */
const placeOfLeft = (name: string): string => `${name}@?`;

/** Normalised name → places, those without a version included. */
const placesByName = (pinned: readonly Pinned[], left: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> => {
  const places = new Map<string, Set<string>>();
  for (const name of left) places.set(name, new Set([placeOfLeft(name)]));
  for (const one of pinned) {
    const known = places.get(one.name);
    if (known === undefined) places.set(one.name, new Set([placeOf(one)]));
    else if (known.size < VERSIONS) known.add(placeOf(one));
  }
  return new Map([...places].map(([name, known]) => [name, [...known]]));
};

/**
 * Comments say who asked; a name that is no package of the file is a project. Where no comment says anything,
 * and for lines without one, the team itself is taken to ask. Throws ManifestError when there are too many.
 */
const graphOf = (pinned: readonly Pinned[], left: ReadonlySet<string>, kind: EdgeKind): Graph => {
  const edges = new Map<string, Edge[]>();
  const root: Edge[] = [...left].map((name) => ({ name, to: placeOfLeft(name), kind }));
  const places = placesByName(pinned, left);
  let count = 0;
  for (const one of pinned) {
    const { via } = one.item;
    const edge = { name: one.name, to: placeOf(one), kind: 'prod' } as const;
    const dependents = (via?.by ?? []).filter((name) => name !== one.name).flatMap((name) => places.get(name) ?? []);
    count += dependents.length;
    if (count > EDGES) throw tooMany();
    for (const place of dependents) {
      const known = edges.get(place);
      if (known === undefined) edges.set(place, [edge]);
      else known.push(edge);
    }
    if (via === undefined || via.direct || via.by.some((name) => !places.has(name))) root.push({ ...edge, kind });
  }
  return { edges, root };
};

const entriesOf = (pinned: readonly Pinned[], graph: Graph, kind: EdgeKind): readonly Entry[] => {
  const byPlace = new Map<string, Entry>();
  for (const one of pinned) {
    const place = placeOf(one);
    if (byPlace.has(place)) continue;
    byPlace.set(place, {
      place,
      name: one.name,
      version: one.version,
      region: { startLine: one.item.line },
      edges: graph.edges.get(place) ?? [],
      scope: kind === 'dev' ? 'excluded' : 'required',
      ...asIntegrity(one.item.hash),
    });
  }
  return [...byPlace.values()];
};

const directOf = (requirements: readonly Requirement[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    requirements
      .filter(({ via }) => via === undefined || via.direct)
      .map(({ requirement }) => [normal(requirement.name), requirement.specifier || '*']),
  );

/** A line that begins as a requirement does, whatever follows. */
const COMPARISON = /^[ \t]{0,80}[A-Za-z0-9][\w.-]{0,100}[ \t]{0,80}[=~!<>]=/m;

/** Prose that happens to have such a name holds no line that pip could read. */
const isProse = (text: string, items: readonly Item[]): boolean =>
  items.length > 0 && items.every((item) => item.kind === 'left' && item.origin === 'unreadable') && !COMPARISON.test(text);

const readRequirements = async (uri: string, text: string, near: Near): Promise<Parsed | undefined> => {
  const own = requirementItems(text);
  if (isProse(text, own)) {
    if (!isCertainly(uri)) return undefined;
    throw new ManifestError('expected requirements such as name==1.0', own[0]?.line ?? 1);
  }
  const { items, pins, left: unfollowed } = await follow(uri, own, near);
  const requirements = items.filter((item): item is Requirement => item.kind === 'requirement');
  if (requirements.length > PACKAGES) throw tooMany();
  const pinned = requirements.flatMap((item) => pinnedOf(item, pins));
  const kind = isForDevelopment(uri) ? 'dev' : 'prod';
  const open = requirements.filter((item) => pinnedOf(item, pins).length === 0).map(leftOf);
  const elsewhere = items.filter((item): item is Item & { readonly kind: 'left' } => item.kind === 'left');
  const left = [...open, ...elsewhere.map(({ name, line, origin }) => ({ name, line, origin, key: normal(name) }))];
  const graph = graphOf(pinned, new Set(left.map(({ key }) => key)), kind);
  return {
    entries: entriesOf(pinned, graph, kind),
    roots: [{ folder: '', edges: graph.root }],
    direct: directOf(requirements),
    left: [
      ...left.map(({ key, ...one }) => ({ ...one, place: placeOfLeft(key), edges: graph.edges.get(placeOfLeft(key)) ?? [] })),
      ...unfollowed,
    ],
  };
};

/** Throws ManifestError. */
export const requirements: Format = {
  kind: 'requirements',
  ecosystem: 'PyPI',
  versions: 'as pip, pip-compile and uv read and write it',
  matches: isRequirementsFile,
  maxBytes: 16 << 20,
  remake: 'pip-compile',
  read: readRequirements,
};
