/** Properties that are defined by a descriptor or by a helper of a compiler: with a value, a setter, or a getter whose result counts. */
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { ANY_NAME, NONE, OP, STORED } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import { namesOfKey } from './keys.ts';

type PlainCall = Node & { type: 'CallExpression' };
type Literal = Node & { type: 'ObjectExpression' };

/** `_createClass(Foo, [{ key: 'bar', value: function () {} }], [statics])` */
export const createdClass = (compiling: Compiling, node: PlainCall): number => {
  const { variableOf } = compiling;
  const [target, ...lists] = node.arguments;
  for (const [index, list] of lists.entries()) {
    for (const item of list.type === 'ArrayExpression' ? list.elements : []) {
      if (item?.type === 'ObjectExpression') defineMember(compiling, index === 0 ? NONE : variableOf(target), item);
    }
  }
  return variableOf(target);
};

const defineMember = ({ out, variableOf, folding }: Compiling, holder: number, member: Literal): void => {
  const parts = new Map(member.properties.flatMap((item) => (item.type === 'Property' ? [[nameOf(item.key), item.value] as const] : [])));
  const key = parts.get('key');
  for (const name of key === undefined ? [] : namesOfKey(folding, key)) {
    out.store(holder, name, variableOf(parts.get('value')), holder === NONE ? STORED.METHOD : STORED.EXPORT);
    for (const kind of ['get', 'set']) out.store(NONE, `${kind} ${name}`, variableOf(parts.get(kind)), STORED.METHOD);
  }
};

/** `Object.defineProperty(to, 'key', { value })`, or with a getter, whose result is what the property has. */
export const defined = (compiling: Compiling, node: PlainCall): number | undefined => {
  const [target, key, descriptor] = node.arguments;
  if (target === undefined || key === undefined || descriptor?.type !== 'ObjectExpression') return undefined;
  const to = compiling.variableOf(target);
  const names = namesOfKey(compiling.folding, key);
  for (const item of descriptor.properties) if (item.type === 'Property') definePart(compiling, { to, names, key }, item);
  return to;
};

interface Defined {
  readonly to: number;
  readonly names: readonly string[];
  readonly key: Node;
}

const definePart = (compiling: Compiling, property: Defined, item: Node & { type: 'Property' }): void => {
  const { to, names } = property;
  const value = compiling.variableOf(item.value);
  const role = nameOf(item.key);
  if (role === 'value') for (const name of names) compiling.out.store(to, name, value, STORED.EXPORT);
  else if (role === 'set') for (const name of names) compiling.out.store(to, `set ${name}`, value, STORED.EXPORT);
  else if (role === 'get') defineGetter(compiling, { ...property, getter: item.value, value });
};

interface Getter extends Defined {
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
export const exported = (compiling: Compiling, target: Node, table: Literal): number => {
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
