/** What is stated of flaws, as CycloneDX vulnerabilities that point at components of the same document. */
import type { VexDocument, VexStatement } from '../../vex.ts';
import { byKey, byText } from '../sbom/order.ts';
import { anyVersion, joinedName, purlParts } from '../sbom/purl.ts';
import { escaped } from '../sbom/reference.ts';
import { shortVersion } from './components.ts';
import * as own from './properties.ts';
import type { CdxComponent, CdxVulnerability } from './types.ts';
import { JUSTIFICATIONS, STATES, sourceOf } from './vex-words.ts';

export interface ProductIndex {
  /** References of the components that a product means; at least one. */
  readonly refsOf: (product: string) => readonly string[];
  /** Products that are no component of the Bom: a reference must lead somewhere. */
  readonly added: readonly CdxComponent[];
}

const collect = (index: Map<string, string[]>, key: string, ref: string): void => {
  const known = index.get(key);
  if (known === undefined) index.set(key, [ref]);
  else known.push(ref);
};

/** A product without a version means every version of it. */
export const productIndex = ({ statements }: VexDocument, listed: readonly CdxComponent[]): ProductIndex => {
  const refs = new Map<string, string[]>();
  const taken = new Set(listed.map((component) => component['bom-ref']));
  for (const { purl, 'bom-ref': ref = '' } of listed) {
    if (purl === undefined) continue;
    collect(refs, purl, ref);
    if (anyVersion(purl) !== purl) collect(refs, anyVersion(purl), ref);
  }
  const missing = [...new Set(statements.flatMap(({ products }) => products))].filter((product) => !refs.has(product)).sort(byText);
  const added = missing.map((product) => productComponent(product, taken));
  for (const [index, product] of missing.entries()) refs.set(product, [added[index]?.['bom-ref'] ?? '']);
  return { refsOf: (product) => refs.get(product) ?? [], added };
};

/** Its package URL is its reference, as other tools have it, unless a file of the tree is called so. */
const productComponent = (product: string, taken: ReadonlySet<string | undefined>): CdxComponent => {
  const ref = escaped(product);
  const parts = purlParts(product);
  return {
    type: 'library',
    'bom-ref': ref === '' || taken.has(ref) ? `%vex#${ref}` : ref,
    name: parts === undefined ? product : joinedName(parts.type, parts.namespace, parts.name),
    ...(parts?.version === undefined ? {} : { version: shortVersion(parts.version) }),
    purl: product,
    properties: own.propertiesOf([own.VEX_PRODUCT, true]),
  };
};

/** The document that the statements came from, so that it can be had back as it was. */
export const vexProperties = (vex: VexDocument | undefined): readonly (readonly [string, string])[] =>
  vex === undefined
    ? []
    : [
        [`${own.VEX}id`, vex.id],
        [`${own.VEX}author`, vex.author],
        [`${own.VEX}created-at`, vex.createdAt],
        [`${own.VEX}version`, String(vex.version)],
        [`${own.VEX}tool-name`, vex.tool.name],
        [`${own.VEX}tool-version`, vex.tool.version],
      ];

/** In the order of the statements: sorted by vulnerability. */
export const vulnerabilitiesOf = ({ statements }: VexDocument, index: ProductIndex): readonly CdxVulnerability[] =>
  statements.map((statement) => vulnerabilityOf(statement, index));

const vulnerabilityOf = (statement: VexStatement, { refsOf }: ProductIndex): CdxVulnerability => ({
  id: statement.vulnerability,
  source: sourceOf(statement.vulnerability),
  ...(statement.aliases.length === 0 ? {} : { references: statement.aliases.map((id) => ({ id, source: sourceOf(id) })) }),
  ...(statement.action === undefined ? {} : { recommendation: statement.action }),
  analysis: analysisOf(statement),
  affects: [...new Set(statement.products.flatMap(refsOf))].map((ref) => ({ ref })).sort(byKey(({ ref }) => ref)),
  properties: statement.products.map((value) => ({ name: own.PRODUCT, value })),
});

const analysisOf = ({ status, justification, impact, at }: VexStatement): CdxVulnerability['analysis'] => ({
  state: STATES[status],
  ...(justification === undefined ? {} : { justification: JUSTIFICATIONS[justification] }),
  ...(impact === undefined ? {} : { detail: impact }),
  ...(at === undefined ? {} : { lastUpdated: at }),
});
