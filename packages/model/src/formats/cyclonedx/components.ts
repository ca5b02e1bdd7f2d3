/** Manifests and components of a Bom as CycloneDX components. */
import type { BomComponent, BomManifest } from '../../bom.ts';
import { isAddress } from '../sbom/address.ts';
import { digestsOf, integrityOf } from '../sbom/digest.ts';
import type { SaidEdges } from '../sbom/edges.ts';
import { isLicenceExpression } from '../sbom/licence.ts';
import { joinedName, purlParts } from '../sbom/purl.ts';
import { componentRef, manifestRef } from '../sbom/reference.ts';
import { regionText } from '../sbom/region.ts';
import * as own from './properties.ts';
import type { CdxComponent, CdxHash, CdxProperty, CycloneDxVersion } from './types.ts';

/** 1.6 allows versions of 1,024 characters; the whole of a longer one stands in our property. */
const LONGEST_VERSION = 1024;

export const shortVersion = (version: string): string => version.slice(0, LONGEST_VERSION);

/** The property for what `shortVersion` cut. */
export const longVersion = (version: string | undefined): string | undefined =>
  version !== undefined && version.length > LONGEST_VERSION ? version : undefined;

export const manifestComponent = ({ uri, kind, formatVersion, direct }: BomManifest): CdxComponent => ({
  type: 'file',
  'bom-ref': manifestRef(uri),
  name: uri,
  properties: own.propertiesOf(
    [own.KIND, kind],
    [own.FORMAT_VERSION, formatVersion],
    ...Object.entries(direct).map(([name, range]) => [`${own.RANGE}${name}`, range] as const),
  ),
});

const ALGORITHMS = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;

const hashesOf = (integrity: string | undefined): readonly CdxHash[] =>
  digestsOf(integrity ?? '').map(({ algorithm, hex }) => ({ alg: ALGORITHMS[algorithm], content: hex }));

/** The standard keeps a namespace apart; Go's module paths are one name to every tool. */
const nameFields = ({ name, purl }: BomComponent): Pick<CdxComponent, 'group' | 'name'> => {
  const parts = purl === undefined ? undefined : purlParts(purl);
  if (parts === undefined || parts.namespace === '' || parts.type === 'golang') return { name };
  return joinedName(parts.type, parts.namespace, parts.name) === name ? { group: parts.namespace, name: parts.name } : { name };
};

const licenceOf = (license: string): NonNullable<CdxComponent['licenses']> => [
  isLicenceExpression(license) ? { expression: license } : { license: { name: license } },
];

/** Only what the standard's fields do not say. */
const ownProperties = (component: BomComponent, { named }: SaidEdges): readonly CdxProperty[] => {
  const { integrity, resolved, region } = component;
  const isRebuilt = integrity === undefined || integrityOf(digestsOf(integrity)) === integrity;
  return own.propertiesOf(
    [own.PLACE, component.place],
    [own.DIRECT, component.direct ? true : undefined],
    [own.VERSION, longVersion(component.version)],
    [own.REGION, region && regionText(region)],
    [own.INTEGRITY, isRebuilt ? undefined : integrity],
    [own.RESOLVED, resolved === undefined || isAddress(resolved) ? undefined : resolved],
    [own.INSTALL_SCRIPT, component.hasInstallScript],
    [own.PATH, component.path && JSON.stringify(component.path)],
    [own.DEPRECATED, component.deprecated],
    ...named.map(([name, place]) => [`${own.DEPENDENCY}${name}`, place] as const),
  );
};

/** Where in the manifest: 1.5 knows the file only. */
const evidenceOf = (uri: string, { region }: BomComponent, version: CycloneDxVersion): NonNullable<CdxComponent['evidence']> => ({
  occurrences: [{ location: uri, ...(region === undefined || version === '1.5' ? {} : { line: region.startLine }) }],
});

export const packageComponent = (uri: string, component: BomComponent, edges: SaidEdges, version: CycloneDxVersion): CdxComponent => {
  const hashes = hashesOf(component.integrity);
  const { resolved, license, purl } = component;
  return {
    type: 'library',
    'bom-ref': componentRef(manifestRef(uri), component.place),
    ...nameFields(component),
    version: shortVersion(component.version),
    scope: component.scope,
    ...(hashes.length === 0 ? {} : { hashes }),
    ...(license === undefined ? {} : { licenses: licenceOf(license) }),
    ...(purl === undefined ? {} : { purl }),
    ...(resolved !== undefined && isAddress(resolved) ? { externalReferences: [{ type: 'distribution', url: resolved }] as const } : {}),
    properties: ownProperties(component, edges),
    evidence: evidenceOf(uri, component, version),
  };
};
