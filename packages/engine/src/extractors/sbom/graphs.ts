/** A Bom → the dependency graphs that controls read; the way in of each package is walked anew from what is direct. */
import type { Bom, BomComponent, BomManifest } from '@breakwater/model';
import { byKeys } from '../../lib/order.ts';
import type { Edge, EdgeKind } from '../dependencies/format.ts';
import type { Arrival } from '../dependencies/walk.ts';
import { walk } from '../dependencies/walk.ts';
import type { DependencyGraph, Package } from '../facts.ts';
import { MANIFEST_KINDS } from '../facts.ts';
import type { Matchable } from './matchable.ts';
import { matchable } from './matchable.ts';

/** Components that `matchable` refuses are left out; `readSbom` names them. Sorted as the Bom is. */
export const graphsOfBom = (bom: Bom): readonly DependencyGraph[] => bom.manifests.map(graphOfManifest);

interface Known {
  readonly component: BomComponent;
  readonly package: Matchable;
}

const knownOf = (components: readonly BomComponent[], kind: string): readonly Known[] =>
  components.flatMap((component): Known[] => {
    const found = matchable(component, kind);
    return typeof found === 'string' ? [] : [{ component, package: found }];
  });

/** place → the way in that a reader of the manifest would find, whatever its components say of theirs. */
export const walkedPaths = ({ kind, components, direct }: BomManifest): ReadonlyMap<string, readonly string[]> => {
  const known = knownOf(components, kind);
  const arrivals = arrivalsOf(known, direct);
  return new Map(known.map(({ component, package: { name } }) => [component.place, arrivals.get(component.place)?.path ?? [name]]));
};

const graphOfManifest = ({ uri, kind, formatVersion, direct, components }: BomManifest): DependencyGraph => {
  const known = knownOf(components, kind);
  const arrivals = arrivalsOf(known, direct);
  return {
    manifest: uri,
    kind: MANIFEST_KINDS.find((one) => one === kind) ?? 'sbom',
    ...(formatVersion === undefined ? {} : { formatVersion }),
    direct,
    packages: known.map((one) => packageOf(one, arrivals.get(one.component.place))),
  };
};

/** A place that no manifest can write. */
const ROOT = '\0';

/** A Bom has no kinds of edges: one that leads to a package of a weaker scope is taken for one of that kind. */
const KINDS: Readonly<Record<BomComponent['scope'], EdgeKind>> = { required: 'prod', optional: 'optional', excluded: 'dev' };

const arrivalsOf = (known: readonly Known[], direct: BomManifest['direct']): ReadonlyMap<string, Arrival> => {
  const byPlace = new Map(known.map((one) => [one.component.place, one]));
  const edgeTo = (name: string, to: string): readonly Edge[] => {
    const target = byPlace.get(to);
    return target === undefined ? [] : [{ name, to, kind: KINDS[target.component.scope] }];
  };
  const edges = new Map(
    known.map(({ component }) => [
      component.place,
      sorted(Object.entries(component.dependencies).flatMap(([name, to]) => edgeTo(name, to))),
    ]),
  );
  const asked = known.filter(({ component }) => component.direct);
  edges.set(ROOT, sorted(asked.flatMap((one) => edgeTo(nameAtRoot(one, direct), one.component.place))));
  return walk({ roots: [{ place: ROOT, scope: 'required' }], edges, isLocal: () => false });
};

const sorted = (edges: readonly Edge[]): readonly Edge[] =>
  [...edges].sort(
    byKeys(
      (edge) => edge.name,
      (edge) => edge.to,
    ),
  );

/** A project may call a package by another name; npm's and yarn's places begin or end with that one. */
const nameAtRoot = ({ component, package: { name } }: Known, direct: BomManifest['direct']): string => {
  if (Object.hasOwn(direct, name)) return name;
  const { place } = component;
  const folder = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const before = place.slice(0, Math.max(0, place.indexOf('@', 1)));
  return [folder, before].find((alias) => alias !== '' && Object.hasOwn(direct, alias)) ?? name;
};

const packageOf = ({ component, package: { ecosystem, name, version, purl } }: Known, arrival: Arrival | undefined): Package => ({
  ecosystem,
  name,
  version,
  purl,
  place: component.place,
  scope: component.scope,
  direct: component.direct,
  path: component.path ?? arrival?.path ?? [name],
  region: component.region ?? { startLine: 1 },
  ...(component.integrity === undefined ? {} : { integrity: component.integrity }),
  ...(component.resolved === undefined ? {} : { resolved: component.resolved }),
  hasInstallScript: component.hasInstallScript ?? false,
  ...(component.license === undefined ? {} : { license: component.license }),
  ...(component.deprecated === undefined ? {} : { deprecated: component.deprecated }),
  dependencies: component.dependencies,
});
