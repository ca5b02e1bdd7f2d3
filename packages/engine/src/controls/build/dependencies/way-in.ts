/** How a package came in, step by step, as locations in the manifest. */
import type { Location } from '@breakwater/model';
import type { DependencyGraph, Package } from '../../../extractors/facts.ts';

export const locationOf = (manifest: string, { region, name, version }: Package): Location => ({
  uri: manifest,
  region,
  fullyQualifiedName: `${name}@${version}`,
});

/** Look-ups of one graph, made once. */
export interface Ways {
  readonly byPlace: ReadonlyMap<string, Package>;
  /** Direct dependencies by the name that declares them, an alias included: one for each local package that does. */
  readonly directs: ReadonlyMap<string, readonly Package[]>;
}

export const waysOf = (graph: DependencyGraph): Ways => {
  const directs = new Map<string, Package[]>();
  for (const item of graph.packages.filter(({ direct }) => direct)) {
    const declared = item.path.at(-1) ?? item.name;
    const known = directs.get(declared);
    if (known === undefined) directs.set(declared, [item]);
    else known.push(item);
  }
  return { byPlace: new Map(graph.packages.map((item) => [item.place, item])), directs };
};

/** Follows the names of `path` from one of the direct dependencies; `undefined` when they do not lead to `to`. */
const follow = ({ byPlace }: Ways, start: Package, to: Package): readonly Package[] | undefined => {
  const chain = [start];
  for (const name of to.path.slice(1)) {
    const next = byPlace.get(chain.at(-1)?.dependencies[name] ?? '');
    if (next === undefined) return undefined;
    chain.push(next);
  }
  return chain.at(-1) === to ? chain : undefined;
};

/** From a direct dependency to `to`; where the steps between are not known (a path cut short), only `to`. */
export const wayIn = (manifest: string, ways: Ways, to: Package): readonly Location[] => {
  const chains = (ways.directs.get(to.path[0] ?? '') ?? []).map((start) => follow(ways, start, to));
  const steps = chains.find((chain) => chain !== undefined) ?? [to];
  return steps.map((step, index) => {
    const before = steps[index - 1];
    const here = `${step.name} ${step.version}`;
    const message =
      before === undefined ? (step.direct ? `${here}, a direct dependency` : here) : `${before.name} ${before.version} → ${here}`;
    return { ...locationOf(manifest, step), message };
  });
};
