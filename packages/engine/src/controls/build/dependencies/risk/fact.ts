/** What a check of dependency risk sees: one manifest and what the project says about packages. */
import type { Location } from '@breakwater/model';
import type { DependencyGraph, LicencePolicy, Package, PopularNames, RegistrySetting } from '../../../../extractors/facts.ts';
import type { Hit } from '../../../check.ts';

export interface RiskFact {
  readonly graph: DependencyGraph;
  /** All manifests of the run, the graph among them; absent = it is alone. One list for the whole run. */
  readonly dependencies?: readonly DependencyGraph[];
  readonly popular: ReadonlyMap<string, PopularNames>;
  readonly registries: readonly RegistrySetting[];
  readonly licences: LicencePolicy;
  /** The newest release that advisories show to exist; undefined where they show none. */
  readonly published: (ecosystem: string, name: string) => string | undefined;
}

export const nameAndVersion = ({ name, version }: Package): string => `${name}@${version}`;

export const hitAt = ({ manifest }: DependencyGraph, item: Package, message: string): Hit => {
  const at: Location = { uri: manifest, region: item.region, fullyQualifiedName: nameAndVersion(item) };
  return { at, message };
};

/** `a`, `a and b`, `a, b and 3 more` */
export const listed = (names: readonly string[]): string => {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${names.length - 2} more`;
};

/** Scheme and host of where the tarball comes from; undefined when the manifest does not say, or says a path. */
export const sourceOf = ({ resolved }: Package): { readonly scheme: string; readonly host: string; readonly path: string } | undefined => {
  const [, scheme, host, path] = /^(https?):\/\/(?:[^/@]{0,500}@)?([^/?#]{1,300})([^?#]{0,2000})/i.exec(resolved ?? '') ?? [];
  return scheme === undefined || host === undefined
    ? undefined
    : { scheme: scheme.toLowerCase(), host: host.toLowerCase(), path: path ?? '' };
};
