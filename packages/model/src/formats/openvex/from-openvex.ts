/** Anybody's OpenVEX as a VexDocument; 0.0.1 and 0.2.0 are told apart by their fields, for tools mix them. */
import type { VexJustification } from '../../enrichment.ts';
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';
import type { VexDocument, VexStatement } from '../../vex.ts';
import { VEX_STATUSES } from '../../vex.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, fields, isFields, items, text, texts } from '../sbom/json.ts';
import { isPurl } from '../sbom/purl.ts';
import type { LeftOut } from '../sbom/reading.ts';
import { instantOf, optionalInstant } from '../sbom/reading.ts';
import type { VexReading } from '../sbom/statements.ts';
import { statementOrder } from '../sbom/statements.ts';
import { NO_ACTION, NO_REASON } from './unsaid.ts';

export interface ReadOpenVexOptions {
  /**
   * A statement may be about a component within a product. It is taken for the component alone when this accepts the product's `@id`,
   * and left out otherwise: what is true of a library in one application need not be true in another. Absent: every product is accepted.
   */
  readonly about?: (product: string) => boolean;
}

/** Never throws. The error names the first place that does not fit; `left`: products without a package URL, statements of unknown status. */
export const parseOpenVex = (json: unknown, { about = () => true }: ReadOpenVexOptions = {}): Result<VexReading, string> => {
  if (!isFields(json)) return err('is no object');
  if (text(json['@context'])?.startsWith('https://openvex.dev/ns') !== true) return err('@context: is not that of OpenVEX');
  if (!Array.isArray(json['statements'])) return err('statements: is no list');
  const left: LeftOut[] = [];
  const statements = items(json['statements']).flatMap((item): VexStatement[] => {
    const read = statementOf(fields(item), about);
    left.push(...read.left);
    return read.statement === undefined ? [] : [read.statement];
  });
  return ok({ vex: { ...headOf(json), statements: statements.sort(statementOrder) }, left });
};

const headOf = (json: Fields): Omit<VexDocument, 'statements'> => {
  const version = Number(json['version']);
  return {
    id: text(json['@id']) ?? 'https://openvex.dev/docs/unnamed',
    author: anyText(json['author']) ?? 'unknown',
    createdAt: instantOf(json['timestamp']),
    version: Number.isSafeInteger(version) && version >= 1 ? version : 1,
    tool: toolOf(text(json['tooling']) ?? 'unknown'),
  };
};

/** `name/version`; addresses and free text are a name without a version. */
const toolOf = (tooling: string): VexDocument['tool'] => {
  const at = tooling.lastIndexOf('/');
  if (at < 0 || tooling.includes('://')) return { name: tooling, version: '' };
  const [name = '', version = ''] = [tooling.slice(0, at), tooling.slice(at + 1)].map((part) =>
    part.replaceAll('%2F', '/').replaceAll('%25', '%'),
  );
  return { name, version };
};

interface OneReading {
  readonly statement?: VexStatement;
  readonly left: readonly LeftOut[];
}

const statementOf = (item: Fields, about: (product: string) => boolean): OneReading => {
  const { vulnerability } = item;
  const named = isFields(vulnerability) ? (text(vulnerability['name']) ?? text(vulnerability['@id'])) : text(vulnerability);
  const status = VEX_STATUSES.find((one) => one === item['status']);
  if (named === undefined) return { left: [{ name: 'a statement', why: 'names no vulnerability' }] };
  if (status === undefined) return { left: [{ name: named, why: 'has no status that is known' }] };
  const { products, left } = productsOf(item, about);
  const missing = left.map(({ name, why }) => ({ name: `${named} in ${name}`, why }));
  const [first, ...others] = products;
  if (first === undefined) return { left: missing.length > 0 ? missing : [{ name: named, why: 'is stated of no product' }] };
  const aliases = isFields(vulnerability) ? texts(vulnerability['aliases']) : [];
  return { statement: { vulnerability: named, aliases, products: [first, ...others], status, ...detailsOf(item) }, left: missing };
};

const JUSTIFICATIONS: readonly VexJustification[] = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
];

const detailsOf = (item: Fields): Pick<VexStatement, 'justification' | 'impact' | 'action' | 'at'> => {
  const justification = JUSTIFICATIONS.find((one) => one === item['justification']);
  const impact = anyText(item['impact_statement']);
  const action = anyText(item['action_statement']);
  const at = optionalInstant(item['last_updated']) ?? optionalInstant(item['timestamp']);
  return {
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined || impact === NO_REASON ? {} : { impact }),
    ...(action === undefined || action === NO_ACTION ? {} : { action }),
    ...(at === undefined ? {} : { at }),
  };
};

interface Products {
  readonly products: readonly string[];
  readonly left: readonly LeftOut[];
}

/** A product without components counts itself; one with components counts them, where the product is the one that is scanned. */
const partsOf = (product: unknown, item: Fields, about: (product: string) => boolean): readonly unknown[] | undefined => {
  const inner = [...items(fields(product)['subcomponents']), ...(isFields(product) ? [] : items(item['subcomponents']))];
  if (inner.length === 0) return [product];
  return about(nameOf(product)) ? inner : undefined;
};

const productsOf = (item: Fields, about: (product: string) => boolean): Products => {
  const products = new Set<string>();
  const left: LeftOut[] = [];
  for (const product of items(item['products'])) {
    const parts = partsOf(product, item, about);
    if (parts === undefined) left.push({ name: nameOf(product), why: 'is another product than the one that is looked at' });
    for (const part of parts ?? []) {
      const purl = purlOf(part);
      if (purl === undefined) left.push({ name: nameOf(part), why: 'has no package URL' });
      else products.add(purl);
    }
  }
  return { products: [...products], left };
};

/** 0.0.1 wrote products as plain texts. */
const nameOf = (component: unknown): string =>
  text(component) ?? text(fields(component)['@id']) ?? purlOf(component) ?? 'a product without a name';

const purlOf = (component: unknown): string | undefined =>
  [text(component), text(fields(component)['@id']), text(fields(fields(component)['identifiers'])['purl'])].find(
    (name) => name !== undefined && isPurl(name),
  );
