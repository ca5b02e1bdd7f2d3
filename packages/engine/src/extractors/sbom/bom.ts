/** Dependency graphs → one Bom of the target: what every format of SBOM is written from. */
import type { Bom, BomComponent, BomManifest } from '@breakwater/model';
import { byKeys } from '../../lib/order.ts';
import type { DependencyGraph, Package } from '../facts.ts';
import { walkedPaths } from './graphs.ts';

export { graphsOfBom } from './graphs.ts';

/** `createdAt` is the caller's: the same graphs give the same Bom. Credentials in addresses are left out, for SBOMs are published. */
export const bomOfGraphs = (graphs: readonly DependencyGraph[], head: Omit<Bom, 'manifests'>): Bom => ({
  subject: head.subject,
  tool: head.tool,
  createdAt: head.createdAt,
  manifests: graphs.map(manifestOf).sort(byKeys(({ uri }) => uri)),
  ...(head.incomplete === true && { incomplete: true }),
});

const manifestOf = ({ manifest, kind, formatVersion, direct, packages }: DependencyGraph): BomManifest => {
  const components = packages.map(componentOf).sort(byKeys(({ place }) => place));
  const bare = { uri: manifest, kind, ...(formatVersion === undefined ? {} : { formatVersion }), direct, components };
  const walked = walkedPaths(bare);
  const stated = new Map(packages.map(({ place, path }) => [place, path]));
  return { ...bare, components: components.map((component) => withPath(component, stated, walked)) };
};

type Paths = ReadonlyMap<string, readonly string[]>;

/** A Bom does not know of what kind an edge is, nor what left-out packages lead to: where that made another way the shortest, it is kept. */
const withPath = (component: BomComponent, stated: Paths, walked: Paths): BomComponent => {
  const path = stated.get(component.place) ?? [];
  const found = walked.get(component.place) ?? [];
  const isSame = path.length === found.length && path.every((name, index) => name === found[index]);
  return isSame ? component : { ...component, path };
};

const componentOf = (item: Package): BomComponent => ({
  place: item.place,
  name: item.name,
  version: item.version,
  purl: item.purl,
  scope: item.scope,
  direct: item.direct,
  region: item.region,
  ...(item.integrity === undefined ? {} : { integrity: item.integrity }),
  ...(item.resolved === undefined ? {} : { resolved: withoutCredentials(item.resolved) }),
  ...(item.hasInstallScript ? { hasInstallScript: true } : {}),
  ...(item.license === undefined ? {} : { license: item.license }),
  ...(item.deprecated === undefined ? {} : { deprecated: item.deprecated }),
  dependencies: item.dependencies,
});

/** `https://user:word@registry` loses both; `git+ssh://git@host`, where the user is no secret, stays. Queries may hold a token and go. */
const withoutCredentials = (address: string): string => {
  const [, scheme = '', rest] = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is.exec(address) ?? [];
  if (rest === undefined) return address;
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(0, at));
  const host = authority.slice(at + 1);
  const isSecret = user.includes(':') || (user !== '' && user !== 'git');
  const path = end < 0 ? '' : rest.slice(end).replace(/\?[^#]*/, '');
  return `${scheme}${isSecret ? host : authority}${path}`;
};
