/** An SBOM of another tool as one manifest: what has a package URL and a version is a component, everything else is said by name. */
import type { BomComponent, BomManifest } from '../../bom.ts';
import type { Purl } from '../../scalar.ts';
import { record } from './json.ts';
import { byKey, byText } from './order.ts';
import { isPurl, joinedName, purlParts, withVersion } from './purl.ts';
import type { LeftOut } from './reading.ts';

export interface ForeignPackage {
  /** Its name within the document. */
  readonly ref: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
  readonly purl: string | undefined;
  /** `file`, `application`, … as the document says. */
  readonly type: string | undefined;
  readonly scope: BomComponent['scope'];
  readonly integrity: string | undefined;
  readonly resolved: string | undefined;
  readonly license: string | undefined;
}

type Graph = ReadonlyMap<string, readonly string[]>;

export interface ForeignDocument {
  readonly uri: string;
  readonly formatVersion: string;
  readonly packages: readonly ForeignPackage[];
  /** ref → refs it depends on. */
  readonly dependsOn: Graph;
  /** ref → refs that it is made of; a project may hold its lockfiles so. */
  readonly contains: Graph;
  /** What the document is about. */
  readonly roots: readonly string[];
}

interface Placed {
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly purl: Purl;
  readonly from: ForeignPackage;
}

export const foreignManifest = (document: ForeignDocument): { readonly manifest: BomManifest; readonly left: readonly LeftOut[] } => {
  const { placed, byRef, left } = placedPackages(document.packages);
  const direct = directRefs(document, byRef);
  const components = placed.map(
    (item): BomComponent => ({
      place: item.place,
      name: item.name,
      version: item.version,
      purl: item.purl,
      scope: item.from.scope,
      direct: item.from.ref !== undefined && direct.has(item.from.ref),
      ...(item.from.integrity === undefined ? {} : { integrity: item.from.integrity }),
      ...(item.from.resolved === undefined ? {} : { resolved: item.from.resolved }),
      ...(item.from.license === undefined ? {} : { license: item.from.license }),
      dependencies: edgesOf(item, document.dependsOn, byRef),
    }),
  );
  const manifest = {
    uri: document.uri,
    kind: 'sbom',
    formatVersion: document.formatVersion,
    direct: {},
    components: components.sort(byKey(({ place }) => place)),
  };
  return { manifest, left };
};

type Identity = Omit<Placed, 'place' | 'from'>;

/** What it is, or why it is no component. */
const identityOf = ({ purl, type, version: stated }: ForeignPackage): Identity | string => {
  if (purl === undefined) return type === 'file' ? 'is a file, not a package' : 'has no package URL';
  const parts = purlParts(purl);
  if (parts === undefined || !isPurl(purl)) return 'has a package URL that cannot be read';
  const version = parts.version ?? stated;
  if (version === undefined) return 'has no version';
  return { name: joinedName(parts.type, parts.namespace, parts.name), version, purl: withVersion(purl, version) };
};

interface PlacedPackages {
  readonly placed: readonly Placed[];
  readonly byRef: ReadonlyMap<string, Placed>;
  readonly left: readonly LeftOut[];
}

/** Documents name a component twice, or not at all: the same package twice under one name is one, another one gets a place of its own. */
const placedPackages = (packages: readonly ForeignPackage[]): PlacedPackages => {
  const byPlace = new Map<string, Placed>();
  const byRef = new Map<string, Placed>();
  const copies = new Map<string, number>();
  const left: LeftOut[] = [];
  for (const from of packages) {
    const identity = identityOf(from);
    if (typeof identity === 'string') {
      left.push({ name: from.name, why: identity });
      continue;
    }
    if (from.ref !== undefined && byPlace.get(from.ref)?.purl === identity.purl) continue;
    const wanted = from.ref ?? identity.purl;
    const copy = (copies.get(wanted) ?? 0) + 1;
    copies.set(wanted, copy);
    const item = { ...identity, place: byPlace.has(wanted) ? freePlace(byPlace, wanted, copy) : wanted, from };
    byPlace.set(item.place, item);
    if (from.ref !== undefined && !byRef.has(from.ref)) byRef.set(from.ref, item);
  }
  return { placed: [...byPlace.values()], byRef, left };
};

const freePlace = (taken: ReadonlyMap<string, unknown>, wanted: string, from: number): string => {
  let copy = from;
  while (taken.has(`${wanted} (${copy})`)) copy += 1;
  return `${wanted} (${copy})`;
};

/** Lockfiles and folders stand between a project and its packages in some tools' graphs: the way leads through what is no package itself. */
const directRefs = ({ roots, dependsOn, contains }: ForeignDocument, byRef: ReadonlyMap<string, Placed>): ReadonlySet<string> => {
  const starts = new Set(roots);
  const direct = new Set<string>();
  for (const ref of starts) {
    for (const to of dependsOn.get(ref) ?? []) {
      if (byRef.has(to)) direct.add(to);
      else starts.add(to);
    }
    for (const to of contains.get(ref) ?? []) if (!byRef.has(to)) starts.add(to);
  }
  return direct;
};

/** By the dependency's own name; of two with the same name the second is told apart by its version. */
const edgesOf = ({ from }: Placed, dependsOn: Graph, byRef: ReadonlyMap<string, Placed>): Readonly<Record<string, string>> => {
  const targets = from.ref === undefined ? [] : [...new Set(dependsOn.get(from.ref) ?? [])].sort(byText);
  const edges = new Map<string, string>();
  for (const ref of targets) {
    const target = byRef.get(ref);
    if (target === undefined) continue;
    const names = [target.name, `${target.name}@${target.version}`, `${target.name}@${target.version} ${target.place}`];
    edges.set(names.find((name) => !edges.has(name)) ?? target.place, target.place);
  }
  return record([...edges].sort(([a], [b]) => byText(a, b)));
};

/** Our own documents may name a manifest as the caller names the document. */
export const freeUri = (uri: string, manifests: readonly BomManifest[]): string => {
  let free = uri;
  while (manifests.some((manifest) => manifest.uri === free)) free = `${free} (other)`;
  return free;
};
