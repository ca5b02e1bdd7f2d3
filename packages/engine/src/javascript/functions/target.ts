/** The name of what is assigned to: `Foo.prototype.bar` and `exports.parse` as `Foo.bar` and `parse`. */
import { memberName } from '../syntax/builtin.ts';
import type { Names } from '../syntax/scope.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Place } from './place.ts';
import { joined, memberOf, named, part, roled } from './place.ts';

export interface Around {
  readonly names: Names;
  /** Of the function around. */
  readonly prefix: string;
  /** Qualified name of what `this` is here; empty = the module. */
  readonly self: string;
  /** Names that stand for `this` of some function: `var self = this`. */
  readonly selves: ReadonlyMap<unknown, string>;
}

const LONGEST = 12;

/** Of an object key, a class key or a property: the text, `[name]` when computed, `[]` when that is no plain name. */
export const keyOf = (key: Node, computed: boolean): string => {
  if (!computed) return part(key.type === 'PrivateIdentifier' ? `#${key.name}` : nameOf(key));
  if (key.type === 'Literal' && typeof key.value === 'string') return part(key.value);
  if (key.type === 'Identifier') return `[${part(key.name)}]`;
  return key.type === 'MemberExpression' && key.object.type === 'Identifier'
    ? `[${part(key.object.name)}.${part(memberName(key) ?? '')}]`
    : '[]';
};

/** undefined when it has no name: the result of a call, a pattern. */
export const targetOf = (around: Around, target: Node): Place | undefined => {
  const keys: string[] = [];
  let node = bare(target);
  for (let steps = 0; node.type === 'MemberExpression'; steps += 1) {
    if (steps > LONGEST) return undefined;
    const key = keyOf(node.property, node.computed);
    if (key !== 'prototype' && key !== '__proto__') keys.unshift(key);
    node = bare(node.object);
  }
  const first = keys[0];
  if (isModule(node) && (node.type !== 'Identifier' || node.name !== 'module' || first === 'exports')) {
    return inModule(around, node.type === 'Identifier' && node.name === 'module' ? keys.slice(1) : keys);
  }
  const root = rootOf(around, node);
  if (root === undefined) return undefined;
  const path = keys.slice(0, -1).reduce(joined, root.base);
  const last = keys.at(-1);
  return last === undefined ? root : memberOf({ ...root, base: path }, last);
};

const inModule = (around: Around, keys: readonly string[]): Place => {
  const last = keys.at(-1);
  if (last === undefined) return roled(around.prefix, 'exports');
  return memberOf({ ...roled(around.prefix, ''), base: keys.slice(0, -1).reduce(joined, '') }, last);
};

const isModule = (node: Node): boolean => node.type === 'Identifier' && (node.name === 'module' || node.name === 'exports');

/** What the first name of a path stands for: itself, `this` of a function, or a prototype. */
const rootOf = (around: Around, node: Node): Place | undefined => {
  if (node.type === 'ThisExpression') return named('', around.self);
  if (node.type !== 'Identifier') return undefined;
  const binding = around.names.bindingOf(node);
  const self = around.selves.get(binding);
  if (self !== undefined) return named('', self);
  const only = binding?.values.length === 1 ? binding.values[0] : undefined;
  const ofClass = only?.type === 'MemberExpression' && memberName(only) === 'prototype' && only.object.type === 'Identifier';
  return named(around.prefix, part(ofClass ? nameOf(only.object) : node.name));
};

/** Without what TypeScript puts around it. */
const bare = (node: Node): Node => {
  let inner = node;
  while (inner.type === 'TSAsExpression' || inner.type === 'TSNonNullExpression' || inner.type === 'TSTypeAssertion')
    inner = inner.expression;
  return inner;
};
