/** Calls: who is called, with what; and the calls of the language that only move values. */
import { memberName } from '../syntax/builtin.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, CALL, ELEMENT, NONE, OP, STORED } from './call-facts.ts';
import { superOf } from './classes.ts';
import type { Compiling } from './compiling.ts';
import { namesOfKey } from './keys.ts';
import { bare, isInterop } from './knowledge.ts';
import { CREATE_CLASS, EXPORT_STAR, INERT_GLOBALS, INERT_METHODS } from './natives.ts';
import { memberNames } from './targets.ts';

type Call = Node & { type: 'CallExpression' | 'NewExpression' };
type Member = Node & { type: 'MemberExpression' };

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

const flagsOf = (node: Call): number =>
  (node.type === 'NewExpression' ? CALL.NEW : 0) | (node.arguments.some((item) => item.type === 'SpreadElement') ? CALL.SPREAD : 0);

const compileMemberCall = (compiling: Compiling, node: Call, callee: Member): number => {
  const { knowledge, variableOf, out } = compiling;
  const name = memberName(callee);
  const native = knowledge.isNative(callee.object);
  if (!native && (name === 'call' || name === 'apply' || name === 'bind')) return compileApplied(compiling, node, callee, name);
  const inert = INERT_GLOBALS.has(nameOf(callee.object)) || INERT_METHODS.has(name ?? '') ? CALL.INERT : 0;
  const flags = flagsOf(node) | (native ? CALL.NATIVE | inert : 0) | (knowledge.isKnown(callee.object) ? CALL.KNOWN : 0);
  const names = name === undefined ? memberNames(compiling, callee) : [name];
  if (native || (names.length === 1 && names[0] !== ANY_NAME && names[0] !== ELEMENT)) {
    return call(compiling, node, { base: variableOf(callee.object), name: names[0] ?? '', flags });
  }
  const target = out.fresh();
  for (const each of names) out.move(target, out.load(variableOf(callee.object), each, (flags & CALL.KNOWN) !== 0));
  return call(compiling, node, { callee: target, flags });
};

interface Called {
  readonly callee?: number;
  readonly base?: number;
  readonly name?: string;
  readonly flags: number;
}

const call = (compiling: Compiling, node: Call, called: Called, args?: readonly number[]): number => {
  const { out, lines, variableOf } = compiling;
  const given = args ?? node.arguments.map((item) => variableOf(item));
  const to = out.fresh();
  const { callee = NONE, base = NONE, name = '', flags } = called;
  out.emit(OP.CALL, to, callee, base, out.name(name), flags, lines.line(node.start), given.length, ...given);
  return to;
};

/** `f.call(x, a)`, `f.apply(x, list)`, `f.bind(x, a)`: `f` is what is called. */
const compileApplied = (compiling: Compiling, node: Call, callee: Member, how: 'call' | 'apply' | 'bind'): number => {
  const { out, variableOf, knowledge } = compiling;
  const inner = bare(callee.object);
  const name = inner.type === 'MemberExpression' && !knowledge.isKnown(inner.object) ? memberName(inner) : undefined;
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

/** `this.parse.call(x, a)`, `Foo.prototype.parse.bind(x)` */
const callMethod = (compiling: Compiling, node: Call, method: Member, how: 'call' | 'apply' | 'bind'): number => {
  const args = how === 'apply' ? [] : node.arguments.slice(1).map((item) => compiling.variableOf(item));
  const base = compiling.variableOf(method.object);
  const native = compiling.knowledge.isNative(method.object) ? CALL.NATIVE : 0;
  return call(compiling, node, { base, name: memberName(method) ?? '', flags: flagsOf(node) | native }, args);
};

/** Calls whose effect on properties is known. */
const compileSpecial = (compiling: Compiling, node: Node & { type: 'CallExpression' }, callee: Node): number | undefined => {
  const { variableOf, out } = compiling;
  const name = callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : nameOf(callee);
  const [first, second] = node.arguments;
  if (first === undefined) return undefined;
  // its result is what it is given, for each caller its own: followed through the helper, every module would be every other
  if (isInterop(node)) return variableOf(first);
  if (CREATE_CLASS.test(name)) return createdClass(compiling, node);
  const onObject = callee.type === 'MemberExpression' && nameOf(callee.object) === 'Object';
  if (onObject && name === 'assign') return copied(compiling, node);
  if (onObject && ['create', 'freeze', 'seal', 'setPrototypeOf', 'preventExtensions'].includes(name)) return variableOf(first);
  if (onObject && (name === 'values' || name === 'entries')) return out.load(variableOf(first), ANY_NAME, false);
  if (name === 'defineProperty' || name === '__defProp' || name === '__defineProperty') return defined(compiling, node);
  if (EXPORT_STAR.test(name)) {
    out.emit(
      OP.COPY,
      second === undefined ? 0 : variableOf(name.includes('createBinding') ? first : second),
      variableOf(name.includes('createBinding') ? second : first),
    );
    return NONE;
  }
  if (/^_*export$/.test(name) && second?.type === 'ObjectExpression') return exported(compiling, first, second);
  if (name === '__export' && second === undefined) {
    out.emit(OP.COPY, 0, variableOf(first));
    return NONE;
  }
  return undefined;
};

/** `_createClass(Foo, [{ key: 'bar', value: function () {} }], [statics])` */
const createdClass = (compiling: Compiling, node: Node & { type: 'CallExpression' }): number => {
  const { variableOf } = compiling;
  const [target, ...lists] = node.arguments;
  for (const [index, list] of lists.entries()) {
    for (const item of list.type === 'ArrayExpression' ? list.elements : []) {
      if (item?.type === 'ObjectExpression') defineMember(compiling, index === 0 ? NONE : variableOf(target), item);
    }
  }
  return variableOf(target);
};

const defineMember = ({ out, variableOf, folding }: Compiling, holder: number, member: Node & { type: 'ObjectExpression' }): void => {
  const parts = new Map(member.properties.flatMap((item) => (item.type === 'Property' ? [[nameOf(item.key), item.value] as const] : [])));
  const key = parts.get('key');
  for (const name of key === undefined ? [] : namesOfKey(folding, key)) {
    out.store(holder, name, variableOf(parts.get('value')), holder === NONE ? STORED.METHOD : STORED.EXPORT);
    for (const kind of ['get', 'set']) out.store(NONE, `${kind} ${name}`, variableOf(parts.get(kind)), STORED.METHOD);
  }
};

/** `Object.assign(to, from…)` */
const copied = ({ out, variableOf }: Compiling, node: Node & { type: 'CallExpression' }): number => {
  const [to, ...sources] = node.arguments.map((item) => variableOf(item));
  for (const from of sources) if (from !== NONE && to !== undefined) out.emit(OP.COPY, to, from);
  return to ?? NONE;
};

/** `Object.defineProperty(to, 'key', { value })`, or with a getter, whose result is what the property has. */
const defined = (compiling: Compiling, node: Node & { type: 'CallExpression' }): number | undefined => {
  const [target, key, descriptor] = node.arguments;
  if (target === undefined || key === undefined || descriptor?.type !== 'ObjectExpression') return undefined;
  const { out, variableOf, folding } = compiling;
  const to = variableOf(target);
  const names = namesOfKey(folding, key);
  for (const item of descriptor.properties) {
    if (item.type !== 'Property') continue;
    const role = nameOf(item.key);
    const value = variableOf(item.value);
    if (role === 'value') for (const name of names) out.store(to, name, value, STORED.EXPORT);
    else if (role === 'set') for (const name of names) out.store(to, `set ${name}`, value, STORED.EXPORT);
    else if (role === 'get') defineGetter(compiling, { to, names, key, getter: item.value, value });
  }
  return to;
};

interface Getter {
  readonly to: number;
  readonly names: readonly string[];
  readonly key: Node;
  readonly getter: Node;
  readonly value: number;
}

const defineGetter = (compiling: Compiling, { to, names, key, getter, value }: Getter): void => {
  const { out, variableOf } = compiling;
  const looked = soleReturn(compiling, getter);
  if (names[0] === ANY_NAME && looked?.type === 'MemberExpression' && looked.computed && nameOf(looked.property) === nameOf(key)) {
    out.emit(OP.COPY, to, variableOf(looked.object));
    return;
  }
  const result = getterResult(compiling, value, getter);
  for (const name of names) {
    out.store(to, `get ${name}`, value, STORED.EXPORT);
    out.store(to, name, result, STORED.EXPORT);
  }
};

/** What a getter gives: it is called where it is defined, which is more than happens. */
const getterResult = ({ out, lines }: Compiling, value: number, node: Node): number => {
  if (value === NONE) return NONE;
  const to = out.fresh();
  out.emit(OP.CALL, to, value, NONE, out.name(''), 0, lines.line(node.start), 0);
  return to;
};

const soleReturn = ({ folding }: Compiling, fn: Node): Node | undefined => {
  const given = isFunction(fn) ? folding.names.returns.get(fn) : undefined;
  return given?.length === 1 ? given[0] : undefined;
};

/** `__export(to, { name: () => value })` */
const exported = (compiling: Compiling, target: Node, table: Node & { type: 'ObjectExpression' }): number => {
  const { out, variableOf } = compiling;
  for (const item of table.properties) {
    if (item.type !== 'Property' || item.computed) continue;
    out.store(
      variableOf(target),
      nameOf(item.key),
      isFunction(item.value) ? getterResult(compiling, variableOf(item.value), item.value) : variableOf(item.value),
      STORED.EXPORT,
    );
  }
  return NONE;
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
