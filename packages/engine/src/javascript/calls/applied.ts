/** `call`, `apply` and `bind` of a function: what they are called on is what runs. */
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import { CALL, NONE, OP } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import type { Call, Member } from './invoke.ts';
import { call, flagsOf } from './invoke.ts';
import { bare } from './knowledge.ts';

/** `f.call(x, a)`, `f.apply(x, list)`, `f.bind(x, a)`: `f` is what is called. */
export const compileApplied = (compiling: Compiling, node: Call, callee: Member, how: 'call' | 'apply' | 'bind'): number => {
  const { out, variableOf, knowledge } = compiling;
  const inner = bare(callee.object);
  const isMethod = inner.type === 'MemberExpression' && (!knowledge.isKnown(inner.object) || memberName(inner.object) === 'prototype');
  const name = isMethod ? memberName(inner) : undefined;
  if (name !== undefined && inner.type === 'MemberExpression') return callMethod(compiling, node, inner, how);
  const fn = variableOf(callee.object);
  const rest = node.arguments.slice(1);
  const values = rest.map((item) => variableOf(item));
  if (how !== 'apply') {
    const result = call(compiling, node, { callee: fn, flags: flagsOf(node) }, values);
    if (how === 'call') return result;
    const bound = out.fresh();
    out.move(bound, fn);
    return bound;
  }
  const [list = NONE] = values;
  if (rest[0]?.type === 'ArrayExpression')
    return call(
      compiling,
      node,
      { callee: fn, flags: 0 },
      rest[0].elements.map((item) => variableOf(item)),
    );
  const element = out.fresh();
  if (list !== NONE) out.emit(OP.ELEMENTS, element, list, 0);
  return call(compiling, node, { callee: fn, flags: CALL.SPREAD }, [element]);
};

/** `Object` of `Object.prototype.hasOwnProperty` */
const rootOf = (member: Member): string => {
  let at = bare(member);
  while (at.type === 'MemberExpression') at = bare(at.object);
  return nameOf(at);
};

/** `this.parse.call(x, a)`, `Foo.prototype.parse.bind(x)` */
const callMethod = (compiling: Compiling, node: Call, method: Member, how: 'call' | 'apply' | 'bind'): number => {
  const args = how === 'apply' ? [] : node.arguments.slice(1).map((item) => compiling.variableOf(item));
  const base = compiling.variableOf(method.object);
  const inert = rootOf(method) === 'Object' ? CALL.INERT : 0;
  const native = compiling.knowledge.isNative(method.object) ? CALL.NATIVE | inert : 0;
  return call(compiling, node, { base, name: memberName(method) ?? '', flags: flagsOf(node) | native }, args);
};
