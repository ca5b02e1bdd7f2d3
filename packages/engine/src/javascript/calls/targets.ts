/** Where values go: names, properties, patterns and parameters. */

import { functionOf } from '../modules/fold.ts';
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, ELEMENT, EXPORTS, NONE, OP, STORED } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import { namesOfKey } from './keys.ts';
import { bare } from './knowledge.ts';

/** `known`: the value is seen whole (see Knowledge). */
export const assignTo = (compiling: Compiling, target: Node, from: number, known: boolean): void => {
  const { out, folding } = compiling;
  switch (target.type) {
    case 'Identifier': {
      const binding = folding.names.bindingOf(target);
      if (binding !== undefined) out.move(out.bindingVariable(binding), from);
      // `exports = module.exports = f`: from there on it is f
      else if (nameOf(target) === 'exports') out.move(EXPORTS, from);
      else out.store(NONE, nameOf(target), from, STORED.VALUE);
      break;
    }
    case 'MemberExpression':
      assignToMember(compiling, target, from);
      break;
    case 'AssignmentPattern':
      assignTo(compiling, target.left, compiling.variableOf(target.right), false);
      assignTo(compiling, target.left, from, known);
      break;
    case 'ObjectPattern':
      for (const item of target.properties) assignPart(compiling, item, from, known);
      break;
    case 'ArrayPattern':
      if (target.elements.length > 0) assignElements(compiling, target, from, known);
      break;
    case 'TSParameterProperty':
      assignTo(compiling, target.parameter, from, known);
      storeParameter(compiling, target.parameter, from);
      break;
    default:
      if ('expression' in target && typeof target.expression === 'object' && target.expression !== null)
        assignTo(compiling, target.expression as Node, from, known); // a type around a target
  }
};

const assignPart = (compiling: Compiling, item: Node, from: number, known: boolean): void => {
  if (item.type === 'RestElement') assignTo(compiling, item.argument, from, known);
  else if (item.type === 'Property') {
    const name = item.computed ? ANY_NAME : nameOf(item.key);
    if (!known && item.value.type === 'Identifier' && isCalled(compiling, item.value)) takeMethod(compiling, from, name, item);
    assignTo(
      compiling,
      item.value,
      from === NONE && !known ? compiling.out.load(NONE, name, false) : compiling.out.load(from, name, known),
      known,
    );
  }
};

/** The name is called somewhere in the module. */
export const isCalled = ({ folding }: Compiling, identifier: Node): boolean =>
  folding.names.bindingOf(identifier)?.uses.some((use) => {
    const parent = folding.names.parentOf(use);
    if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') return parent.callee === use;
    return parent?.type === 'MemberExpression' && parent.object === use && ['call', 'apply', 'bind'].includes(memberName(parent) ?? '');
  }) === true;

/** A method is taken out of an object to be called: the same as calling it by its name. */
export const takeMethod = ({ out, lines }: Compiling, base: number, name: string, node: Node): void =>
  out.emit(OP.CALL, NONE, NONE, base, out.name(name), 0, lines.line(node.start), 0);

const assignElements = (compiling: Compiling, target: Node & { type: 'ArrayPattern' }, from: number, known: boolean): void => {
  if (from === NONE) return;
  const element = compiling.out.fresh();
  compiling.out.emit(OP.ELEMENTS, element, from, known ? 1 : 0);
  for (const item of target.elements) {
    if (item?.type === 'RestElement') assignTo(compiling, item.argument, from, false);
    else if (item) assignTo(compiling, item, element, false);
  }
};

/** `constructor(private readonly parser: Parser)`: a property of the same name. */
const storeParameter = ({ out, folding }: Compiling, parameter: Node, from: number): void => {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const binding = target.type === 'Identifier' ? folding.names.bindingOf(target) : undefined;
  if (binding !== undefined) out.store(NONE, binding.name, from === NONE ? out.bindingVariable(binding) : from, STORED.VALUE);
};

export const assignToMember = (compiling: Compiling, target: Node & { type: 'MemberExpression' }, from: number): void => {
  const setter = memberName(target);
  if (setter !== undefined) compiling.out.touch(setter);
  if (from === NONE) return;
  const base = compiling.variableOf(target.object);
  const copied = copiedFrom(compiling, target);
  if (copied !== undefined) compiling.out.emit(OP.COPY, base, copied);
  else
    for (const name of memberNames(compiling, target))
      compiling.out.store(base, name, from, kindOf(compiling, target.object, assigned(compiling, target)));
};

/** By the object that a property is stored in. */
const kindOf = (compiling: Compiling, object: Node, value: Node | undefined): number => {
  if (isPrototype(object)) return STORED.METHOD;
  return compiling.knowledge.isKnown(object) && !asksForThis(compiling, value) ? STORED.EXPORT : STORED.VALUE;
};

/** `app.use = function () { this.… }`: its module may lend it to any object. */
export const asksForThis = ({ folding, withThis }: Compiling, value: Node | undefined): boolean => {
  const fn = value === undefined ? undefined : functionOf(folding.names, value);
  return fn !== undefined && withThis.has(fn);
};

/** What is assigned to a target, when it is one expression: of `a.x = b.x = value` the value. */
const assigned = ({ folding }: Compiling, target: Node): Node | undefined => {
  const parent = folding.names.parentOf(target);
  return parent?.type === 'AssignmentExpression' ? bare(parent.right) : undefined;
};

/** `Foo.prototype`, and the names that people give it. */
const isPrototype = (node: Node): boolean => memberName(node) === 'prototype' || /^(?:proto|prototype|fn)$/.test(nameOf(node));

/** `to[key] = from[key]`: each property keeps its name. */
const copiedFrom = (compiling: Compiling, target: Node & { type: 'MemberExpression' }): number | undefined => {
  const assignment = compiling.folding.names.parentOf(target);
  if (!target.computed || target.property.type !== 'Identifier' || assignment?.type !== 'AssignmentExpression') return undefined;
  const source = lookedUp(compiling, assignment.right);
  if (source === undefined || nameOf(source.property) !== target.property.name) return undefined;
  return compiling.variableOf(source.object);
};

/** `from[key]`, itself or through a name that has no other value. */
const lookedUp = ({ folding }: Compiling, node: Node): (Node & { type: 'MemberExpression' }) | undefined => {
  if (node.type === 'MemberExpression') return node.computed && node.property.type === 'Identifier' ? node : undefined;
  const binding = node.type === 'Identifier' ? folding.names.bindingOf(node) : undefined;
  const value = binding?.values.length === 1 && !binding.opaque ? binding.values[0] : undefined;
  return value?.type === 'MemberExpression' && value.computed && value.property.type === 'Identifier' ? value : undefined;
};

export const memberNames = (compiling: Compiling, node: Node & { type: 'MemberExpression' }): readonly string[] => {
  const name = memberName(node);
  if (name !== undefined) return [name];
  return namesOfKey(compiling.folding, node.property);
};

/** A method, field or property under its key. */
export const storeUnder = (compiling: Compiling, base: number, item: Node, from: number, kind: number, prefix = ''): void => {
  if (from === NONE || !('key' in item) || typeof item.key !== 'object' || item.key === null) return;
  const key = item.key as Node; // key of a property, method or field: a node
  const computed = 'computed' in item && item.computed === true;
  const names = computed ? namesOfKey(compiling.folding, key) : [nameOf(key)];
  for (const name of names) compiling.out.store(base, name === ELEMENT ? ELEMENT : prefix + name, from, kind);
};

/** At the end of a function, whose defaults and patterns have been seen. */
export const compileParams = (compiling: Compiling, fn: Node): void => {
  const { out } = compiling;
  const { owner } = out;
  for (const param of 'params' in fn ? (fn.params as readonly Node[]) : []) {
    // of a function: patterns
    const variable = out.fresh();
    if (param.type === 'RestElement') {
      const list = listVariable(compiling);
      assignTo(compiling, param.argument, list, false);
    } else {
      owner.params.push(variable);
      assignTo(compiling, param, variable, false);
    }
  }
};

/** The list of further arguments of the function that is open; made when it is first asked for. */
export const listVariable = ({ out }: Compiling): number => {
  const { owner } = out;
  if (owner.rest === NONE) {
    owner.rest = out.fresh();
  }
  return owner.rest;
};
