/** Statements of IAM policies: jsonencode, JSON as text or here-document, and aws_iam_policy_document. */
import type { Region } from '@breakwater/model';
import type { TerraformBlock, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import { attributeOf, itemsOf, nestedOf, textOf } from './values.ts';

export interface Statement {
  readonly allows: boolean;
  /** `undefined` items are not known. */
  readonly actions: readonly (string | undefined)[];
  readonly resources: readonly (string | undefined)[];
  /** Of all kinds: `*`, account ids, ARNs, services. */
  readonly principals: readonly (string | undefined)[];
  readonly conditional: boolean;
  readonly region: Region;
}

/** Nested deeper than any policy is. */
const MAX_DEPTH = 12;
/** What an interpolation may hold is not known; in JSON its quotes would be in the way. */
const INTERPOLATION = /\$\{[^{}]{0,500}\}/g;
const HOLE = '${?}';

/** `undefined` = the policy cannot be read from here. */
export const statementsOf = (value: TerraformValue): readonly Statement[] | undefined => {
  const policy = value.kind === 'object' ? value : fromJson(value);
  if (policy?.kind !== 'object') return undefined;
  return itemsOf(entry(policy, 'Statement')).flatMap((item) => (item.kind === 'object' ? [fromObject(item)] : []));
};

/** Of a `data "aws_iam_policy_document"`. */
export const statementsOfDocument = (document: TerraformResource): readonly Statement[] =>
  nestedOf(document.block, 'statement').map(fromBlock);

const entry = (value: Extract<TerraformValue, { kind: 'object' }>, name: string): TerraformValue | undefined => value.entries[name];

const words = (value: TerraformValue | undefined): readonly (string | undefined)[] =>
  itemsOf(value).map((item) => {
    const text = textOf(item);
    return text === HOLE ? undefined : text;
  });

const fromObject = (item: Extract<TerraformValue, { kind: 'object' }>): Statement => {
  const principal = entry(item, 'Principal');
  const byKind = principal?.kind === 'object' ? Object.values(principal.entries) : principal === undefined ? [] : [principal];
  return {
    allows: textOf(entry(item, 'Effect')) !== 'Deny',
    actions: words(entry(item, 'Action')),
    resources: words(entry(item, 'Resource')),
    principals: byKind.flatMap(words),
    conditional: entry(item, 'Condition') !== undefined,
    region: (entry(item, 'Action') ?? item).region,
  };
};

const fromBlock = (block: TerraformBlock): Statement => ({
  allows: textOf(attributeOf(block, 'effect')) !== 'Deny',
  actions: words(attributeOf(block, 'actions')),
  resources: words(attributeOf(block, 'resources')),
  principals: nestedOf(block, 'principals').flatMap((principal) => words(attributeOf(principal, 'identifiers'))),
  conditional: nestedOf(block, 'condition').length > 0,
  region: (attributeOf(block, 'actions') ?? block).region,
});

const fromJson = (value: TerraformValue): TerraformValue | undefined => {
  const text = value.kind === 'unknown' ? value.expression : textOf(value);
  if (text === undefined || !text.trimStart().startsWith('{')) return undefined;
  try {
    return fromPlain(JSON.parse(text.replace(INTERPOLATION, HOLE)), value.region, MAX_DEPTH);
  } catch {
    return undefined;
  }
};

const fromPlain = (json: unknown, region: Region, depth: number): TerraformValue => {
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' || json === null)
    return { kind: 'literal', value: json, region };
  if (depth === 0 || typeof json !== 'object') return { kind: 'unknown', expression: '', region };
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => fromPlain(item, region, depth - 1)), region };
  const entries: Record<string, TerraformValue> = Object.create(null); // keys are the repository's: no prototype to hit
  for (const [key, item] of Object.entries(json)) entries[key] = fromPlain(item, region, depth - 1);
  return { kind: 'object', entries, region };
};
