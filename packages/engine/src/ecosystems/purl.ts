/** Package URLs of the ecosystems, both ways. @see https://github.com/package-url/purl-spec */
import type { Purl } from '@breakwater/model';
import { PackageURL } from 'packageurl-js';
import type { Ecosystem } from './ecosystem.ts';

const TYPES: Readonly<Record<Ecosystem, string>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Go: 'golang',
  'crates.io': 'cargo',
  Maven: 'maven',
  Packagist: 'composer',
  RubyGems: 'gem',
  NuGet: 'nuget',
  Pub: 'pub',
  Hex: 'hex',
  'GitHub Actions': 'githubactions',
};

const SEPARATOR: Readonly<Partial<Record<Ecosystem, string>>> = { Maven: ':' };

/** npm keeps its case: old names such as `JSONStream` differ from their lower-case neighbours. */
const npmPurl = (name: string, version: string): Purl =>
  `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;

/** `name` as the ecosystem's advisories spell it: `org.slf4j:slf4j-api`, `golang.org/x/net`, `@scope/name`. */
export const purlOf = (ecosystem: Ecosystem, name: string, version: string): Purl => {
  if (ecosystem === 'npm') return npmPurl(name, version);
  const cut = name.lastIndexOf(SEPARATOR[ecosystem] ?? '/');
  const namespace = cut < 0 ? undefined : name.slice(0, cut);
  const text = new PackageURL(TYPES[ecosystem], namespace, name.slice(cut + 1), version, undefined, undefined).toString();
  return text as Purl; // PackageURL always writes the scheme
};

export interface NamedVersion {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
}

/** `undefined` for what is no package URL, has no version, or is of no ecosystem that we match. Never throws. */
export const packageOfPurl = (text: string): NamedVersion | undefined => {
  try {
    const { type, namespace, name, version } = PackageURL.fromString(text);
    const ecosystem = (Object.keys(TYPES) as Ecosystem[]).find((one) => TYPES[one] === type); // the keys of the record above
    if (ecosystem === undefined || typeof version !== 'string' || version === '') return undefined;
    const joined = typeof namespace === 'string' && namespace !== '' ? `${namespace}${SEPARATOR[ecosystem] ?? '/'}${name}` : name;
    return { ecosystem, name: joined, version };
  } catch {
    return undefined;
  }
};
