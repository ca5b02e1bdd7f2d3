/** Questions to Terraform values with an answer for "not known". */
import type { TerraformBlock, TerraformValue } from '../../../../extractors/facts.ts';

/** `null` is the same as not written. */
export const attributeOf = (block: TerraformBlock | undefined, name: string): TerraformValue | undefined => {
  const value = block?.attributes[name];
  return value?.kind === 'literal' && value.value === null ? undefined : value;
};

/** Terraform turns "true" into true. */
export const truthOf = (value: TerraformValue | undefined): boolean | 'absent' | 'unknown' => {
  if (value === undefined) return 'absent';
  if (value.kind !== 'literal') return 'unknown';
  return value.value === true || value.value === 'true' ? true : value.value === false || value.value === 'false' ? false : 'unknown';
};

/** A known text, or number as text. */
export const textOf = (value: TerraformValue | undefined): string | undefined =>
  value?.kind === 'literal' && value.value !== null ? String(value.value) : undefined;

export const numberOf = (value: TerraformValue | undefined): number | undefined => {
  const text = textOf(value);
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/** A list as its items, anything else as the one item. */
export const itemsOf = (value: TerraformValue | undefined): readonly TerraformValue[] =>
  value === undefined ? [] : value.kind === 'list' ? value.items : [value];

/** How the value stands in the file, for messages; secrets are never shown by it: only what is not a literal. */
export const writtenAs = (value: TerraformValue): string => {
  const text = value.kind === 'reference' ? value.to : value.kind === 'unknown' ? value.expression : value.kind;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

/** Blocks of the type, also when they are written as an attribute: `ingress = [{ … }]`. */
export const nestedOf = (block: TerraformBlock | undefined, type: string): readonly TerraformBlock[] => {
  if (block === undefined) return [];
  const asValues = itemsOf(attributeOf(block, type)).flatMap((value) => (value.kind === 'object' ? [blockFrom(type, value)] : []));
  return [...block.blocks.filter((inner) => inner.type === type), ...asValues];
};

const blockFrom = (type: string, value: Extract<TerraformValue, { kind: 'object' }>): TerraformBlock => ({
  type,
  labels: [],
  attributes: value.entries,
  blocks: [],
  region: value.region,
});

/** The attribute under nested blocks: `['versioning', 'enabled']`; the first block of each type counts. */
export const underPath = (block: TerraformBlock, path: readonly string[]): TerraformValue | undefined => {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return attributeOf(block, first);
  const [inner] = nestedOf(block, first);
  if (inner !== undefined) return underPath(inner, rest);
  const whole = attributeOf(block, first); // `x = var.settings`: what lies under it is as unknown as itself
  return whole?.kind === 'reference' || whole?.kind === 'unknown' ? whole : undefined;
};
