/** Syntax block → block with values; `dynamic` blocks become the blocks that they make. */
import type { TerraformBlock, TerraformValue } from '../facts.ts';
import { evaluate, type Scope, type SourceFile } from './evaluate.ts';
import { withIterator } from './scope.ts';
import type { Block } from './syntax.ts';

/** More passes than this are shown as one block whose iterator is not known. */
const MAX_PASSES = 100;

export const blockOf = (block: Block, file: SourceFile, scope: Scope): TerraformBlock => {
  const attributes: Record<string, TerraformValue> = Object.create(null); // names are the repository's: no prototype to hit
  for (const { name, value } of block.attributes) attributes[name] = evaluate(value, file, scope);
  return {
    type: block.type,
    labels: block.labels,
    attributes,
    blocks: block.blocks.flatMap((inner) => (inner.type === 'dynamic' ? dynamic(inner, file, scope) : [blockOf(inner, file, scope)])),
    region: file.region(block.span.start, block.span.end),
  };
};

const dynamic = (block: Block, file: SourceFile, scope: Scope): readonly TerraformBlock[] => {
  const type = block.labels[0] ?? '';
  const content = block.blocks.find((inner) => inner.type === 'content');
  if (content === undefined) return [];
  const template: Block = { ...content, type, labels: [] };
  const each = block.attributes.find((attribute) => attribute.name === 'for_each')?.value;
  const passes = each === undefined ? undefined : passesOf(evaluate(each, file, scope));
  const size = 1 + (content.span.end - content.span.start) / 16;
  if (passes === undefined || !scope.spend(size * passes.length)) return [blockOf(template, file, scope)];
  return passes.map((pass) => blockOf(template, file, withIterator(scope, iteratorOf(block) ?? type, pass)));
};

const iteratorOf = (block: Block): string | undefined => {
  const named = block.attributes.find((attribute) => attribute.name === 'iterator')?.value;
  return named?.kind === 'traversal' ? named.root : undefined;
};

type Pass = { readonly key: TerraformValue; readonly value: TerraformValue };

const passesOf = (each: TerraformValue): readonly Pass[] | undefined => {
  if (each.kind === 'list') return each.items.length > MAX_PASSES ? undefined : each.items.map((value) => ({ key: value, value }));
  if (each.kind !== 'object') return undefined;
  const entries = Object.entries(each.entries);
  if (entries.length > MAX_PASSES) return undefined;
  return entries.map(([key, value]) => ({ key: { kind: 'literal', value: key, region: value.region }, value }));
};
