/** The functions that read a value of a module: in its own file by name, in others through what they import. */
import type { ModuleFunction } from '../../javascript/functions/functions.ts';
import { memberName } from '../../javascript/syntax/builtin.ts';
import type { Binding } from '../../javascript/syntax/scope.ts';
import { isFunction, isType } from '../../javascript/syntax/scope.ts';
import type { Node } from '../../javascript/syntax/syntax.ts';
import { walk } from '../../javascript/syntax/syntax.ts';
import type { Shape, ValuePiece } from './shape.ts';

const functionAround = (shape: Shape, node: Node): ModuleFunction | undefined => {
  let at: Node | undefined = node;
  while (at !== undefined && (!isFunction(at) || shape.wrappers.has(at))) at = shape.names.parentOf(at);
  return at === undefined ? undefined : shape.functionAt.get(at);
};

const gathered = (shape: Shape, nodes: readonly Node[]): readonly ModuleFunction[] => [
  ...new Set(nodes.flatMap((node) => functionAround(shape, node) ?? [])),
];

/** The use takes the whole, takes `property` of it, or some property that cannot be told. */
const mayTake = (shape: Shape, use: Node, property: string | undefined): boolean => {
  const parent = shape.names.parentOf(use);
  if (property === undefined || parent?.type !== 'MemberExpression' || parent.object !== use) return true;
  const taken = memberName(parent);
  return taken === undefined || taken === property || taken === 'default';
};

const usesOf = (shape: Shape, binding: Binding, property: string | undefined): readonly Node[] =>
  binding.uses.filter((use) => mayTake(shape, use, property));

/** `.property` of anything. */
const membersNamed = (shape: Shape, property: string): readonly Node[] => {
  const found: Node[] = [];
  walk(shape.names.program, (node, parent) => {
    if (isType(node)) return false;
    const written = parent?.type === 'AssignmentExpression' && parent.left === node;
    if (node.type === 'MemberExpression' && !written && memberName(node) === property) found.push(node);
    return true;
  });
  return found;
};

export const readersHere = (shape: Shape, { binding, property }: ValuePiece): readonly ModuleFunction[] => {
  if (binding !== undefined) return gathered(shape, usesOf(shape, binding, property));
  return property === undefined || property === 'exports' ? [] : gathered(shape, membersNamed(shape, property));
};

/** Values of the module that are made from this one: `new RegExp(TOKEN.source)`. */
export const madeFrom = (shape: Shape, { binding, property }: ValuePiece): readonly ValuePiece[] =>
  binding === undefined ? [] : usesOf(shape, binding, property).flatMap((use) => valueAround(shape, use) ?? []);

const valueAround = (shape: Shape, use: Node): ValuePiece | undefined => {
  let at: Node | undefined = use;
  while (at !== undefined && !shape.valueAt.has(at)) {
    if (isFunction(at) && !shape.wrappers.has(at)) return undefined;
    at = shape.names.parentOf(at);
  }
  return at === undefined ? undefined : shape.valueAt.get(at);
};

/** Readers in a module that loads the one with the value; `isIt` tells whether a specifier is that one. */
export const readersThere = (shape: Shape, value: ValuePiece, isIt: (specifier: string) => boolean): readonly ModuleFunction[] => {
  const whole = value.property === 'exports' || value.name === 'exports';
  const wanted = whole ? undefined : (value.property ?? value.name);
  const uses = shape.names.bindings.flatMap((binding) => {
    const picked = pickedFrom(binding, isIt);
    if (picked === undefined) return [];
    if (picked !== '*' && picked !== 'default' && wanted !== undefined && picked !== wanted) return [];
    return usesOf(shape, binding, picked === '*' || picked === 'default' ? wanted : undefined);
  });
  return gathered(shape, uses);
};

/** What of that module the name is: `*` = all of it; undefined = nothing. */
const pickedFrom = ({ picked, values, kind }: Binding, isIt: (specifier: string) => boolean): string | undefined => {
  if (picked !== undefined && loads(picked.source, isIt)) return picked.imported;
  return kind === 'var' && values.some((value) => loads(value, isIt)) ? '*' : undefined;
};

const loads = (node: Node, isIt: (specifier: string) => boolean): boolean => {
  if (node.type === 'Literal') return typeof node.value === 'string' && isIt(node.value);
  // `interop(require('./x'))` is the module too
  if (node.type !== 'CallExpression') return node.type === 'MemberExpression' && loads(node.object, isIt);
  return node.arguments.length === 1 && node.arguments.some((item) => item.type !== 'SpreadElement' && loads(item, isIt));
};
