/** Calls that make code from text: eval, Function, vm, Module._compile. Constant text that cannot load anything is closed. */
import { isFrom, memberName } from '../syntax/builtin.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Folding } from './fold.ts';
import { fold } from './fold.ts';
import type { UnknownKind } from './module-facts.ts';
import type { Pattern } from './pattern.ts';
import { UNKNOWN } from './pattern.ts';

type Call = Node & { type: 'CallExpression' | 'NewExpression' };

const CONSTRUCTORS = new Set(['Function', 'AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction']);
const VM = new Set(['runInThisContext', 'runInNewContext', 'runInContext']);
const GLOBAL_OBJECTS = new Set(['global', 'globalThis', 'window', 'self', 'root', 'GLOBAL']);
/** Words without which code has no way to load a module. */
const CAN_LOAD = /\b(?:import|require|module|mainModule|eval|Function|constructor|getBuiltinModule|binding)\b/;

/** The kind of unknown that a call is, or undefined when it makes no code, or only code that loads nothing. */
export const evaluatorKind = (folding: Folding, call: Call): UnknownKind | undefined => {
  const kind = kindOf(folding, call);
  if (kind === undefined) return undefined;
  const code = kind === 'Function' ? call.arguments : call.arguments.slice(0, 1);
  const texts = code.flatMap((item): readonly Pattern[] => (item.type === 'SpreadElement' ? [UNKNOWN] : fold(folding, item)));
  const closed = texts.every((item) => item.tail === undefined && !CAN_LOAD.test(item.head));
  return closed && kind !== 'compile' ? undefined : kind;
};

const kindOf = (folding: Folding, call: Call): UnknownKind | undefined => {
  const { callee } = call;
  if (callee.type === 'MemberExpression') {
    // Module#_compile(text, file) needs both; others have methods of that name
    return memberName(callee) === '_compile' && call.arguments.length > 1 ? 'compile' : memberKind(folding, callee);
  }
  const name = nameOf(resolved(folding, callee));
  if (name === 'eval') return 'eval';
  if (CONSTRUCTORS.has(name)) return 'Function';
  return [...VM, 'compileFunction', 'Script'].some((each) => isFrom(folding.names, callee, 'vm', each)) ? 'vm' : undefined;
};

const memberKind = (folding: Folding, callee: Node & { type: 'MemberExpression' }): UnknownKind | undefined => {
  const name = memberName(callee) ?? '';
  if (name === 'eval' && GLOBAL_OBJECTS.has(nameOf(callee.object))) return 'eval';
  if (CONSTRUCTORS.has(name) ? GLOBAL_OBJECTS.has(nameOf(callee.object)) : isApplied(callee, name)) return 'Function';
  if (VM.has(name)) return 'vm';
  return ['Script', 'compileFunction'].some((each) => isFrom(folding.names, callee, 'vm', each)) ? 'vm' : undefined;
};

/** `Function.apply(null, …)` */
const isApplied = (callee: Node & { type: 'MemberExpression' }, name: string): boolean =>
  ['apply', 'call', 'bind'].includes(name) && CONSTRUCTORS.has(nameOf(callee.object));

/** `(0, eval)(text)`, `const F = Function; F(text)` */
const resolved = (folding: Folding, callee: Node): Node => {
  if (callee.type === 'SequenceExpression') return callee.expressions.at(-1) ?? callee;
  const binding = callee.type === 'Identifier' ? folding.names.bindingOf(callee) : undefined;
  // a class of its own that is called Function
  const own = binding?.values.find((value) => isFunction(value) || value.type === 'ClassDeclaration');
  if (own !== undefined && binding?.values.length === 1) return own;
  const made = binding?.values.find((value) => value.type === 'Identifier' && (value.name === 'eval' || CONSTRUCTORS.has(value.name)));
  return made ?? callee;
};

/** `(async function () {}).constructor`: a Function constructor under another name. */
export const takesConstructor = (node: Node): boolean => {
  if (node.type !== 'MemberExpression' || memberName(node) !== 'constructor') return false;
  const { object } = node;
  if (isFunction(object)) return true;
  return object.type === 'CallExpression' && memberName(object.callee) === 'getPrototypeOf' && isFunction(object.arguments[0]);
};
