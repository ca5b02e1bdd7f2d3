/** What one node of the syntax tree says, in a spelling that formatting, quotes and modern syntax do not change. */
import type { Node } from '../../javascript/syntax/syntax.ts';

/** Say nothing by themselves. */
const TRANSPARENT = new Set([
  'Program',
  'VariableDeclaration',
  'ParenthesizedExpression',
  'ChainExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'ClassBody',
]);

/** Say which other module is meant, not what is done. */
const SKIPPED = new Set(['EmptyStatement', 'ImportDeclaration', 'ExportAllDeclaration', 'ExportSpecifier']);

export const isTransparent = (node: Node): boolean =>
  TRANSPARENT.has(node.type) || (node.type === 'TemplateLiteral' && node.expressions.length === 0);

export const isSkipped = (node: Node): boolean =>
  SKIPPED.has(node.type) || (node.type === 'ExpressionStatement' && typeof node.directive === 'string');

const VERSION = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/** A property's name, or a literal's value; undefined = the node is none of these. */
export const leafToken = (node: Node, parent: Node | undefined): string | undefined => {
  if (node.type === 'Literal') return literal(node, parent);
  if (node.type === 'Identifier') return isName(node, parent) ? `.${node.name}` : undefined;
  if (node.type === 'PrivateIdentifier') return `.#${node.name}`;
  if (node.type === 'JSXIdentifier') return `<${node.name}`;
  if (node.type === 'JSXText') return `'${node.value.trim()}`;
  return node.type === 'TemplateElement' ? `'${node.value.cooked ?? node.value.raw}` : undefined;
};

const literal = (node: Node & { type: 'Literal' }, parent: Node | undefined): string => {
  if ('regex' in node && typeof node.regex === 'object') return `/${node.regex.pattern}/${node.regex.flags}`;
  if (typeof node.value !== 'string') return `#${'bigint' in node ? String(node.bigint) : String(node.value)}`;
  if (isKey(node, parent)) return `.${node.value}`;
  return VERSION.test(node.value) ? "'version" : `'${node.value}`;
};

const isKey = (node: Node, parent: Node | undefined): boolean =>
  (parent?.type === 'MemberExpression' && parent.property === node) || isName(node, parent);

const isName = (node: Node, parent: Node | undefined): boolean => {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition')
    return parent.key === node && !parent.computed;
  return false;
};

/** How an inner node begins: its type and what its fields say besides children. */
export const openToken = (node: Node): string => {
  // fields of several types that hold a text or a flag; absent ones give nothing
  const { operator, prefix, optional, delegate, kind } = node as unknown as Readonly<Record<string, unknown>>;
  const accessor = kind === 'get' || kind === 'set' ? `:${kind}` : '';
  return `(${node.type}${operator === undefined ? '' : ` ${String(operator)}`}${prefix === true ? ' pre' : ''}${optional === true ? ' ?.' : ''}${delegate === true ? ' *' : ''}${accessor}`;
};

const BODIES = new Set([
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'LabeledStatement',
]);

/** What a body without braces would have around it: `if (a) b()` is `if (a) { b() }`, and `=> x` is `=> { return x }`. */
export const impliedAround = (node: Node, parent: Node | undefined): readonly string[] => {
  if (parent === undefined || node.type === 'BlockStatement') return [];
  if (parent.type === 'ArrowFunctionExpression') return parent.body === node ? ['(BlockStatement', '(ReturnStatement'] : [];
  if (!BODIES.has(parent.type)) return [];
  const isBody =
    parent.type === 'IfStatement' ? parent.consequent === node || parent.alternate === node : 'body' in parent && parent.body === node;
  return isBody ? ['(BlockStatement'] : [];
};
