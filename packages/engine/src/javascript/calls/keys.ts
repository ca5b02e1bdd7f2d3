/** Names that a computed key can have, as far as they fold to constants. */
import type { Folding } from '../modules/fold.ts';
import { fold } from '../modules/fold.ts';
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, ELEMENT } from './call-facts.ts';

const MOST = 64;

export const namesOfKey = (folding: Folding, key: Node): readonly string[] => {
  if (key.type === 'Literal') return [typeof key.value === 'number' ? ELEMENT : String(key.value)];
  if (key.type === 'MemberExpression' && nameOf(key.object) === 'Symbol') return [`@@${memberName(key) ?? ''}`];
  if (isNumber(folding, key)) return [ELEMENT];
  const texts = fold(folding, key);
  const known = texts.length <= MOST && texts.every((text) => text.tail === undefined);
  return known && texts.length > 0 ? [...new Set(texts.map((text) => text.head))] : [ANY_NAME];
};

/** `list[i]`, `list[i + 1]`, `list[list.length - 1]`, `list[i++]` */
const isNumber = (folding: Folding, key: Node): boolean => {
  if (key.type === 'UpdateExpression') return true;
  if (key.type === 'BinaryExpression') return key.operator !== '+' || isNumber(folding, key.right);
  if (key.type === 'Literal') return typeof key.value === 'number';
  if (key.type === 'MemberExpression') return memberName(key) === 'length';
  const binding = key.type === 'Identifier' ? folding.names.bindingOf(key) : undefined;
  return (
    binding !== undefined &&
    binding.values.length > 0 &&
    binding.values.every((value) => value.type === 'Literal' && typeof value.value === 'number')
  );
};
