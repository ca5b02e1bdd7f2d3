/** Statements of a CycloneDX document (1.4 to 1.7): vulnerabilities that have an analysis, each for the components it affects. */
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';
import type { VexDocument, VexStatement } from '../../vex.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, fields, isFields, items, text, texts } from '../sbom/json.ts';
import { isPurl } from '../sbom/purl.ts';
import type { LeftOut } from '../sbom/reading.ts';
import { instantOf, MAX_COMPONENTS, optionalInstant } from '../sbom/reading.ts';
import { statementOrder, type VexReading } from '../sbom/statements.ts';
import { flattened } from './flatten.ts';
import { faultOf } from './from-cyclonedx.ts';
import type { HeardProperties } from './properties.ts';
import * as own from './properties.ts';
import { REASONS, STATUSES } from './vex-words.ts';

/** Never throws. Vulnerabilities without a state are no statements: they are left out, by name. */
export const parseCycloneDxVex = (json: unknown): Result<VexReading, string> => {
  const fault = faultOf(json);
  if (fault !== undefined || !isFields(json)) return err(fault ?? 'is no object');
  const metadata = fields(json['metadata']);
  const listed = flattened([...items(json['components']), ...[metadata['component'] ?? []].flat()], MAX_COMPONENTS);
  if (listed === undefined) return err(`components: more than ${MAX_COMPONENTS}`);
  const purls = new Map<string, string>();
  for (const { ref, component } of listed.flat) {
    const purl = text(component['purl']);
    if (ref !== undefined && purl !== undefined) purls.set(ref, purl);
  }
  const left: LeftOut[] = [];
  const statements = items(json['vulnerabilities']).flatMap((item): VexStatement[] => {
    const read = statementOf(fields(item), purls);
    left.push(...read.left);
    return read.statement === undefined ? [] : [read.statement];
  });
  const head = own.heardProperties(metadata['properties']);
  return ok({ vex: { ...headOf(json, metadata, head), statements: statements.sort(statementOrder) }, left });
};

const headOf = (json: Fields, metadata: Fields, own_: HeardProperties): Omit<VexDocument, 'statements'> => {
  const stated = (name: string): string | undefined => own_.get(`${own.VEX}${name}`);
  const tool = fields(items(fields(metadata['tools'])['components'])[0] ?? items(metadata['tools'])[0]);
  const version = Number(stated('version') ?? json['version']);
  return {
    id: stated('id') ?? text(json['serialNumber']) ?? 'urn:cdx:unnamed',
    author: stated('author') ?? authorOf(metadata) ?? 'unknown',
    createdAt: instantOf(stated('created-at') ?? metadata['timestamp']),
    version: Number.isSafeInteger(version) && version >= 1 ? version : 1,
    tool: {
      name: stated('tool-name') ?? text(tool['name']) ?? 'unknown',
      version: stated('tool-version') ?? anyText(tool['version']) ?? '',
    },
  };
};

const authorOf = (metadata: Fields): string | undefined =>
  [items(metadata['authors'])[0], metadata['manufacturer'], metadata['supplier'], metadata['manufacture']]
    .map((entity) => text(fields(entity)['name']))
    .find((name) => name !== undefined);

interface OneReading {
  readonly statement?: VexStatement;
  readonly left: readonly LeftOut[];
}

const statementOf = (item: Fields, purls: ReadonlyMap<string, string>): OneReading => {
  const id = text(item['id']);
  const analysis = fields(item['analysis']);
  const status = STATUSES[text(analysis['state']) ?? ''];
  const name = id ?? 'a vulnerability without an id';
  if (id === undefined || status === undefined) return { left: [{ name, why: 'has no state that is known: nothing is stated of it' }] };
  const { products, left } = productsOf(item, purls);
  const [first, ...others] = products;
  const missing = left.map((ref) => ({ name: `${id} in ${ref}`, why: 'affects what has no package URL' }));
  if (first === undefined) return { left: missing.length > 0 ? missing : [{ name, why: 'says of no component that it is affected' }] };
  return { statement: { vulnerability: id, products: [first, ...others], status, ...detailsOf(item, analysis) }, left: missing };
};

type Details = Pick<VexStatement, 'aliases' | 'justification' | 'impact' | 'action' | 'at'>;

const detailsOf = (item: Fields, analysis: Fields): Details => {
  const justification = REASONS[text(analysis['justification']) ?? ''];
  const impact = anyText(analysis['detail']);
  const action = anyText(item['recommendation']) ?? responseOf(analysis);
  const at = optionalInstant(analysis['lastUpdated']) ?? optionalInstant(analysis['firstIssued']) ?? optionalInstant(item['updated']);
  return {
    aliases: items(item['references']).flatMap((reference) => text(fields(reference)['id']) ?? []),
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact }),
    ...(action === undefined ? {} : { action }),
    ...(at === undefined ? {} : { at }),
  };
};

/** `will_not_fix`, `update`, …: all that some tools say of what to do. */
const responseOf = (analysis: Fields): string | undefined => text(texts(analysis['response']).join(', ').replaceAll('_', ' '));

interface Products {
  readonly products: readonly string[];
  /** References that lead to no package URL. */
  readonly left: readonly string[];
}

/** Our own property has the products as they were stated; otherwise each reference leads to the purl of its component. */
const productsOf = (item: Fields, purls: ReadonlyMap<string, string>): Products => {
  const stated = own.heardProperties(item['properties']).all(own.PRODUCT);
  if (stated.length > 0) return { products: stated, left: [] };
  const refs = items(item['affects']).flatMap((target) => text(fields(target)['ref']) ?? []);
  const found = refs.map((ref) => ({ ref, purl: purlOfRef(ref, purls) }));
  return {
    products: [...new Set(found.flatMap(({ purl }) => purl ?? []))],
    left: found.filter(({ purl }) => purl === undefined).map(({ ref }) => ref),
  };
};

/** A BOM-Link names a component of another document after its `#`; tools write package URLs there, and as plain references. */
const purlOfRef = (ref: string, purls: ReadonlyMap<string, string>): string | undefined => {
  const known = purls.get(ref);
  if (known !== undefined) return known;
  const named = ref.startsWith('urn:cdx:') ? decoded(ref.slice(ref.indexOf('#') + 1)) : ref;
  return isPurl(named) ? named : purls.get(named);
};

const decoded = (text_: string): string => {
  try {
    return decodeURIComponent(text_);
  } catch {
    return text_;
  }
};
