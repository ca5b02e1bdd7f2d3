/** A Bom, and what is stated of its flaws, as a CycloneDX document: no clock, everything sorted, the same input gives the same bytes. */
import type { Bom, BomManifest } from '../../bom.ts';
import type { VexDocument } from '../../vex.ts';
import { byPlaceOf, saidEdges } from '../sbom/edges.ts';
import { byKey, byText } from '../sbom/order.ts';
import { componentRef, manifestRef, subjectRef } from '../sbom/reference.ts';
import { longVersion, manifestComponent, packageComponent, shortVersion } from './components.ts';
import * as own from './properties.ts';
import type { CdxComponent, CdxDependency, CdxDocument, CycloneDxVersion } from './types.ts';
import { productIndex, vexProperties, vulnerabilitiesOf } from './vex-out.ts';

export interface CycloneDxOptions {
  readonly version: CycloneDxVersion;
  /** UUID of the document, derived from its content by the caller: the model has no digests. */
  readonly serial?: string;
  readonly vex?: VexDocument;
}

export const toCycloneDx = (bom: Bom, { version, serial, vex }: CycloneDxOptions): CdxDocument => {
  const root = subjectComponent(bom.subject);
  const parts = [...bom.manifests].sort(byKey((manifest) => manifest.uri)).map((manifest) => partOf(manifest, version));
  const listed = parts.flatMap((part) => part.components);
  const products = vex === undefined ? undefined : productIndex(vex, listed);
  return {
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: version,
    ...(serial === undefined ? {} : { serialNumber: `urn:uuid:${serial.replace(/^urn:uuid:/, '')}` }),
    version: 1,
    metadata: {
      timestamp: bom.createdAt,
      tools: { components: [toolComponent(bom.tool)] },
      ...(vex === undefined ? {} : { authors: [{ name: vex.author }] }),
      component: root,
      properties: own.propertiesOf([own.BOM, '1'], [own.INCOMPLETE, bom.incomplete], ...vexProperties(vex)),
    },
    components: [...listed, ...(products?.added ?? [])].sort(byKey(refOf)),
    dependencies: [
      { ref: refOf(root), dependsOn: parts.map((part) => part.ref).sort(byText) },
      ...parts.flatMap((part) => part.dependencies),
      ...(products?.added ?? []).map((product) => ({ ref: refOf(product), dependsOn: [] })),
    ].sort(byKey((dependency) => dependency.ref)),
    ...(vex === undefined || products === undefined ? {} : { vulnerabilities: vulnerabilitiesOf(vex, products) }),
  };
};

const refOf = (component: CdxComponent): string => component['bom-ref'] ?? '';

const subjectComponent = ({ name, version }: Bom['subject']): CdxComponent => {
  const properties = own.propertiesOf([own.VERSION, longVersion(version)]);
  return {
    type: 'application',
    'bom-ref': subjectRef(name),
    name,
    ...(version === undefined ? {} : { version: shortVersion(version) }),
    ...(properties.length === 0 ? {} : { properties }),
  };
};

const toolComponent = ({ name, version }: Bom['tool']): CdxComponent => {
  const properties = own.propertiesOf([own.VERSION, longVersion(version)]);
  return { type: 'application', name, version: shortVersion(version), ...(properties.length === 0 ? {} : { properties }) };
};

interface Part {
  readonly ref: string;
  readonly components: readonly CdxComponent[];
  readonly dependencies: readonly CdxDependency[];
}

/** A manifest with its components; it depends on those that a project names itself. */
const partOf = (manifest: BomManifest, version: CycloneDxVersion): Part => {
  const ref = manifestRef(manifest.uri);
  const byPlace = byPlaceOf(manifest.components);
  const components: CdxComponent[] = [manifestComponent(manifest)];
  const direct = manifest.components.filter((component) => component.direct).map(({ place }) => componentRef(ref, place));
  const dependencies: CdxDependency[] = [{ ref, dependsOn: direct.sort(byText) }];
  for (const component of manifest.components) {
    const edges = saidEdges(component, byPlace);
    components.push(packageComponent(manifest.uri, component, edges, version));
    const dependsOn = edges.places.map((place) => componentRef(ref, place)).sort(byText);
    dependencies.push({ ref: componentRef(ref, component.place), dependsOn });
  }
  return { ref, components, dependencies };
};
