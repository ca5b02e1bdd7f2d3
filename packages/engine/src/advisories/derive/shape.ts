/**
 * A module as pieces that can be compared with those of another release: each function by its own body (functions inside it are pieces
 * of their own), each value of the module, and the rest. Names of locals, formatting and the kind of a declaration do not count.
 */
import type { ModuleFunction } from '../../javascript/functions/functions.ts';
import { functionsOf } from '../../javascript/functions/functions.ts';
import { keyOf, targetOf } from '../../javascript/functions/target.ts';
import type { Binding, Names } from '../../javascript/syntax/scope.ts';
import { isFunction, isType, namesOf } from '../../javascript/syntax/scope.ts';
import type { Node } from '../../javascript/syntax/syntax.ts';
import { parseModule, walk } from '../../javascript/syntax/syntax.ts';
import type { Home } from './homes.ts';
import { homesOf, wrappersOf } from './homes.ts';
import { impliedAround, isSkipped, isTransparent, leafToken, openToken } from './token.ts';

/** Two are equal when either text is: captured names are spelled out in one and counted in the other. */
export interface Text {
  readonly named: string;
  readonly counted: string;
}

export interface FunctionPiece extends Text {
  readonly fn: ModuleFunction;
}

/** A constant of the module, or one property of it. */
export interface ValuePiece extends Text {
  readonly name: string;
  /** `const name = …`: what its readers use. */
  readonly binding?: Binding;
  /** Last part of the name, where it is a property: `exports.name`, `Foo.prototype.name`, `table.name`. */
  readonly property?: string;
}

export interface Shape {
  readonly names: Names;
  readonly functions: readonly FunctionPiece[];
  readonly values: readonly ValuePiece[];
  /** Code outside functions that is none of the values. */
  readonly rest: Text;
  readonly wrappers: ReadonlySet<Node>;
  readonly functionAt: ReadonlyMap<Node, ModuleFunction>;
  readonly valueAt: ReadonlyMap<Node, ValuePiece>;
}

/** undefined when the text does not parse. */
export const shapeOf = (text: string, file: string): Shape | undefined => {
  const parsed = parseModule(text, file);
  return parsed.ok ? new Shaper(namesOf(parsed.program)).shape() : undefined;
};

export const SEPARATOR = '\u0001';

/** What a value is called, before its text is known. */
type Label = Omit<ValuePiece, keyof Text>;

interface Sheet {
  readonly fn: Node | undefined;
  readonly named: string[];
  readonly counted: string[];
  readonly locals: Map<Binding, number>;
}

const sheet = (fn: Node | undefined): Sheet => ({ fn, named: [], counted: [], locals: new Map() });
const textOf = ({ named, counted }: Sheet): Text => ({ named: named.join(SEPARATOR), counted: counted.join(SEPARATOR) });

class Shaper {
  readonly #names: Names;
  readonly #byNode: ReadonlyMap<Node, ModuleFunction>;
  readonly #wrappers: ReadonlySet<Node>;
  readonly #homes: ReadonlyMap<Binding, Home>;
  readonly #sheets: Sheet[] = [sheet(undefined)];
  readonly #pieces: FunctionPiece[] = [];
  readonly #values: ValuePiece[] = [];
  readonly #valueAt = new Map<Node, ValuePiece>();
  readonly #labels = new Map<Node, Label>();
  /** What was opened around a node that has no braces. */
  readonly #implied = new Map<Node, readonly string[]>();

  constructor(names: Names) {
    this.#names = names;
    const functions = functionsOf(names);
    this.#byNode = new Map(functions.map((fn) => [fn.node, fn]));
    this.#wrappers = wrappersOf(functions);
    this.#homes = homesOf(names, this.#wrappers);
  }

  shape(): Shape {
    walk(
      this.#names.program,
      (node, parent) => this.#enter(node, parent),
      (node) => this.#leave(node),
    );
    const rest = textOf(this.#sheet);
    return {
      names: this.#names,
      functions: this.#pieces,
      values: this.#values,
      rest,
      wrappers: this.#wrappers,
      functionAt: this.#byNode,
      valueAt: this.#valueAt,
    };
  }

  get #sheet(): Sheet {
    return this.#sheets.at(-1) ?? sheet(undefined);
  }

  #put(token: string, counted = token): void {
    this.#sheet.named.push(token);
    this.#sheet.counted.push(counted);
  }

  #enter(node: Node, parent: Node | undefined): boolean {
    if (isType(node) || isSkipped(node) || isOwnName(node, parent)) return false;
    const implied = impliedAround(node, parent);
    if (implied.length > 0) this.#implied.set(node, implied);
    for (const token of implied) this.#put(token);
    if (isFunction(node)) this.#enterFunction(node);
    else this.#enterOther(node, parent);
    return true;
  }

  #enterFunction(node: Node): void {
    if (this.#wrappers.has(node)) return;
    if (node.type !== 'FunctionDeclaration') this.#put('function');
    this.#sheets.push(sheet(node));
    if ('async' in node && node.async === true) this.#put('async');
    if ('generator' in node && node.generator === true) this.#put('*');
  }

  #enterOther(node: Node, parent: Node | undefined): void {
    const label = this.#labelOf(node, parent);
    if (label !== undefined) {
      this.#labels.set(node, label);
      this.#sheets.push(sheet(this.#sheet.fn));
    }
    const leaf = leafToken(node, parent);
    if (leaf !== undefined) this.#put(leaf);
    else if (node.type === 'Identifier') this.#name(node);
    else if (!isTransparent(node)) this.#put(openToken(node));
  }

  #leave(node: Node): void {
    if (isFunction(node)) this.#leaveFunction(node);
    else {
      if (node.type !== 'Identifier' && !isTransparent(node) && leafToken(node, undefined) === undefined) this.#put(')');
      const label = this.#labels.get(node);
      if (label !== undefined) this.#leaveValue(node, { ...label, ...textOf(this.#sheets.pop() ?? sheet(undefined)) });
    }
    for (const _ of this.#implied.get(node) ?? []) this.#put(')');
  }

  #leaveValue(node: Node, value: ValuePiece): void {
    this.#values.push(value);
    this.#valueAt.set(node, value);
  }

  #leaveFunction(node: Node): void {
    if (this.#wrappers.has(node)) return;
    const done = this.#sheets.pop();
    const fn = this.#byNode.get(node);
    if (done !== undefined && fn !== undefined) this.#pieces.push({ fn, ...textOf(done) });
  }

  #name(node: Node & { type: 'Identifier' }): void {
    const binding = this.#names.bindingOf(node);
    const home = binding === undefined ? undefined : this.#homes.get(binding);
    if (binding === undefined || home?.fn === undefined) this.#put(plainName(node.name));
    else if (home.fn !== this.#sheet.fn) this.#put(`^${node.name}`, `^${home.ordinal}`);
    else if (binding.kind === 'function') this.#put(node.name);
    else this.#put(`$${this.#local(binding)}`);
  }

  #local(binding: Binding): number {
    const { locals } = this.#sheet;
    const known = locals.get(binding) ?? locals.size;
    locals.set(binding, known);
    return known;
  }

  /** Outside functions each constant and each property of one is a piece; what loads a file of the package is none. */
  #labelOf(node: Node, parent: Node | undefined): Label | undefined {
    if (node.type === 'PropertyDefinition') return propertyLabel(node);
    if (this.#sheet.fn !== undefined) return undefined;
    if (node.type === 'VariableDeclarator') return this.#declaredLabel(node);
    if (node.type === 'AssignmentExpression' && parent?.type === 'ExpressionStatement') return this.#assignedLabel(node);
    return node.type === 'Property' && parent !== undefined ? this.#memberLabel(node, parent) : undefined;
  }

  #declaredLabel(node: Node & { type: 'VariableDeclarator' }): Label {
    if (node.id.type !== 'Identifier') return { name: '{}' };
    const binding = this.#names.bindingOf(node.id);
    return { name: node.id.name, ...(binding === undefined ? {} : { binding }) };
  }

  #assignedLabel(node: Node & { type: 'AssignmentExpression' }): Label | undefined {
    const target = targetOf({ names: this.#names, prefix: '', self: '', selves: new Map() }, node.left);
    if (target === undefined) return undefined;
    const { path } = target;
    return { name: path, property: path.slice(path.lastIndexOf('.') + 1) };
  }

  #memberLabel(node: Node & { type: 'Property' }, object: Node): Label | undefined {
    const holder = this.#names.parentOf(object);
    const label = holder === undefined ? undefined : this.#labels.get(holder);
    if (label === undefined || object.type !== 'ObjectExpression' || holder === undefined || !holds(holder, object)) return undefined;
    const property = keyOf(node.key, node.computed);
    return { ...label, name: `${label.name}.${property}`, property };
  }
}

const holds = (holder: Node, object: Node): boolean =>
  (holder.type === 'VariableDeclarator' && holder.init === object) || (holder.type === 'AssignmentExpression' && holder.right === object);

const propertyLabel = (node: { readonly key: Node; readonly computed: boolean }): Label => {
  const property = keyOf(node.key, node.computed);
  return { name: `class.${property}`, property };
};

/** The own name of a function or class is no part of its body. */
const isOwnName = (node: Node, parent: Node | undefined): boolean =>
  node.type === 'Identifier' &&
  parent !== undefined &&
  'id' in parent &&
  parent.id === node &&
  (isFunction(parent) || parent.type.startsWith('Class'));

/** Bundlers and compilers number the names of imports: `debug$1`, `_utils2`. */
const plainName = (name: string): string => name.replace(/\$\d+$/, '').replace(/^(_.*\D)\d$/, '$1');
