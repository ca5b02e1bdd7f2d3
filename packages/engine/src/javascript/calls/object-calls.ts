/** Calls of the language and of helpers of compilers that only move values: what they do to properties is known. */
import { memberName } from '../syntax/builtin.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, EXPORTS, NONE, OP } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import { createdClass, defined, exported } from './definitions.ts';
import { isBareObject, isInterop } from './knowledge.ts';
import { CREATE_CLASS, EXPORT_STAR } from './natives.ts';

type PlainCall = Node & { type: 'CallExpression' };

/** undefined = it is a call like others. */
export const compileSpecial = (compiling: Compiling, node: PlainCall, callee: Node): number | undefined => {
  const name = callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : nameOf(callee);
  const [first] = node.arguments;
  if (first === undefined) return undefined;
  // its result is what it is given, for each caller its own: followed through the helper, every module would be every other
  if (isInterop(node)) return compiling.variableOf(first);
  if (CREATE_CLASS.test(name)) return createdClass(compiling, node);
  const ofObject =
    callee.type === 'MemberExpression' && nameOf(callee.object) === 'Object' ? calledOnObject(compiling, node, name) : undefined;
  if (ofObject !== undefined) return ofObject;
  return DEFINES.has(name) ? defined(compiling, node) : reexported(compiling, node, name);
};

const DEFINES: ReadonlySet<string> = new Set(['defineProperty', '__defProp', '__defineProperty']);
/** Methods of `Object` that give back the object that they are given. */
const GIVES_BACK: ReadonlySet<string> = new Set(['create', 'freeze', 'seal', 'setPrototypeOf', 'preventExtensions']);

const calledOnObject = (compiling: Compiling, node: PlainCall, name: string): number | undefined => {
  const { out, variableOf } = compiling;
  const [first] = node.arguments;
  if (name === 'assign') return copied(compiling, node);
  if (isBareObject(node)) return out.object();
  if (GIVES_BACK.has(name)) return variableOf(first);
  return name === 'values' || name === 'entries' ? out.load(variableOf(first), ANY_NAME, false) : undefined;
};

/** `Object.assign(to, from…)` */
const copied = ({ out, variableOf }: Compiling, node: PlainCall): number => {
  const [to, ...sources] = node.arguments.map((item) => variableOf(item));
  for (const from of sources) if (from !== NONE && to !== undefined) out.emit(OP.COPY, to, from);
  return to ?? NONE;
};

/** `__exportStar(from, exports)`, `__createBinding(exports, from, name)`, `__export({ name: value })` and `__export(to, { name: () => value })` */
const reexported = (compiling: Compiling, node: PlainCall, name: string): number | undefined => {
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  if (EXPORT_STAR.test(name)) return name.includes('createBinding') ? copy(compiling, first, second) : copy(compiling, second, first);
  if (/^_*export$/.test(name) && second?.type === 'ObjectExpression') return exported(compiling, first, second);
  return name === '__export' && second === undefined ? copy(compiling, undefined, first) : undefined;
};

/** Without a target: to what the module exports. */
const copy = ({ out, variableOf }: Compiling, to: Node | undefined, from: Node | undefined): number => {
  out.emit(OP.COPY, to === undefined ? EXPORTS : variableOf(to), variableOf(from));
  return NONE;
};
