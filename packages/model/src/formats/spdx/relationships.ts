/** The relationships of a document as graphs, and the scope that follows from the kinds of its edges. */
import type { BomComponent } from '../../bom.ts';
import type { Fields } from '../sbom/json.ts';
import { fields, items, text, texts } from '../sbom/json.ts';

type Kind = 'prod' | 'optional' | 'dev';

interface Edge {
  readonly to: string;
  readonly kind: Kind;
}

export interface Relations {
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
  readonly contains: ReadonlyMap<string, readonly string[]>;
  /** What the document describes, in its order. */
  readonly described: readonly string[];
  /** Of what only development or only optional edges lead to; everything else is required. */
  readonly scopes: ReadonlyMap<string, BomComponent['scope']>;
}

interface Meaning {
  readonly kind: Kind | 'contains' | 'describes';
  /** `A … B` says it of B and A. */
  readonly isReversed: boolean;
}

const said = (kind: Meaning['kind']): Meaning => ({ kind, isReversed: false });
const reversed = (kind: Meaning['kind']): Meaning => ({ kind, isReversed: true });

/** What is needed to build may be shipped, so that only tests and development are set apart. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['DEPENDS_ON', said('prod')],
  ['HAS_PREREQUISITE', said('prod')],
  ['DYNAMIC_LINK', said('prod')],
  ['STATIC_LINK', said('prod')],
  ['DEPENDENCY_OF', reversed('prod')],
  ['RUNTIME_DEPENDENCY_OF', reversed('prod')],
  ['PROVIDED_DEPENDENCY_OF', reversed('prod')],
  ['BUILD_DEPENDENCY_OF', reversed('prod')],
  ['PREREQUISITE_FOR', reversed('prod')],
  ['OPTIONAL_DEPENDENCY_OF', reversed('optional')],
  ['DEV_DEPENDENCY_OF', reversed('dev')],
  ['TEST_DEPENDENCY_OF', reversed('dev')],
  ['CONTAINS', said('contains')],
  ['CONTAINED_BY', reversed('contains')],
  ['DESCRIBES', said('describes')],
  ['DESCRIBED_BY', reversed('describes')],
]);

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
};

interface Stated {
  readonly kind: Meaning['kind'];
  readonly from: string;
  readonly to: string;
}

/** Relationships that mean nothing to us, or lack an end, give nothing. */
const statedOf = (item: unknown): Stated | undefined => {
  const { spdxElementId, relationshipType, relatedSpdxElement } = fields(item);
  const meaning = MEANINGS.get(text(relationshipType) ?? '');
  const one = text(spdxElementId);
  const other = text(relatedSpdxElement);
  if (meaning === undefined || one === undefined || other === undefined) return undefined;
  return meaning.isReversed ? { kind: meaning.kind, from: other, to: one } : { kind: meaning.kind, from: one, to: other };
};

export const relationsOf = (document: Fields): Relations => {
  const edges = new Map<string, Edge[]>();
  const contains = new Map<string, string[]>();
  const described = new Set<string>(texts(document['documentDescribes']));
  for (const item of items(document['relationships'])) {
    const stated = statedOf(item);
    if (stated === undefined) continue;
    const { kind, from, to } = stated;
    if (kind === 'contains') push(contains, from, to);
    else if (kind === 'describes') described.add(to);
    else push(edges, from, { to, kind });
  }
  const roots = [...described];
  const dependsOn = new Map([...edges].map(([from, list]) => [from, list.map(({ to }) => to)]));
  return { dependsOn, contains, described: roots, scopes: scopesOf(edges, contains, roots) };
};

const TIERS: readonly { readonly scope: BomComponent['scope']; readonly kinds: readonly Kind[] }[] = [
  { scope: 'required', kinds: ['prod'] },
  { scope: 'optional', kinds: ['prod', 'optional'] },
  { scope: 'excluded', kinds: ['prod', 'optional', 'dev'] },
];

/** The strongest kind of way that leads there. What no way leads to is not in the result: nobody says that it is not shipped. */
const scopesOf = (
  edges: ReadonlyMap<string, readonly Edge[]>,
  contains: ReadonlyMap<string, readonly string[]>,
  roots: readonly string[],
): Relations['scopes'] => {
  const scopes = new Map<string, BomComponent['scope']>(roots.map((root) => [root, 'required']));
  const holders = holdersOf(contains, edges, roots);
  for (const holder of holders) scopes.set(holder, 'required');
  for (const { scope, kinds } of TIERS) {
    const queue = [...scopes.keys()];
    for (let at = 0; at < queue.length; at += 1) {
      for (const { to, kind } of edges.get(queue[at] ?? '') ?? []) {
        if (scopes.has(to) || !kinds.includes(kind)) continue;
        scopes.set(to, scope);
        queue.push(to);
      }
    }
  }
  return scopes;
};

/** Lockfiles within a project: contained, and with dependencies that nothing else needs. A package that is only contained is none. */
const holdersOf = (
  contains: ReadonlyMap<string, readonly string[]>,
  edges: ReadonlyMap<string, readonly Edge[]>,
  roots: readonly string[],
): readonly string[] => {
  const needed = new Set([...edges.values()].flatMap((list) => list.map(({ to }) => to)));
  const found = new Set(roots);
  for (const ref of found) for (const to of contains.get(ref) ?? []) if (!needed.has(to)) found.add(to);
  return [...found];
};
