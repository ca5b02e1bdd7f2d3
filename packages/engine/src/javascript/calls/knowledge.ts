/** What can be said of an expression by looking at it: it is of the language itself, or an object that is seen whole. */
import { isBuiltin } from 'node:module';
import { memberName } from '../syntax/builtin.ts';
import type { Binding, Names } from '../syntax/scope.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { INTEROP, NATIVE_GLOBALS } from './natives.ts';

/** Longest chain of names and members that is looked through. */
const DEEPEST = 12;

export class Knowledge {
  readonly #names: Names;
  readonly #isLoad: (node: Node) => boolean;
  readonly #known = new Map<Binding, boolean>();
  readonly #native = new Map<Binding, boolean>();

  /** `isLoad`: the expression loads a module. */
  constructor(names: Names, isLoad: (node: Node) => boolean) {
    this.#names = names;
    this.#isLoad = isLoad;
  }

  /** A module, or an object or function of this module under its only name: its properties are those that are seen to be stored. */
  isKnown(node: Node, depth = 0): boolean {
    const inner = bare(node);
    if (depth > DEEPEST) return false;
    if (this.#isLoad(inner) || inner.type === 'ArrayExpression') return true;
    if (inner.type === 'Identifier') {
      const binding = this.#names.bindingOf(inner);
      return binding === undefined ? isOfModule(inner) : this.#isKnownBinding(binding, depth);
    }
    if (inner.type === 'MemberExpression') return this.isKnown(inner.object, depth + 1);
    return inner.type === 'CallExpression' && ((isInterop(inner) && this.#isArgumentKnown(inner, depth)) || isBareObject(inner));
  }

  #isArgumentKnown(call: Node & { type: 'CallExpression' }, depth: number): boolean {
    const first = call.arguments[0];
    return first !== undefined && this.isKnown(first, depth + 1);
  }

  #isKnownBinding(binding: Binding, depth: number): boolean {
    const found = this.#known.get(binding);
    if (found !== undefined) return found;
    this.#known.set(binding, false);
    const result = this.#isSeenWhole(binding, depth);
    this.#known.set(binding, result);
    return result;
  }

  #isSeenWhole(binding: Binding, depth: number): boolean {
    if (binding.kind === 'import') return true;
    if (binding.kind === 'param') return false;
    if (binding.picked !== undefined && binding.values.length === 0) return this.isKnown(binding.picked.source, depth + 1);
    const values = new Set(binding.values);
    if (binding.opaque || values.size !== 1 || binding.elements.length > 0) return false;
    const [value] = values;
    if (value === undefined) return false;
    const given = bare(value);
    return isFunction(given) || LITERAL.has(given.type) || this.isKnown(given, depth + 1);
  }

  /** Of the language or of Node: a global, a module of Node, a text, a list, a pattern. */
  isNative(node: Node, depth = 0): boolean {
    const inner = bare(node);
    if (depth > DEEPEST) return false;
    if (inner.type === 'Identifier') return this.#isNativeName(inner, depth);
    if (inner.type === 'MemberExpression') return this.isNative(inner.object, depth + 1);
    if (inner.type === 'CallExpression') return isNodeModule(inner);
    if (inner.type === 'ImportExpression') return isNodeName(inner.source);
    if (inner.type === 'NewExpression') return inner.callee.type === 'Identifier' && this.isNative(inner.callee, depth + 1);
    return TEXT.has(inner.type);
  }

  /** An array: written here, made from one or from a text, or a name for one. */
  isList(node: Node, depth = 0): boolean {
    const inner = bare(node);
    if (depth > DEEPEST) return false;
    if (inner.type === 'ArrayExpression') return true;
    if (inner.type === 'CallExpression') return this.#givesList(inner, depth);
    const binding = inner.type === 'Identifier' ? this.#names.bindingOf(inner) : undefined;
    const [value, ...others] = new Set(binding?.values ?? []);
    if (binding === undefined || value === undefined || others.length > 0 || binding.opaque || binding.kind === 'param') return false;
    return binding.elements.length === 0 && this.isList(value, depth + 1);
  }

  #givesList(call: Node & { type: 'CallExpression' }, depth: number): boolean {
    const name = memberName(call.callee) ?? '';
    if (call.callee.type !== 'MemberExpression') return false;
    if (['keys', 'values', 'entries', 'getOwnPropertyNames'].includes(name)) return nameOf(call.callee.object) === 'Object';
    return LISTS_AGAIN.has(name) && this.isList(call.callee.object, depth + 1);
  }

  #isNativeName(identifier: Node, depth: number): boolean {
    const binding = this.#names.bindingOf(identifier);
    if (binding === undefined) return NATIVE_GLOBALS.has(nameOf(identifier));
    const found = this.#native.get(binding);
    if (found !== undefined) return found;
    this.#native.set(binding, false);
    const result = this.#isNativeBinding(binding, depth);
    this.#native.set(binding, result);
    return result;
  }

  #isNativeBinding(binding: Binding, depth: number): boolean {
    if (binding.picked !== undefined && binding.values.length === 0) {
      return binding.kind === 'import' ? isNodeName(binding.picked.source) : this.isNative(binding.picked.source, depth + 1);
    }
    const values = new Set(binding.values);
    const [value] = values;
    return values.size === 1 && value !== undefined && !binding.opaque && binding.kind !== 'param' && this.isNative(value, depth + 1);
  }
}

/** Node's own names for what a module gives. */
const isOfModule = (identifier: Node): boolean => nameOf(identifier) === 'module' || nameOf(identifier) === 'exports';

/** Methods of a list that give another list. */
const LISTS_AGAIN = new Set(['concat', 'filter', 'map', 'slice', 'sort', 'reverse', 'flat', 'flatMap']);
const LITERAL = new Set(['ObjectExpression', 'ClassExpression', 'ClassDeclaration', 'ArrayExpression']);
const TEXT = new Set(['Literal', 'TemplateLiteral', 'BinaryExpression', 'UnaryExpression']);

/** `Object.create(null)`: an object with nothing but what is stored in it. */
export const isBareObject = (call: Node & { type: 'CallExpression' }): boolean => {
  const [first] = call.arguments;
  const onObject =
    memberName(call.callee) === 'create' && call.callee.type === 'MemberExpression' && nameOf(call.callee.object) === 'Object';
  return onObject && first?.type === 'Literal' && first.value === null;
};

export const isInterop = (call: Node & { type: 'CallExpression' }): boolean =>
  INTEROP.test(call.callee.type === 'MemberExpression' ? (memberName(call.callee) ?? '') : nameOf(bare(call.callee)));

const isNodeModule = (call: Node & { type: 'CallExpression' }): boolean => {
  const first = call.arguments[0];
  return call.arguments.length === 1 && first !== undefined && nameOf(call.callee) === 'require' && isNodeName(first);
};

const isNodeName = (node: Node): boolean => node.type === 'Literal' && typeof node.value === 'string' && isBuiltin(node.value);

/** The expression that has the value: without types, brackets, awaiting; the last of a sequence; what is assigned. */
export const bare = (node: Node): Node => {
  let at = node;
  for (;;) {
    if (at.type === 'SequenceExpression') at = at.expressions.at(-1) ?? at;
    else if (at.type === 'AwaitExpression') at = at.argument;
    else if (at.type === 'AssignmentExpression' && at.operator === '=') at = at.right;
    else if (WRAPS.has(at.type) && 'expression' in at && typeof at.expression === 'object' && at.expression !== null)
      at = at.expression as Node; // each of these holds one expression
    else return at;
  }
};

const WRAPS = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ChainExpression',
]);
