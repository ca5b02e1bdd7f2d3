/** A Bom as an SPDX 2.3 document: no clock, everything in a fixed order, the same input gives the same bytes. */
import type { Bom, BomComponent, BomManifest } from '../../bom.ts';
import { byPlaceOf, saidEdges } from '../sbom/edges.ts';
import { byKey, byText } from '../sbom/order.ts';
import type { Annotate } from './annotation.ts';
import { annotator } from './annotation.ts';
import { DOCUMENT, licenceId, manifestId, packageId, SUBJECT } from './ids.ts';
import { componentPackage, manifestPackage, subjectPackage, wordsOf } from './packages.ts';
import type { SpdxDocument, SpdxPackage, SpdxRelationship, SpdxRelationshipType } from './types.ts';

export interface SpdxOptions {
  /** URI that no other document has, derived from the content by the caller: the model has no digests (§6.5). */
  readonly namespace: string;
}

export const toSpdx = (bom: Bom, { namespace }: SpdxOptions): SpdxDocument => {
  const { name, version } = bom.tool;
  const created = withoutFraction(bom.createdAt);
  const annotate = annotator(created, `${name}-${version}`);
  const parts = [...bom.manifests].sort(byKey(({ uri }) => uri)).map((manifest) => partOf(manifest, annotate));
  const licences = extractedOf(bom);
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    name: bom.subject.name,
    documentNamespace: namespace,
    creationInfo: { created, creators: [`Tool: ${name}-${version}`] },
    packages: [subjectPackage(bom.subject), ...parts.flatMap((part) => part.packages)],
    ...(licences.length === 0 ? {} : { hasExtractedLicensingInfos: licences }),
    relationships: [relation(DOCUMENT, 'DESCRIBES', SUBJECT), ...parts.flatMap((part) => part.relationships)],
    annotations: annotate({ bom: 1, tool: { name, version }, createdAt: bom.createdAt, ...(bom.incomplete && { incomplete: true }) }),
  };
};

/** §6.9 has whole seconds. */
const withoutFraction = (instant: string): string => instant.replace(/\.\d+Z$/, 'Z');

const relation = (from: string, type: SpdxRelationshipType, to: string): SpdxRelationship => ({
  spdxElementId: from,
  relationshipType: type,
  relatedSpdxElement: to,
});

const extractedOf = ({ manifests }: Bom): NonNullable<SpdxDocument['hasExtractedLicensingInfos']> => {
  const words = manifests.flatMap(({ components }) => components.flatMap((component) => wordsOf(component) ?? []));
  return [...new Set(words)].sort(byText).map((text) => ({ licenseId: licenceId(text), extractedText: text, name: text }));
};

interface Part {
  readonly packages: readonly SpdxPackage[];
  readonly relationships: readonly SpdxRelationship[];
}

/** What a manifest asks for itself depends on it by its kind; between packages the kind is not known. */
const askedBy = (manifest: string, id: string, { scope }: BomComponent): SpdxRelationship => {
  if (scope === 'required') return relation(manifest, 'DEPENDS_ON', id);
  return relation(id, scope === 'optional' ? 'OPTIONAL_DEPENDENCY_OF' : 'DEV_DEPENDENCY_OF', manifest);
};

const partOf = (manifest: BomManifest, annotate: Annotate): Part => {
  const { uri } = manifest;
  const id = manifestId(uri);
  const byPlace = byPlaceOf(manifest.components);
  const packages = [manifestPackage(manifest, annotate)];
  const relationships = [relation(SUBJECT, 'CONTAINS', id)];
  for (const component of [...manifest.components].sort(byKey(({ place }) => place))) {
    const own = packageId(uri, component.place);
    const edges = saidEdges(component, byPlace);
    packages.push(componentPackage(uri, component, edges, annotate));
    relationships.push(relation(id, 'CONTAINS', own), ...(component.direct ? [askedBy(id, own, component)] : []));
    for (const place of edges.places) relationships.push(relation(own, 'DEPENDS_ON', packageId(uri, place)));
  }
  return { packages, relationships };
};
