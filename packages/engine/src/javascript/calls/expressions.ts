/** Expressions: the variable that has the value of each. */
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, ELEMENT, EXPORTS, NONE, OP, STORED } from './call-facts.ts';
import { compileCall, compileTag } from './calls.ts';
import { compileClass } from './classes.ts';
import type { Compiling } from './compiling.ts';
import { asksForThis, assignTo, isCalled, listVariable, memberNames, storeUnder, takeMethod } from './targets.ts';

/** Called when everything inside of the node was compiled. NONE = nothing to follow. */
export const compileExpression = (compiling: Compiling, node: Node): number => {
  switch (node.type) {
    case 'Identifier':
      return compileIdentifier(compiling, node);
    case 'MemberExpression':
      return compileMember(compiling, node);
    case 'CallExpression':
    case 'NewExpression':
      return compileCall(compiling, node);
    case 'ImportExpression':
      return compileImportCall(compiling, node);
    case 'TaggedTemplateExpression':
      return compileTag(compiling, node);
    case 'AssignmentExpression':
      return compileAssignment(compiling, node);
    case 'ObjectExpression':
      return compileObject(compiling, node);
    case 'ArrayExpression':
      return compileArray(compiling, node);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return compileClass(compiling, node);
    case 'ThisExpression':
      return compiling.out.owner.index === 0 ? EXPORTS : NONE;
    case 'ConditionalExpression':
      return joined(compiling, [node.consequent, node.alternate]);
    case 'LogicalExpression':
      return joined(compiling, [node.left, node.right]);
    case 'JSXElement':
      compileJsx(compiling, node);
      return NONE;
    default:
      return inside(compiling, node);
  }
};

/** Expressions that have the value of one part. */
const inside = ({ variableOf }: Compiling, node: Node): number => {
  if (node.type === 'SequenceExpression') return variableOf(node.expressions.at(-1));
  if (node.type === 'AwaitExpression' || node.type === 'SpreadElement') return variableOf(node.argument);
  const holds = node.type.startsWith('TS') || node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression';
  return (holds || node.type === 'JSXExpressionContainer') && 'expression' in node && typeof node.expression === 'object'
    ? variableOf(node.expression as Node | null) // of these types: an expression
    : NONE;
};

const joined = ({ out, variableOf }: Compiling, parts: readonly Node[]): number => {
  const values = parts.map(variableOf).filter((value) => value !== NONE);
  const [first = NONE] = values;
  if (values.length < 2) return first;
  const to = out.fresh();
  for (const value of values) out.move(to, value);
  return to;
};

const compileIdentifier = (compiling: Compiling, node: Node & { type: 'Identifier' }): number => {
  const { out, folding, knowledge } = compiling;
  const binding = folding.names.bindingOf(node);
  if (binding !== undefined) return out.bindingVariable(binding);
  if (folding.names.globals.get(node.name)?.includes(node) !== true) return NONE;
  if (node.name === 'arguments') return out.owner.index === 0 ? NONE : listVariable(compiling);
  if (node.name === 'undefined' || node.name === 'require' || knowledge.isNative(node)) return NONE;
  return out.globalVariable(node.name);
};

const compileMember = (compiling: Compiling, node: Node & { type: 'MemberExpression' }): number => {
  const { out, folding, knowledge, variableOf } = compiling;
  const parent = folding.names.parentOf(node);
  if (isTarget(node, parent)) return NONE;
  const name = memberName(node);
  if (name !== undefined && !isUsed(node, parent)) {
    out.touch(name);
    return NONE;
  }
  if (UNFOLLOWED.has(name ?? '') || knowledge.isNative(node.object)) return NONE;
  if (node.object.type === 'ThisExpression' && name === undefined) return out.load(NONE, memberNames(compiling, node)[0] ?? ELEMENT, false);
  const known = knowledge.isKnown(node.object);
  const base = variableOf(node.object);
  if (name !== undefined && !known && isTaken(compiling, node, parent)) takeMethod(compiling, base, name, node);
  const names = memberNames(compiling, node);
  if (names.includes(ANY_NAME) && !known && isApplied(parent)) out.callOwnMethods(compiling.lines.line(node.start));
  const loaded = names.map((each) => out.load(base, each, known));
  const [first = NONE] = loaded;
  if (loaded.length < 2) return first;
  const to = out.fresh();
  for (const value of loaded) out.move(to, value);
  return to;
};

/** `object[key].apply(…)` */
const isApplied = (parent: Node | undefined): boolean =>
  ['call', 'apply', 'bind'].includes(parent === undefined ? '' : (memberName(parent) ?? ''));

/** Methods of a prototype are found by their names; the others hold no function of an application. */
const UNFOLLOWED = new Set(['prototype', '__proto__', 'length']);

/** Assigned to, called (the call looks the property up itself), deleted. */
const isTarget = (node: Node, parent: Node | undefined): boolean => {
  switch (parent?.type) {
    case 'AssignmentExpression':
      return parent.left === node && parent.operator === '=';
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node;
    case 'TaggedTemplateExpression':
      return parent.tag === node;
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'delete';
    default:
      return false;
  }
};

/** `const parse = this.parse` where `parse` is called, and `each(this.parse)`. */
const isTaken = (compiling: Compiling, node: Node & { type: 'MemberExpression' }, parent: Node | undefined): boolean => {
  if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' && isCalled(compiling, parent.id);
  const isOwn = node.object.type === 'ThisExpression' || /^_?(?:self|that|this|me)$/.test(nameOf(node.object));
  if (parent?.type === 'AssignmentExpression')
    return parent.left.type === 'Identifier' ? isCalled(compiling, parent.left) : isOwn && parent.right === node;
  const isArgument = (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== node;
  return isArgument && isOwn;
};

/** false where only a number, a text or a truth value is asked of it. */
const isUsed = (node: Node, parent: Node | undefined): boolean => {
  switch (parent?.type) {
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'TemplateLiteral':
    case 'ExpressionStatement':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'SwitchStatement':
    case 'SwitchCase':
    case 'ThrowStatement':
      return false;
    case 'ConditionalExpression':
      return parent.test !== node;
    case 'MemberExpression':
      return parent.object === node;
    default:
      return true;
  }
};

const compileImportCall = ({ out, loadsAt }: Compiling, node: Node): number => {
  const loads = loadsAt(node);
  if (loads === undefined) return NONE;
  const to = out.fresh();
  for (const load of loads) out.emit(OP.REQUIRE, to, load);
  return to;
};

const compileAssignment = (compiling: Compiling, node: Node & { type: 'AssignmentExpression' }): number => {
  const from = compiling.variableOf(node.right);
  if (['=', '||=', '??=', '&&='].includes(node.operator)) assignTo(compiling, node.left, from, compiling.knowledge.isKnown(node.right));
  return from;
};

const compileObject = (compiling: Compiling, node: Node & { type: 'ObjectExpression' }): number => {
  const { out, variableOf } = compiling;
  const to = newObject(compiling);
  if (isDescriptor(compiling, node)) return to;
  const kind = isExported(compiling, node) ? STORED.EXPORT : STORED.VALUE;
  for (const item of node.properties) {
    if (item.type === 'SpreadElement') {
      if (variableOf(item.argument) !== NONE) out.emit(OP.COPY, to, variableOf(item.argument));
    } else
      storeUnder(
        compiling,
        to,
        item,
        variableOf(item.value),
        asksForThis(compiling, item.value) ? STORED.VALUE : kind,
        item.kind === 'init' ? '' : `${item.kind} `,
      );
  }
  return to;
};

/** What `Object.defineProperty` and the helpers of compilers take: read where they are called; elsewhere it counts as called. */
const isDescriptor = (compiling: Compiling, node: Node & { type: 'ObjectExpression' }): boolean => {
  const keys = node.properties.map((item) => (item.type === 'Property' ? nameOf(item.key) : ''));
  const isOne = keys.some((key) => ['enumerable', 'configurable', 'writable'].includes(key)) || (keys[0] === 'key' && keys.length === 2);
  if (!isOne) return false;
  const parent = compiling.folding.names.parentOf(node);
  if (parent?.type === 'CallExpression' || parent?.type === 'ArrayExpression') return true;
  for (const item of node.properties) {
    const value = item.type === 'Property' ? compiling.variableOf(item.value) : NONE;
    if (value !== NONE) compiling.out.emit(OP.ESCAPE, value, compiling.lines.line(item.start));
  }
  return true;
};

/** `module.exports = { … }`, `export default { … }` */
const isExported = ({ folding }: Compiling, node: Node): boolean => {
  const parent = folding.names.parentOf(node);
  if (parent?.type === 'ExportDefaultDeclaration') return true;
  return parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' && nameOf(parent.left.object) === 'module';
};

const compileArray = (compiling: Compiling, node: Node & { type: 'ArrayExpression' }): number => {
  const to = newObject(compiling);
  for (const item of node.elements) {
    if (item === null) continue;
    const value = compiling.variableOf(item);
    if (item.type === 'SpreadElement' && value !== NONE) compiling.out.emit(OP.COPY, to, value);
    else compiling.out.store(to, ELEMENT, value, STORED.VALUE);
  }
  return to;
};

const newObject = ({ out }: Compiling): number => out.object();

/** The framework renders the component and calls what it is given. */
const compileJsx = (compiling: Compiling, node: Node & { type: 'JSXElement' }): void => {
  const { out, variableOf, lines } = compiling;
  const { name, attributes } = node.openingElement;
  const line = lines.line(node.start);
  const component = componentOf(compiling, name);
  if (component !== NONE) out.emit(OP.ESCAPE, component, line);
  for (const item of attributes) {
    const given = item.type === 'JSXSpreadAttribute' ? variableOf(item.argument) : variableOf(item.value);
    if (given !== NONE) out.emit(OP.ESCAPE, given, line);
  }
  for (const child of node.children) if (variableOf(child) !== NONE) out.emit(OP.ESCAPE, variableOf(child), line);
};

const componentOf = ({ out, bindingNamed }: Compiling, name: Node): number => {
  if (name.type === 'JSXMemberExpression') return out.load(NONE, nameOf(name.property), false);
  const binding = /^[A-Z]/.test(nameOf(name)) ? bindingNamed(nameOf(name)) : undefined;
  return binding === undefined ? NONE : out.bindingVariable(binding);
};
