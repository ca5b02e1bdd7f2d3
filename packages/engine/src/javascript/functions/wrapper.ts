/** Functions that are there only for their scope: they run at once and add nothing to the names inside. */
import { memberName } from '../syntax/builtin.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';

export type Call = Node & { type: 'CallExpression' };

export interface Wrappers {
  /** `(function () {…})()`, also by call, apply and bind. */
  readonly invoked?: Node;
  /** What holds the module's code: the factory given to a wrapper or to `define`. */
  readonly factories: readonly Node[];
}

const LOADERS = new Set(['define', 'register']);

export const wrappersOf = (call: Call): Wrappers => {
  const invoked = functionCalled(call.callee);
  const callee = call.callee.type === 'MemberExpression' ? memberName(call.callee) : nameOf(call.callee);
  const loads = invoked !== undefined || (LOADERS.has(callee ?? '') && (callee === 'define' || isSystem(call.callee)));
  const factories = loads ? call.arguments.filter((item) => isFunction(item)) : [];
  return { ...(invoked === undefined ? {} : { invoked }), factories };
};

/** `System.register([], function (exports) {…})` */
const isSystem = (callee: Node): boolean => callee.type === 'MemberExpression' && nameOf(callee.object) === 'System';

const functionCalled = (callee: Node): Node | undefined => {
  if (isFunction(callee)) return callee;
  if (callee.type === 'MemberExpression' && isFunction(callee.object)) {
    return ['call', 'apply'].includes(memberName(callee) ?? '') ? callee.object : undefined;
  }
  const bound = callee.type === 'CallExpression' ? callee.callee : undefined;
  return bound?.type === 'MemberExpression' && memberName(bound) === 'bind' && isFunction(bound.object) ? bound.object : undefined;
};
