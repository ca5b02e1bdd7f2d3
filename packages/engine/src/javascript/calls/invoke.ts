/** One call as an operation: who is called, and with what. */
import type { Node } from '../syntax/syntax.ts';
import { CALL, NONE, OP } from './call-facts.ts';
import type { Compiling } from './compiling.ts';

export type Call = Node & { type: 'CallExpression' | 'NewExpression' };
export type Member = Node & { type: 'MemberExpression' };

export const flagsOf = (node: Call): number =>
  (node.type === 'NewExpression' ? CALL.NEW : 0) | (node.arguments.some((item) => item.type === 'SpreadElement') ? CALL.SPREAD : 0);

interface Called {
  readonly callee?: number;
  readonly base?: number;
  readonly name?: string;
  readonly flags: number;
}

/** `args`: those of the node when absent. */
export const call = (compiling: Compiling, node: Call, called: Called, args?: readonly number[]): number => {
  const { out, lines, variableOf } = compiling;
  const given = args ?? node.arguments.map((item) => variableOf(item));
  const to = out.fresh();
  const { callee = NONE, base = NONE, name = '', flags } = called;
  out.emit(OP.CALL, to, callee, base, out.name(name), flags, lines.line(node.start), given.length);
  out.emitAll(given);
  return to;
};
