/** Keeps, while a module is walked from the top, what the code around calls each expression. */
import { memberName } from '../syntax/builtin.ts';
import type { Names } from '../syntax/scope.ts';
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Place } from './place.ts';
import { bounded, memberOf, named, part, roled } from './place.ts';
import type { Around } from './target.ts';
import { keyOf, targetOf } from './target.ts';
import type { Call } from './wrapper.ts';
import { wrappersOf } from './wrapper.ts';

type Class = Node & { type: 'ClassDeclaration' | 'ClassExpression' };

interface Frame {
  readonly prefix: string;
  readonly self: string;
  /** What it returns. */
  readonly returned: Place;
}

/** `Object.assign(Foo.prototype, { bar() {} })` and the like: the members are of the first argument. */
const MERGING = new Set(['assign', 'extend', 'mixin', 'merge', 'defineProperties', 'augment']);

export class Places {
  readonly #names: Names;
  readonly #places = new Map<Node, Place>();
  readonly #wrappers = new Map<Node, Place | undefined>();
  readonly #selves = new Map<unknown, string>();
  readonly #frames: Frame[] = [{ prefix: '', self: '', returned: roled('', 'return') }];

  constructor(names: Names) {
    this.#names = names;
  }

  get around(): Around {
    const { prefix, self } = this.#frame;
    return { names: this.#names, prefix, self, selves: this.#selves };
  }

  get #frame(): Frame {
    return this.#frames.at(-1) ?? { prefix: '', self: '', returned: roled('', 'return') };
  }

  of(node: Node): Place | undefined {
    return this.#places.get(node);
  }

  isWrapper(node: Node): boolean {
    return this.#wrappers.has(node);
  }

  enter(fn: Node, name: string, place: Place, wraps: boolean): void {
    const prefix = wraps ? this.#frame.prefix : `${name}>`;
    const keepsThis = wraps || fn.type === 'ArrowFunctionExpression';
    const self = keepsThis ? this.#frame.self : selfIn(name, place);
    const returned = (wraps ? this.#wrappers.get(fn) : undefined) ?? roled(prefix, 'return');
    this.#frames.push({ prefix, self, returned });
    if (fn.type === 'ArrowFunctionExpression' && fn.expression) this.#put(fn.body, returned);
  }

  leave(): void {
    this.#frames.pop();
  }

  /** Says of the children of `node` what they are called; functions themselves are entered. */
  read(node: Node): void {
    switch (node.type) {
      case 'VariableDeclarator':
        this.#declared(node.id, node.init ?? undefined);
        break;
      case 'AssignmentExpression':
        this.#assigned(node.left, node.right, this.of(node));
        break;
      case 'AssignmentPattern':
        this.#assigned(node.left, node.right, undefined);
        break;
      case 'ReturnStatement':
        this.#put(node.argument ?? undefined, this.#frame.returned);
        break;
      case 'ExportDefaultDeclaration':
        this.#put(node.declaration, roled(this.#frame.prefix, 'default'));
        break;
      case 'TSExportAssignment':
        this.#put(node.expression, roled(this.#frame.prefix, 'exports'));
        break;
      case 'CallExpression':
        this.#called(node);
        break;
      case 'NewExpression':
        this.#arguments(node, roled(this.#callPrefix(node), `${calleeName(node.callee)}()`));
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node);
        break;
      default:
        this.#composed(node, this.of(node));
    }
  }

  /** What knows more speaks first. */
  #put(node: Node | undefined, place: Place | undefined): void {
    if (node !== undefined && place !== undefined && !this.#places.has(node)) this.#places.set(node, place);
  }

  #declared(id: Node, init: Node | undefined): void {
    if (init === undefined || id.type !== 'Identifier') return;
    if (init.type === 'ThisExpression') this.#selves.set(this.#names.bindingOf(id), this.#frame.self);
    this.#put(init, named(this.#frame.prefix, part(id.name)));
  }

  /** In `exports = module.exports = function` and `a.b = c = function` the name that is no role wins, the inner before the outer. */
  #assigned(left: Node, right: Node, outer: Place | undefined): void {
    const own = targetOf(this.around, left);
    this.#put(right, own === undefined || (own.weak && outer !== undefined && !outer.weak) ? outer : own);
  }

  /** Expressions with the value of a part, and containers. */
  #composed(node: Node, place: Place | undefined): void {
    switch (node.type) {
      case 'ConditionalExpression':
        this.#put(node.consequent, place);
        this.#put(node.alternate, place);
        break;
      case 'LogicalExpression':
        this.#put(node.left, place);
        this.#put(node.right, place);
        break;
      case 'SequenceExpression':
        this.#put(node.expressions.at(-1), place);
        break;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'AwaitExpression':
        this.#put('expression' in node ? node.expression : node.argument, place);
        break;
      case 'ArrayExpression':
        for (const item of node.elements) if (item !== null) this.#put(item, place && element(place));
        break;
      case 'ObjectExpression':
        this.#members(node, place ?? roled(this.#frame.prefix, ''));
    }
  }

  #members(object: Node & { type: 'ObjectExpression' }, place: Place): void {
    for (const item of object.properties) {
      if (item.type !== 'Property') continue;
      this.#put(item.value, memberOf(place, accessorKey(item.kind, keyOf(item.key, item.computed))));
    }
  }

  #class(node: Class): void {
    const declared = node.type === 'ClassDeclaration' && node.id ? named(this.#frame.prefix, part(node.id.name)) : undefined;
    const place = declared ?? this.of(node) ?? roled(this.#frame.prefix, 'anonymous');
    const path = place.weak && node.id ? part(node.id.name) : place.path;
    for (const item of node.body.body) {
      if (item.type !== 'MethodDefinition' && item.type !== 'PropertyDefinition' && item.type !== 'AccessorProperty') continue;
      const key = keyOf(item.key, item.computed);
      const kind = item.type === 'MethodDefinition' ? item.kind : 'init';
      this.#put(item.value ?? undefined, memberOf(named(place.prefix, path), accessorKey(kind, key)));
    }
  }

  #called(call: Call): void {
    const { invoked, factories } = wrappersOf(call);
    const place = this.of(call);
    if (invoked !== undefined) {
      this.#wrappers.set(invoked, place);
      this.#put(invoked, roled(this.#frame.prefix, ''));
    }
    for (const factory of factories) {
      this.#wrappers.set(factory, place ?? roled(this.#frame.prefix, 'exports'));
      this.#put(factory, roled(this.#frame.prefix, ''));
    }
    this.#merged(call);
    this.#arguments(call, roled(this.#callPrefix(call), `${calleeName(call.callee)}()`));
  }

  /** A function given to a call is named after the result where that is the module's: `exports.f = debounce(function () {})`. */
  #callPrefix(call: Node): string {
    const place = this.of(call);
    if (place === undefined || this.#frame.prefix !== '') return this.#frame.prefix;
    return place.weak ? place.prefix : bounded(`${place.prefix}${place.path}>`);
  }

  #arguments(call: Call | (Node & { type: 'NewExpression' }), place: Place): void {
    for (const item of call.arguments) {
      const inner = item.type === 'ObjectExpression' ? roled(this.#frame.prefix, '') : place;
      if (item.type !== 'SpreadElement') this.#put(item, inner);
    }
  }

  #merged(call: Call): void {
    const name = calleeName(call.callee);
    const [first, ...rest] = call.arguments;
    const target = first === undefined ? undefined : targetOf(this.around, first);
    if (target === undefined) return;
    if (name === 'defineProperty') this.#property(target, rest);
    else if (/^_?(?:create_?class)$/i.test(name)) for (const list of rest) this.#descriptors(list, target);
    else if (MERGING.has(name)) for (const item of rest) if (item.type === 'ObjectExpression') this.#put(item, target);
  }

  /** `Object.defineProperty(Foo.prototype, 'bar', { get() {} })` */
  #property(target: Place, [key, descriptor]: readonly Node[]): void {
    if (key === undefined || descriptor?.type !== 'ObjectExpression') return;
    this.#descriptor(descriptor, target, keyOf(key, true));
  }

  /** Babel's form of a class: `_createClass(Foo, [{ key: 'bar', value: function () {} }])`. */
  #descriptors(list: Node, target: Place): void {
    if (list.type !== 'ArrayExpression') return;
    for (const item of list.elements) {
      if (item?.type !== 'ObjectExpression') continue;
      const key = item.properties.find((one) => one.type === 'Property' && nameOf(one.key) === 'key');
      if (key?.type === 'Property') this.#descriptor(item, target, keyOf(key.value, true));
    }
  }

  #descriptor(descriptor: Node & { type: 'ObjectExpression' }, target: Place, key: string): void {
    for (const item of descriptor.properties) {
      if (item.type !== 'Property' || item.computed) continue;
      const name = nameOf(item.key);
      if (name === 'get' || name === 'set' || name === 'value')
        this.#put(item.value, memberOf(target, name === 'value' ? key : `${name} ${key}`));
    }
  }
}

/** `rules[]`: one of the elements of what has a name. */
const element = (place: Place): Place => ({
  ...place,
  path: `${place.path}[]`,
  weak: true,
  base: place.base === '' ? '' : `${place.base}[]`,
});

const accessorKey = (kind: string, key: string): string => (kind === 'get' || kind === 'set' ? `${kind} ${key}` : key);

const calleeName = (callee: Node): string =>
  part((callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : undefined) ?? '');

/** In a method `this` is what the method is of; a function that is used as a constructor is itself what `this` is one of. */
const selfIn = (name: string, place: Place): string => {
  const last = place.path.slice(place.path.lastIndexOf('.') + 1);
  return place.owner === undefined || /^[A-Z]/.test(last) ? name : place.owner;
};
