/** The subject, manifests and components of a Bom as SPDX packages. */
import type { Bom, BomComponent, BomManifest } from '../../bom.ts';
import { isAddress } from '../sbom/address.ts';
import { digestsOf, integrityOf } from '../sbom/digest.ts';
import type { SaidEdges } from '../sbom/edges.ts';
import { isLicenceExpression } from '../sbom/licence.ts';
import { byText } from '../sbom/order.ts';
import { regionText } from '../sbom/region.ts';
import type { Annotate, OwnPackage } from './annotation.ts';
import { licenceId, manifestId, packageId, SUBJECT } from './ids.ts';
import type { SpdxPackage } from './types.ts';

/** §7.4: NOASSERTION says that nothing is said. */
const UNSAID = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

export const subjectPackage = ({ name, version }: Bom['subject']): SpdxPackage => ({
  SPDXID: SUBJECT,
  name,
  ...(version === undefined ? {} : { versionInfo: version }),
  ...UNSAID,
  primaryPackagePurpose: 'APPLICATION',
});

/** A package rather than a file: a file needs a digest, and installed trees have none. */
export const manifestPackage = ({ uri, kind, formatVersion, direct }: BomManifest, annotate: Annotate): SpdxPackage => ({
  SPDXID: manifestId(uri),
  name: uri,
  ...UNSAID,
  primaryPackagePurpose: 'FILE',
  annotations: annotate({
    uri,
    kind,
    ...(formatVersion === undefined ? {} : { formatVersion }),
    direct: Object.entries(direct).sort(([a], [b]) => byText(a, b)),
  }),
});

const ALGORITHMS = { sha1: 'SHA1', sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512' } as const;

/** An expression that needs no definition of ours. NONE would mean that there is no licence at all. */
const isPlain = (license: string): boolean =>
  isLicenceExpression(license) && !/(?:Licen[cs]e|Document)Ref-/.test(license) && license !== 'NONE' && license !== 'NOASSERTION';

/** Words that are no expression get an identifier, whose text the document holds (§10). Longer ones are kept in our annotation alone. */
const LONGEST_WORDS = 256;
export const wordsOf = ({ license }: BomComponent): string | undefined =>
  license === undefined || license === '' || license.length > LONGEST_WORDS || isPlain(license) ? undefined : license;

const declared = (component: BomComponent): string => {
  const { license } = component;
  const words = wordsOf(component);
  if (words !== undefined) return licenceId(words);
  return license !== undefined && isPlain(license) ? license : 'NOASSERTION';
};

const ownPackage = (manifest: string, component: BomComponent, { named }: SaidEdges): OwnPackage => {
  const { place, scope, integrity, resolved, license, region, hasInstallScript, deprecated, path } = component;
  const isRebuilt = integrity === undefined || integrityOf(digestsOf(integrity)) === integrity;
  return {
    manifest,
    place,
    scope,
    ...(component.direct ? { direct: true } : {}),
    ...(region === undefined ? {} : { region: regionText(region) }),
    ...(isRebuilt ? {} : { integrity }),
    ...(resolved === undefined || isAddress(resolved) ? {} : { resolved }),
    ...(hasInstallScript === undefined ? {} : { hasInstallScript }),
    ...(license === undefined || isPlain(license) ? {} : { license }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(path === undefined ? {} : { path }),
    ...(named.length === 0 ? {} : { named }),
  };
};

export const componentPackage = (uri: string, component: BomComponent, edges: SaidEdges, annotate: Annotate): SpdxPackage => {
  const digests = digestsOf(component.integrity ?? '');
  const { purl, resolved, region } = component;
  return {
    SPDXID: packageId(uri, component.place),
    name: component.name,
    versionInfo: component.version,
    ...UNSAID,
    ...(resolved !== undefined && isAddress(resolved) ? { downloadLocation: resolved } : {}),
    licenseDeclared: declared(component),
    primaryPackagePurpose: 'LIBRARY',
    sourceInfo: region === undefined ? uri : `${uri}:${region.startLine}`,
    ...(digests.length === 0
      ? {}
      : { checksums: digests.map(({ algorithm, hex }) => ({ algorithm: ALGORITHMS[algorithm], checksumValue: hex })) }),
    ...(purl === undefined
      ? {}
      : { externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }] as const }),
    annotations: annotate(ownPackage(uri, component, edges)),
  };
};
