/** What packages.lock.json and *.deps.json have in common: packages and projects of several targets → entries and roots. */
import type { Region } from '@breakwater/model';
import type { Edge, Entry, Left, Parsed, Root } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { JsonCursor, JsonError } from '../npm/json-cursor.ts';

/** One package, or one project, in one target. */
export interface Node {
  /** The framework, or the framework for one runtime: versions may differ between targets. */
  readonly target: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly region: Region;
  /** `project`: of the own solution. `file`: an assembly that no package brings. */
  readonly kind: 'package' | 'project' | 'file';
  readonly direct: boolean;
  readonly integrity?: string | undefined;
  readonly requires: readonly string[];
}

const NODES = 300_000;

/** Throws ManifestError for what is no JSON object. */
export const readObject = (text: string, read: (cursor: JsonCursor) => void): void => {
  try {
    const cursor = new JsonCursor(text);
    read(cursor);
    cursor.end();
  } catch (error) {
    if (error instanceof JsonError) throw new ManifestError(error.message, error.line);
    throw error;
  }
};

export const bounded = (nodes: readonly Node[], line: number): void => {
  if (nodes.length > NODES) throw new ManifestError(`expected no more than ${NODES} packages`, line);
};

/** The keys of an object; none of anything else. */
export const keysOf = (cursor: JsonCursor): readonly string[] => {
  const keys: string[] = [];
  if (cursor.next === '{') cursor.object((key) => void keys.push(key));
  else cursor.skip();
  return keys;
};

/** SHA-512 in base64: 64 bytes. */
export const sriOf = (base64: string | undefined): string | undefined =>
  base64 !== undefined && /^[A-Za-z0-9+/]{86}==$/.test(base64) ? `sha512-${base64}` : undefined;

/** NuGet's names and versions are equal without regard to case. */
const placeOf = ({ name, version = '' }: Node): string => `${name}@${version}`.toLowerCase();

const keyIn = (target: string, name: string): string => `${target}\n${name.toLowerCase()}`;

/** `net8.0/win-x64` holds only what differs from `net8.0`. */
const targetsOf = (target: string): readonly string[] => {
  const cut = target.indexOf('/');
  return cut < 0 ? [target] : [target, target.slice(0, cut)];
};

type Find = (target: string, name: string) => Node | undefined;

const finder = (nodes: readonly Node[]): Find => {
  const byKey = new Map(nodes.map((node) => [keyIn(node.target, node.name), node]));
  return (target, name) => {
    for (const one of targetsOf(target)) {
      const found = byKey.get(keyIn(one, name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
};

const edgesOf = (node: Node, find: Find): readonly Edge[] =>
  node.requires.flatMap((name) => {
    const found = find(node.target, name);
    return found === undefined || found.kind === 'project' ? [] : [{ name: found.name, to: placeOf(found), kind: 'prod' }];
  });

const distinct = (edges: readonly Edge[]): readonly Edge[] => [
  ...new Map(edges.map((edge) => [`${edge.name}\n${edge.to}`, edge])).values(),
];

const merged = (nodes: readonly Node[], find: Find): Entry => {
  const [first] = nodes;
  if (first?.version === undefined) throw new TypeError('a package has a place and a version'); // a defect of ours
  const integrity = nodes.find((node) => node.integrity !== undefined)?.integrity;
  return {
    place: placeOf(first),
    name: first.name,
    version: first.version,
    region: first.region,
    edges: distinct(nodes.flatMap((node) => edgesOf(node, find))),
    ...(integrity === undefined ? {} : { integrity }),
  };
};

const groupedByPlace = (nodes: readonly Node[]): readonly (readonly Node[])[] => {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const known = groups.get(placeOf(node));
    if (known === undefined) groups.set(placeOf(node), [node]);
    else known.push(node);
  }
  return [...groups.values()];
};

/** What nuget.org takes. */
const NAME = /^[\p{L}\p{N}_.-]+$/u;

const originOf = ({ kind, name }: Node): Pick<Left, 'origin' | 'why'> => {
  if (kind === 'file') return { origin: 'file' };
  return NAME.test(name) ? { origin: 'unresolved', why: 'no resolved version' } : { origin: 'unreadable' };
};

const leftOf = (nodes: readonly Node[], find: Find): readonly Left[] =>
  nodes.map((node) => ({
    name: node.name,
    line: node.region.startLine,
    ...originOf(node),
    place: placeOf(node),
    edges: edgesOf(node, find),
  }));

/** One version in several targets is one entry; a project is a root, and what it requires is direct. */
export const parsedOf = (nodes: readonly Node[], direct: Readonly<Record<string, string>>, formatVersion?: string): Parsed => {
  const find = finder(nodes);
  const packages = nodes.filter(({ kind, name, version }) => kind === 'package' && NAME.test(name) && version !== undefined);
  const known = new Set(packages);
  const others = nodes.filter((node) => node.kind !== 'project' && !known.has(node));
  const own = nodes.filter((node) => node.direct && node.kind !== 'project');
  const roots: Root[] = [
    { folder: '', edges: distinct(own.map((node) => ({ name: node.name, to: placeOf(node), kind: 'prod' }))) },
    ...nodes.filter(({ kind }) => kind === 'project').map((node): Root => ({ folder: '', edges: edgesOf(node, find) })),
  ];
  return {
    ...(formatVersion === undefined ? {} : { formatVersion }),
    entries: groupedByPlace(packages).map((group) => merged(group, find)),
    roots,
    direct,
    left: leftOf(others, find),
  };
};
