/** Classes: the function that `new` runs, the methods, and what is inherited. */
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { CALL, NONE, OP, STORED } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import type { OpenFunction } from './emitter.ts';
import { storeUnder } from './targets.ts';

type Class = Node & { type: 'ClassDeclaration' | 'ClassExpression' };
type Method = Node & { type: 'MethodDefinition' };

/** The constructor as written, or a function that stands for it. */
export const classOf = (compiling: Compiling, node: Class): OpenFunction => {
  const written = constructorOf(node);
  const own = written === undefined ? undefined : compiling.opened.get(written.value);
  if (own !== undefined) return own;
  const { out, lines } = compiling;
  const name = node.id ? nameOf(node.id) : 'class';
  return out.declare(`${name}.constructor`, lines.place(node), lines.at(node.body.start), out.owner.index);
};

const constructorOf = (node: Class): Method | undefined =>
  node.body.body.find((item): item is Method => item.type === 'MethodDefinition' && item.kind === 'constructor');

/** When all of the class was seen: its value is its constructor, with the static members as properties. */
export const compileClass = (compiling: Compiling, node: Class): number => {
  const { out, classFunctions, bindingsOf } = compiling;
  const fn = classFunctions.get(node);
  if (fn === undefined) return NONE;
  const value = out.fresh();
  out.emit(OP.FUNCTION, value, fn.index);
  for (const binding of bindingsOf(node)) out.move(out.bindingVariable(binding), value);
  compileHeritage(compiling, node, fn);
  for (const item of node.body.body) compileMember(compiling, item, value);
  for (const decorator of decoratorsOf(node)) decorate(compiling, decorator, value, node);
  return value;
};

/** Without a constructor of its own a class runs that of the one that it extends; `super(…)` says so itself. */
const compileHeritage = ({ out, variableOf }: Compiling, node: Class, fn: OpenFunction): void => {
  if (!node.superClass) return;
  const parent = variableOf(node.superClass);
  if (parent === NONE || constructorOf(node) !== undefined) return;
  fn.ops.push(OP.CALL, NONE, parent, NONE, out.name(''), CALL.NEW, fn.place[0], 0);
};

const compileMember = (compiling: Compiling, item: Node, value: number): void => {
  if (item.type === 'MethodDefinition') compileMethod(compiling, item, value);
  else if (item.type === 'PropertyDefinition' || item.type === 'AccessorProperty') {
    storeUnder(compiling, item.static ? value : NONE, item, compiling.variableOf(item.value), item.static ? STORED.EXPORT : STORED.VALUE);
  }
  for (const decorator of decoratorsOf(item)) decorate(compiling, decorator, NONE, item);
};

const compileMethod = (
  compiling: Compiling,
  item: Extract<Node, { type: Method['type'] | 'TSAbstractMethodDefinition' }>,
  value: number,
): void => {
  if (item.kind === 'constructor') return;
  const prefix = item.kind === 'method' ? '' : `${item.kind} `;
  const [base, kind] = item.static ? [value, STORED.EXPORT] : [NONE, STORED.METHOD];
  storeUnder(compiling, base, item, compiling.variableOf(item.value), kind, prefix);
};

const decoratorsOf = (node: Node): readonly Node[] =>
  'decorators' in node && Array.isArray(node.decorators) ? (node.decorators as readonly Node[]) : []; // the parser's own list

/** A framework calls what is decorated: the class with all of its methods, or the method. */
const decorate = (compiling: Compiling, decorator: Node, value: number, node: Node): void => {
  const { out, lines, variableOf } = compiling;
  const callee = decorator.type === 'Decorator' ? variableOf(decorator.expression) : NONE;
  const line = lines.line(node.start);
  if (callee !== NONE) out.emit(OP.CALL, NONE, callee, NONE, out.name(''), 0, line, 1, value);
  const members = node.type === 'ClassDeclaration' || node.type === 'ClassExpression' ? node.body.body : [node];
  for (const member of members) {
    const method = 'value' in member ? variableOf(member.value as Node | null) : NONE; // value of a member: an expression
    if (method !== NONE) out.emit(OP.ESCAPE, method, line);
  }
  if (value !== NONE) out.emit(OP.ESCAPE, value, line);
};

/** `super` in a class: what the class around it extends. */
export const superOf = ({ folding, variableOf }: Compiling, node: Node): number => {
  for (let at: Node | undefined = node; at !== undefined; at = folding.names.parentOf(at)) {
    if (at.type === 'ClassDeclaration' || at.type === 'ClassExpression') return variableOf(at.superClass);
  }
  return NONE;
};
