/** Tells whether an expression is something of a module of Node: `path.join`, `const { fork } = require('child_process')`. */
import type { Binding, Names } from './scope.ts';
import { nameOf } from './scope.ts';
import type { Node } from './syntax.ts';

/** The constant name after the dot or in the brackets. */
export const memberName = (node: Node): string | undefined => {
  if (node.type !== 'MemberExpression') return undefined;
  if (!node.computed) return nameOf(node.property);
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined;
};

/** `node` is `<module>.<member>` or a name for it; member undefined = any member of the module. */
export const isFrom = (names: Names, node: Node, module: string, member: string | undefined): boolean => {
  if (node.type === 'MemberExpression') {
    return (member === undefined || memberName(node) === member) && isModule(names, node.object, module);
  }
  const binding = node.type === 'Identifier' ? names.bindingOf(node) : undefined;
  if (binding === undefined) return false;
  const { picked } = binding;
  if (picked !== undefined) return (member === undefined || picked.imported === member) && isModule(names, picked.source, module);
  return (
    binding.values.length > 0 && binding.values.every((value) => value.type === 'MemberExpression' && isFrom(names, value, module, member))
  );
};

/** `node` is the module itself: a call of require, a name for it, or the source of an import. */
const isModule = (names: Names, node: Node, module: string): boolean => {
  if (node.type === 'Literal') return isNamed(node, module);
  if (node.type === 'MemberExpression') return isSpecialPath(names, node, module);
  if (node.type === 'CallExpression')
    return isRequireOf(node, module) || node.arguments.some((item) => item.type === 'CallExpression' && isRequireOf(item, module));
  const binding = node.type === 'Identifier' ? names.bindingOf(node) : undefined;
  return binding !== undefined && bindsModule(names, binding, module);
};

const bindsModule = (names: Names, binding: Binding, module: string): boolean => {
  if (binding.kind === 'import') return binding.picked !== undefined && isNamed(binding.picked.source, module);
  return binding.values.some(
    (value) => (value.type === 'CallExpression' || value.type === 'MemberExpression') && isModule(names, value, module),
  );
};

/** `path.posix.join` and the default export of a transpiled module: `path_1.default.join`. */
const isSpecialPath = (names: Names, node: Node & { type: 'MemberExpression' }, module: string): boolean =>
  ['posix', 'win32', 'default'].includes(memberName(node) ?? '') && isModule(names, node.object, module);

/** `require('path')`, whatever name require goes by here: what matters is that the value is that module. */
const isRequireOf = (call: Node & { type: 'CallExpression' }, module: string): boolean => {
  const first = call.arguments[0];
  return call.arguments.length === 1 && first !== undefined && isNamed(first, module);
};

const isNamed = (node: Node, module: string): boolean =>
  node.type === 'Literal' && (node.value === module || node.value === `node:${module}`);
