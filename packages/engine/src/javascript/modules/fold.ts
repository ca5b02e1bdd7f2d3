/** Folds an expression to the texts it can have, through names, calls inside the module, lists and tables; whatever is not sure is unknown. */
import { posix } from 'node:path';
import { isFrom, memberName } from '../syntax/builtin.ts';
import type { Binding, Names } from '../syntax/scope.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Pattern } from './pattern.ts';
import { either, exact, HERE, joined, START, UNKNOWN } from './pattern.ts';

export interface Folding {
  readonly names: Names;
  /** Last part of the module's own path. */
  readonly file: string;
}

const DEEPEST = 24;

export const fold = (folding: Folding, node: Node): readonly Pattern[] => new Folder(folding).of(node, 0);

class Folder {
  readonly #names: Names;
  readonly #file: string;
  /** Names whose values are being folded: a name that needs itself is unknown. */
  readonly #active = new Set<unknown>();

  constructor(folding: Folding) {
    this.#names = folding.names;
    this.#file = folding.file;
  }

  of(node: Node, depth: number): readonly Pattern[] {
    if (depth > DEEPEST) return [UNKNOWN];
    const inner = (child: Node): readonly Pattern[] => this.of(child, depth + 1);
    switch (node.type) {
      case 'Literal':
        return [typeof node.value === 'string' || typeof node.value === 'number' ? exact(String(node.value)) : UNKNOWN];
      case 'TemplateLiteral':
        return joined(
          node.quasis.flatMap((quasi, at) => [[exact(quasi.value.cooked ?? quasi.value.raw)], ...optional(node.expressions[at], inner)]),
        );
      case 'BinaryExpression':
        return node.operator === '+' ? joined([inner(node.left), inner(node.right)]) : [UNKNOWN];
      case 'ConditionalExpression':
        return either(inner(node.consequent), inner(node.alternate));
      case 'LogicalExpression':
        return node.operator === '&&' ? inner(node.right) : either(inner(node.left), inner(node.right));
      case 'Identifier':
        return this.#identifier(node, depth);
      case 'MemberExpression':
        return this.#member(node, depth);
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, depth);
      default: {
        const same = transparent(node);
        return same === undefined ? [UNKNOWN] : inner(same);
      }
    }
  }

  #identifier(node: Node, depth: number): readonly Pattern[] {
    const binding = this.#names.bindingOf(node);
    if (binding !== undefined) return this.#once(binding, () => this.#binding(binding, depth));
    if (nameOf(node) === '__dirname') return [exact(HERE)];
    return [nameOf(node) === '__filename' ? exact(`${HERE}/${this.#file}`) : UNKNOWN];
  }

  #once(key: unknown, work: () => readonly Pattern[]): readonly Pattern[] {
    if (this.#active.has(key)) return [UNKNOWN];
    this.#active.add(key);
    const result = work();
    this.#active.delete(key);
    return result;
  }

  #binding(binding: Binding, depth: number): readonly Pattern[] {
    if (binding.opaque || binding.kind === 'import' || binding.kind === 'function') return [UNKNOWN];
    const values = binding.values.map((value) => this.of(value, depth + 1));
    const elements = binding.elements.map((list) => this.#elements(list, depth + 1));
    const given = binding.kind === 'param' ? [this.#argument(binding, depth + 1)] : [];
    const all = [...values, ...elements, ...given];
    return all.length === 0 ? [UNKNOWN] : either(...all);
  }

  /** What callers pass for a parameter, when every caller is in sight. */
  #argument(binding: Binding, depth: number): readonly Pattern[] {
    const { fn, index } = binding.owner ?? {};
    if (fn === undefined || index === undefined) return [UNKNOWN];
    const list = this.#iterated(fn, index);
    if (list !== undefined) return this.#elements(list, depth);
    const calls = callsOf(this.#names, fn);
    if (calls === undefined || calls.length === 0) return [UNKNOWN];
    const given = calls.flatMap((call) => ('arguments' in call ? [call.arguments] : []));
    if (given.some((list) => list.slice(0, index + 1).some((item) => item.type === 'SpreadElement'))) return [UNKNOWN];
    const present = given.flatMap((list) => optional(list[index], (item) => this.of(item, depth + 1)));
    return present.length === 0 ? [UNKNOWN] : either(...present);
  }

  /** `list.forEach(fn)`: the first parameter runs over the list. */
  #iterated(fn: Node, index: number): Node | undefined {
    const call = this.#names.parentOf(fn);
    if (index !== 0 || call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
    const over = ['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap'].includes(memberName(call.callee) ?? '');
    return over && call.arguments[0] === fn ? call.callee.object : undefined;
  }

  #elements(list: Node, depth: number): readonly Pattern[] {
    if (depth > DEEPEST) return [UNKNOWN];
    if (list.type === 'ArrayExpression') return either(...list.elements.map((item) => (item === null ? [] : this.#element(item, depth))));
    if (list.type === 'CallExpression') return this.#listCall(list, depth);
    const same = transparent(list);
    if (same !== undefined) return this.#elements(same, depth + 1);
    const binding = list.type === 'Identifier' ? this.#names.bindingOf(list) : undefined;
    if (binding === undefined || !this.#onlyRead(binding)) return [UNKNOWN];
    return this.#once(binding, () => either(...binding.values.map((value) => this.#elements(value, depth + 1))));
  }

  #element(item: Node, depth: number): readonly Pattern[] {
    return item.type === 'SpreadElement' ? this.#elements(item.argument, depth + 1) : this.of(item, depth + 1);
  }

  #listCall(call: Node & { type: 'CallExpression' }, depth: number): readonly Pattern[] {
    if (call.callee.type !== 'MemberExpression') return [UNKNOWN];
    const name = memberName(call.callee) ?? '';
    const first = call.arguments[0];
    if (['filter', 'slice', 'sort', 'reverse'].includes(name)) return this.#elements(call.callee.object, depth + 1);
    if (name === 'concat') return either(...[call.callee.object, ...call.arguments].map((item) => this.#elements(item, depth + 1)));
    if (name === 'keys' && first !== undefined && nameOf(call.callee.object) === 'Object') return this.#keys(first);
    if (name !== 'split' || first === undefined) return [UNKNOWN];
    const [text, by] = [this.of(call.callee.object, depth + 1), this.of(first, depth + 1)];
    const known = [...text, ...by].every((item) => item.tail === undefined);
    return known ? either(...text.map((item) => item.head.split(by[0]?.head ?? '').map(exact))) : [UNKNOWN];
  }

  #table(node: Node): (Node & { type: 'ObjectExpression' }) | undefined {
    const direct = transparent(node) ?? node;
    if (direct.type === 'ObjectExpression') return direct;
    const binding = direct.type === 'Identifier' ? this.#names.bindingOf(direct) : undefined;
    const value = binding?.values[0];
    return binding !== undefined && binding.values.length === 1 && value?.type === 'ObjectExpression' && this.#onlyRead(binding)
      ? value
      : undefined;
  }

  #keys(node: Node): readonly Pattern[] {
    const table = this.#table(node);
    if (table === undefined) return [UNKNOWN];
    return either(table.properties.map((item) => (item.type === 'Property' && !item.computed ? exact(nameOf(item.key)) : UNKNOWN)));
  }

  /** A table or list that is only looked into cannot have been changed elsewhere. */
  #onlyRead(binding: Binding): boolean {
    if (binding.opaque || binding.kind !== 'var') return false;
    return binding.uses.every((use) => {
      const parent = this.#names.parentOf(use);
      if (parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement') return parent.right === use;
      if (parent?.type === 'BinaryExpression' || parent?.type === 'SpreadElement') return true;
      if (parent?.type === 'CallExpression') return isObjectRead(parent);
      if (parent?.type === 'AssignmentExpression') return parent.left === use;
      return parent?.type === 'MemberExpression' && parent.object === use && !this.#changes(parent);
    });
  }

  #changes(member: Node): boolean {
    const parent = this.#names.parentOf(member);
    if (parent?.type === 'AssignmentExpression') return parent.left === member;
    if (parent?.type === 'UpdateExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'delete')) return true;
    const name = memberName(member);
    return (
      parent?.type === 'CallExpression' &&
      parent.callee === member &&
      ['push', 'unshift', 'splice', 'fill', 'copyWithin'].includes(name ?? '')
    );
  }

  #member(node: Node & { type: 'MemberExpression' }, depth: number): readonly Pattern[] {
    if (node.object.type === 'MetaProperty') return this.#meta(memberName(node));
    if (nameOf(node.object) === 'module' && memberName(node) === 'filename') return [exact(`${HERE}/${this.#file}`)];
    const table = this.#table(node.object);
    if (table !== undefined) return this.#lookUp(table, memberName(node), depth);
    return node.computed ? this.#elements(node.object, depth + 1) : [UNKNOWN];
  }

  #meta(name: string | undefined): readonly Pattern[] {
    if (name === 'url' || name === 'filename') return [exact(`${HERE}/${this.#file}`)];
    return [name === 'dirname' ? exact(HERE) : UNKNOWN];
  }

  #lookUp(table: Node & { type: 'ObjectExpression' }, key: string | undefined, depth: number): readonly Pattern[] {
    const found: (readonly Pattern[])[] = [];
    for (const item of table.properties) {
      if (item.type !== 'Property' || item.computed) return [UNKNOWN];
      if (key === undefined || nameOf(item.key) === key) found.push(this.of(item.value, depth + 1));
    }
    return found.length === 0 ? [UNKNOWN] : either(...found);
  }

  #call(node: Node & { type: 'CallExpression' | 'NewExpression' }, depth: number): readonly Pattern[] {
    const args = node.arguments.map((item) => (item.type === 'SpreadElement' ? [UNKNOWN] : this.of(item, depth + 1)));
    const first = args[0] ?? [UNKNOWN];
    if (node.type === 'NewExpression') return nameOf(node.callee) === 'URL' ? beside(first, args[1]) : [UNKNOWN];
    const name = (node.callee.type === 'MemberExpression' ? memberName(node.callee) : nameOf(node.callee)) ?? '';
    const object = calleeObject(node);
    if (this.#isItsArgument(node, name)) return first;
    if (name === 'cwd' && nameOf(object) === 'process') return [exact(START)];
    if (isFrom(this.#names, node.callee, 'path', undefined)) return pathCall(name, args);
    return object === node ? this.#ownCall(node, depth) : this.#textCall(object, name, args, depth);
  }

  /** Calls that give back the place that they are asked about. */
  #isItsArgument(call: Node & { type: 'CallExpression' }, name: string): boolean {
    const object = calleeObject(call);
    if (name === 'resolve') return nameOf(object) === 'require' || object.type === 'MetaProperty';
    if (name === 'fileURLToPath' || name === 'pathToFileURL') return isFrom(this.#names, call.callee, 'url', name);
    if (name === 'realpathSync') return isFrom(this.#names, call.callee, 'fs', name);
    return name === 'String' && object === call && this.#names.bindingOf(call.callee) === undefined;
  }

  #textCall(object: Node, name: string, args: readonly (readonly Pattern[])[], depth: number): readonly Pattern[] {
    if (name === 'toString' || name === 'trim') return this.of(object, depth + 1);
    if (name === 'concat') return joined([this.of(object, depth + 1), ...args]);
    return name === 'join' && object.type === 'ArrayExpression' ? this.#glued(object, args[0] ?? [exact(',')], depth) : [UNKNOWN];
  }

  #glued(list: Node & { type: 'ArrayExpression' }, by: readonly Pattern[], depth: number): readonly Pattern[] {
    const parts = list.elements.map((item) => (item === null || item.type === 'SpreadElement' ? [UNKNOWN] : this.of(item, depth + 1)));
    return joined(parts.flatMap((part, at) => (at === 0 ? [part] : [by, part])));
  }

  /** A function of this module that gives back constants. */
  #ownCall(node: Node & { type: 'CallExpression' }, depth: number): readonly Pattern[] {
    const fn = functionOf(this.#names, node.callee);
    const given = fn === undefined ? undefined : this.#names.returns.get(fn);
    if (fn === undefined || given === undefined) return [UNKNOWN];
    return this.#once(fn, () => either(...given.map((value) => this.of(value, depth + 1))));
  }
}

const optional = <T, R>(item: T | null | undefined, map: (item: T) => R): readonly R[] =>
  item === null || item === undefined ? [] : [map(item)];

/** Expressions that have the value of one part. */
const transparent = (node: Node): Node | undefined => {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return node.expression;
    case 'AssignmentExpression':
      return node.operator === '=' ? node.right : undefined;
    case 'SequenceExpression':
      return node.expressions.at(-1);
    default:
      return undefined;
  }
};

/** `Object.keys(table)` and such look and do not change. */
const isObjectRead = (call: Node & { type: 'CallExpression' }): boolean =>
  call.callee.type === 'MemberExpression' &&
  nameOf(call.callee.object) === 'Object' &&
  ['keys', 'values', 'entries', 'freeze', 'hasOwn'].includes(memberName(call.callee) ?? '');

const calleeObject = (call: Node & { type: 'CallExpression' }): Node =>
  call.callee.type === 'MemberExpression' ? call.callee.object : call;

/** The function that a name or expression stands for, when it is just one. */
export const functionOf = (names: Names, node: Node): Node | undefined => {
  if (isFunction(node)) return node;
  const binding = node.type === 'Identifier' ? names.bindingOf(node) : undefined;
  const value = binding?.values[0];
  return binding !== undefined && !binding.opaque && binding.kind !== 'param' && binding.values.length === 1 && isFunction(value)
    ? value
    : undefined;
};

/** Every call of a function, or undefined when it gets out of sight (exported, stored, passed on). */
export const callsOf = (names: Names, fn: Node): readonly (Node & { type: 'CallExpression' | 'NewExpression' })[] | undefined => {
  const parent = names.parentOf(fn);
  if (isCall(parent) && parent.callee === fn) return [parent];
  const identifier =
    fn.type === 'FunctionDeclaration' ? fn.id : parent?.type === 'VariableDeclarator' && parent.init === fn ? parent.id : undefined;
  const binding = identifier ? names.bindingOf(identifier) : undefined;
  if (binding === undefined || binding.opaque || binding.values.length !== 1) return undefined;
  const calls = binding.uses.map((use) => ({ use, call: names.parentOf(use) }));
  const seen = calls.flatMap(({ use, call }) => (isCall(call) && call.callee === use ? [call] : []));
  return seen.length === binding.uses.length && !isExported(names, fn) ? seen : undefined;
};

const isCall = (node: Node | undefined): node is Node & { type: 'CallExpression' | 'NewExpression' } =>
  node?.type === 'CallExpression' || node?.type === 'NewExpression';

const isExported = (names: Names, fn: Node): boolean => {
  const statement = fn.type === 'FunctionDeclaration' ? fn : names.parentOf(names.parentOf(fn) ?? fn);
  return statement !== undefined && names.parentOf(statement)?.type.startsWith('Export') === true;
};

/** `new URL('./x.js', import.meta.url)` */
const beside = (path: readonly Pattern[], base: readonly Pattern[] | undefined): readonly Pattern[] => {
  if (base?.length !== 1 || base[0]?.head.startsWith(HERE) !== true || base[0].tail !== undefined) return [UNKNOWN];
  return joined([[exact(`${HERE}/`)], path]);
};

const pathCall = (name: string, args: readonly (readonly Pattern[])[]): readonly Pattern[] => {
  const first = args[0] ?? [UNKNOWN];
  if (name === 'join' || name === 'resolve') {
    const rooted = name === 'resolve' && !first.every((item) => item.head.startsWith(HERE) || item.head.startsWith(START));
    return joined((rooted ? [[exact(START)], ...args] : args).flatMap((part, at) => (at === 0 ? [part] : [[exact('/')], part])));
  }
  if (name === 'normalize') return first;
  const known = first.every((item) => item.tail === undefined);
  if (name === 'dirname' && known) return first.map((item) => exact(parentOf(item.head)));
  return name === 'basename' && known && args.length === 1 ? first.map((item) => exact(posix.basename(item.head))) : [UNKNOWN];
};

/** Of a folder marker itself, and of a path that ends in `..`, the parent is one more step up. */
const parentOf = (path: string): string => (path === HERE || path === START || path.endsWith('..') ? `${path}/..` : posix.dirname(path));
