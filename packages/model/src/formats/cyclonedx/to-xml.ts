/** The same document as XML, its elements in the order that the schema prescribes. @see https://cyclonedx.org/docs/1.6/xml/ */
import type { Bom } from '../../bom.ts';
import type { CycloneDxOptions } from './to-cyclonedx.ts';
import { toCycloneDx } from './to-cyclonedx.ts';
import type { CdxComponent, CdxDependency, CdxDocument, CdxLicence, CdxProperty, CdxVulnerability } from './types.ts';
import type { XmlElement } from './xml.ts';
import { element, maybe, xmlText } from './xml.ts';

/** Control characters, which XML cannot hold, are left out; everything else is as in `toCycloneDx`. */
export const toCycloneDxXml = (bom: Bom, options: CycloneDxOptions): string => xmlText(documentOf(toCycloneDx(bom, options)));

const documentOf = (document: CdxDocument): XmlElement =>
  element(
    'bom',
    [
      metadataOf(document.metadata),
      element('components', document.components.map(componentOf)),
      element('dependencies', document.dependencies.map(dependencyOf)),
      ...maybe('vulnerabilities', document.vulnerabilities?.map(vulnerabilityOf)),
    ],
    { xmlns: `http://cyclonedx.org/schema/bom/${document.specVersion}`, serialNumber: document.serialNumber, version: '1' },
  );

const metadataOf = ({ timestamp, tools, authors, component, properties }: CdxDocument['metadata']): XmlElement =>
  element('metadata', [
    element('timestamp', timestamp),
    element('tools', [element('components', tools.components.map(componentOf))]),
    ...maybe(
      'authors',
      authors?.map(({ name }) => element('author', [element('name', name)])),
    ),
    componentOf(component),
    propertiesOf(properties),
  ]);

const propertiesOf = (properties: readonly CdxProperty[]): XmlElement =>
  element(
    'properties',
    properties.map(({ name, value }) => element('property', value, { name })),
  );

const componentOf = (component: CdxComponent): XmlElement =>
  element(
    'component',
    [
      ...maybe('group', component.group),
      element('name', component.name),
      ...maybe('version', component.version),
      ...maybe('scope', component.scope),
      ...maybe(
        'hashes',
        component.hashes?.map(({ alg, content }) => element('hash', content, { alg })),
      ),
      ...maybe('licenses', component.licenses?.map(licenceOf)),
      ...maybe('purl', component.purl),
      ...maybe(
        'externalReferences',
        component.externalReferences?.map(({ type, url }) => element('reference', [element('url', url)], { type })),
      ),
      ...(component.properties === undefined ? [] : [propertiesOf(component.properties)]),
      ...(component.evidence === undefined ? [] : [evidenceOf(component.evidence)]),
    ],
    { type: component.type, 'bom-ref': component['bom-ref'] },
  );

const licenceOf = (licence: CdxLicence): XmlElement =>
  'expression' in licence ? element('expression', licence.expression) : element('license', [element('name', licence.license.name)]);

const evidenceOf = ({ occurrences }: NonNullable<CdxComponent['evidence']>): XmlElement =>
  element('evidence', [
    element(
      'occurrences',
      occurrences.map(({ location, line }) => element('occurrence', [element('location', location), ...maybe('line', line?.toString())])),
    ),
  ]);

const dependencyOf = ({ ref, dependsOn }: CdxDependency): XmlElement =>
  element(
    'dependency',
    dependsOn.map((to) => element('dependency', [], { ref: to })),
    { ref },
  );

const vulnerabilityOf = ({ id, source, references, recommendation, analysis, affects, properties }: CdxVulnerability): XmlElement =>
  element('vulnerability', [
    element('id', id),
    sourceOf(source),
    ...maybe(
      'references',
      references?.map((reference) => element('reference', [element('id', reference.id), sourceOf(reference.source)])),
    ),
    ...maybe('recommendation', recommendation),
    element('analysis', [
      element('state', analysis.state),
      ...maybe('justification', analysis.justification),
      ...maybe('detail', analysis.detail),
      ...maybe('lastUpdated', analysis.lastUpdated),
    ]),
    element(
      'affects',
      affects.map(({ ref }) => element('target', [element('ref', ref)])),
    ),
    propertiesOf(properties),
  ]);

const sourceOf = ({ name }: { readonly name: string }): XmlElement => element('source', [element('name', name)]);
