/** Calls: who is called, with what. */
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { compileApplied } from './applied.ts';
import { ANY_NAME, CALL, ELEMENT, NONE, OP } from './call-facts.ts';
import { superOf } from './classes.ts';
import type { Compiling } from './compiling.ts';
import type { Call, Member } from './invoke.ts';
import { call, flagsOf } from './invoke.ts';
import { bare } from './knowledge.ts';
import { METHODS_OF_NODE } from './native-methods.ts';
import { INERT_GLOBALS, INERT_METHODS } from './natives.ts';
import { compileSpecial } from './object-calls.ts';
import { memberNames } from './targets.ts';

export const compileCall = (compiling: Compiling, node: Call): number => {
  const { out, loadsAt } = compiling;
  const loads = loadsAt(node);
  if (loads !== undefined && !isPlainCall(node)) {
    const to = out.fresh();
    for (const load of loads) out.emit(OP.REQUIRE, to, load);
    return to;
  }
  const callee = bare(node.callee);
  const special = node.type === 'CallExpression' ? compileSpecial(compiling, node, callee) : undefined;
  if (special !== undefined) return special;
  if (callee.type === 'MemberExpression') return compileMemberCall(compiling, node, callee);
  return compileDirectCall(compiling, node, callee);
};

/** Loads a module as a side effect, and gives back something else: `fork(path)`, `new Worker(path)`. */
const isPlainCall = (node: Call): boolean =>
  node.type === 'NewExpression' ||
  ['fork', 'spawn', 'spawnSync', 'execFile', 'execFileSync', 'resolve'].includes(memberName(node.callee) ?? nameOf(node.callee));

const compileDirectCall = (compiling: Compiling, node: Call, callee: Node): number => {
  const { knowledge, variableOf } = compiling;
  if (callee.type === 'Super') return call(compiling, node, { callee: superOf(compiling, node), flags: CALL.NEW });
  const native = knowledge.isNative(callee) ? CALL.NATIVE | (INERT_GLOBALS.has(nameOf(callee)) ? CALL.INERT : 0) : 0;
  return call(compiling, node, { callee: variableOf(callee), flags: native | flagsOf(node) });
};

const compileMemberCall = (compiling: Compiling, node: Call, callee: Member): number => {
  const name = memberName(callee);
  const { knowledge } = compiling;
  const native = knowledge.isNative(callee.object) || (METHODS_OF_NODE.has(name ?? '') && knowledge.isList(callee.object));
  if (!native && (name === 'call' || name === 'apply' || name === 'bind')) return compileApplied(compiling, node, callee, name);
  const flags = memberFlags(compiling, node, callee, native);
  const names = name === undefined ? memberNames(compiling, callee) : [name];
  const [only = ''] = names;
  if (native || (names.length === 1 && only !== ANY_NAME && only !== ELEMENT))
    return call(compiling, node, { base: compiling.variableOf(callee.object), name: only, flags });
  return callComputed(compiling, node, callee, names, flags);
};

const memberFlags = ({ knowledge }: Compiling, node: Call, callee: Member, native: boolean): number => {
  const inert = INERT_GLOBALS.has(nameOf(callee.object)) || INERT_METHODS.has(memberName(callee) ?? '') ? CALL.INERT : 0;
  return flagsOf(node) | (native ? CALL.NATIVE | inert : 0) | (knowledge.isKnown(callee.object) ? CALL.KNOWN : 0);
};

/** `table[key](x)`, `list[0](x)` */
const callComputed = (compiling: Compiling, node: Call, callee: Member, names: readonly string[], flags: number): number => {
  const { out, lines, variableOf } = compiling;
  const isKnown = (flags & CALL.KNOWN) !== 0;
  if (names.includes(ANY_NAME) && !isKnown) out.callOwnMethods(lines.line(node.start));
  const target = out.fresh();
  for (const each of names) out.move(target, out.load(variableOf(callee.object), each, isKnown));
  return call(compiling, node, { callee: target, flags });
};

export const compileTag = (compiling: Compiling, node: Node & { type: 'TaggedTemplateExpression' }): number => {
  const { out, lines, variableOf, knowledge } = compiling;
  const args = [NONE, ...node.quasi.expressions.map((item) => variableOf(item))];
  const tag = bare(node.tag);
  const line = lines.line(node.start);
  const to = out.fresh();
  if (tag.type === 'MemberExpression') {
    const known = knowledge.isKnown(tag.object) ? CALL.KNOWN : 0;
    out.emit(OP.CALL, to, NONE, variableOf(tag.object), out.name(memberName(tag) ?? ANY_NAME), known, line, args.length, ...args);
  } else out.emit(OP.CALL, to, variableOf(tag), NONE, out.name(''), 0, line, args.length, ...args);
  return to;
};
