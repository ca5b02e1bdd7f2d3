/** Which names stand for Node's `require` in a module, and where it is handed to code that this analysis does not follow. */
import { memberName } from '../syntax/builtin.ts';
import type { Binding, Names } from '../syntax/scope.ts';
import { isFunction, nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Folding } from './fold.ts';
import { fold, functionOf } from './fold.ts';
import { HERE } from './pattern.ts';

export interface Requirers {
  /** `here`: Node's require of this module; `elsewhere`: one made for another place, so that relative paths mean nothing. */
  isRequire(callee: Node): 'here' | 'elsewhere' | undefined;
  /** Places where require gets out of sight: `load(require)`. */
  readonly handedOn: readonly Node[];
}

const GLOBALS = ['require', '__non_webpack_require__'];
/** Their results are functions that load as require does. */
const MAKERS = ['createRequire', 'createRequireFromPath'];

/** `makers`: the calls of createRequire in the module; `amd`: it makes its `define` with amdefine. */
export const requirersOf = (folding: Folding, makers: readonly (Node & { type: 'CallExpression' })[], amd: boolean): Requirers => {
  const search = new Search(folding.names);
  for (const call of makers) search.made(call, isHere(folding, call) ? 'here' : 'elsewhere');
  if (amd) search.amd();
  search.run();
  return { isRequire: (callee) => search.is(callee), handedOn: search.handedOn };
};

class Search {
  readonly handedOn: Node[] = [];
  readonly #names: Names;
  readonly #aliases = new Set<Binding>();
  readonly #uses = new Map<Node, 'here' | 'elsewhere'>();
  readonly #pending: Node[] = [];

  constructor(names: Names) {
    this.#names = names;
  }

  run(): void {
    for (const name of GLOBALS) for (const use of this.#names.globals.get(name) ?? []) this.#take(use, 'here');
    for (let use = this.#pending.pop(); use !== undefined; use = this.#pending.pop()) this.#follow(use);
  }

  made(call: Node, base: 'here' | 'elsewhere'): void {
    this.#take(call, base);
  }

  is(callee: Node): 'here' | 'elsewhere' | undefined {
    const known = this.#uses.get(callee);
    if (known !== undefined) return known;
    for (const part of partsOf(callee)) {
      const found = this.is(part);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #take(use: Node, base: 'here' | 'elsewhere'): void {
    if (this.#uses.has(use)) return;
    this.#uses.set(use, base);
    this.#pending.push(use);
  }

  /** From a use upwards through expressions that keep the value, to what is done with it. */
  #follow(use: Node): void {
    let node = use;
    let parent = this.#names.parentOf(node);
    while (parent !== undefined && keeps(parent, node)) {
      node = parent;
      parent = this.#names.parentOf(node);
    }
    if (parent !== undefined && !isHarmless(parent, node)) this.#end(use, node, parent);
  }

  #end(use: Node, node: Node, parent: Node): void {
    const target = parent.type === 'VariableDeclarator' ? parent.id : parent.type === 'AssignmentExpression' ? parent.left : undefined;
    if (target?.type === 'Identifier') this.#alias(target, use);
    else if (parent.type === 'CallExpression' || parent.type === 'NewExpression') this.#passed(use, node, parent);
    else this.handedOn.push(use);
  }

  #alias(identifier: Node, use: Node): void {
    const binding = this.#names.bindingOf(identifier);
    if (binding === undefined) this.handedOn.push(use);
    else if (!this.#aliases.has(binding)) {
      this.#aliases.add(binding);
      for (const each of binding.uses) if (!isWrite(this.#names, each)) this.#take(each, this.#uses.get(use) ?? 'here');
    }
  }

  /** An argument: its parameter is followed where the function is in sight. */
  #passed(use: Node, node: Node, call: Node & { type: 'CallExpression' | 'NewExpression' }): void {
    if (isAmdefine(call)) return;
    const shift = call.callee.type === 'MemberExpression' && memberName(call.callee) === 'call' ? 1 : 0;
    const callee = shift === 1 && call.callee.type === 'MemberExpression' ? call.callee.object : call.callee;
    const index = call.arguments.findIndex((item) => item.start === node.start) - shift;
    const fn = functionOf(this.#names, callee) ?? this.#factory(callee);
    const param = fn !== undefined && 'params' in fn && index >= 0 ? fn.params[index] : undefined;
    if (param === undefined) this.handedOn.push(use);
    else this.#alias(param.type === 'AssignmentPattern' ? param.left : param, use);
  }

  /** `(function (factory) { factory(require) })(function (require) { … })`, the frame of universal modules. */
  #factory(callee: Node): Node | undefined {
    const owner = callee.type === 'Identifier' ? this.#names.bindingOf(callee)?.owner : undefined;
    const call = owner === undefined ? undefined : this.#names.parentOf(owner.fn);
    if (owner === undefined || call === undefined) return undefined;
    const direct = call.type === 'CallExpression' && call.callee === owner.fn;
    const outer = this.#names.parentOf(call);
    const viaCall = call.type === 'MemberExpression' && memberName(call) === 'call' && outer?.type === 'CallExpression';
    const given = direct ? call.arguments[owner.index] : viaCall ? outer.arguments[owner.index + 1] : undefined;
    return given !== undefined ? functionOf(this.#names, given) : undefined;
  }

  /** `define = require('amdefine')(module)`: every function given to `define` gets require by that name. */
  amd(): void {
    const own = this.#names.bindings.filter((binding) => binding.name === 'define').flatMap((binding) => binding.uses);
    for (const use of [...own, ...(this.#names.globals.get('define') ?? [])]) {
      const call = this.#names.parentOf(use);
      for (const item of call?.type === 'CallExpression' ? call.arguments : []) {
        const param = isFunction(item) && 'params' in item ? item.params.find((each) => nameOf(each) === 'require') : undefined;
        if (param !== undefined) this.#alias(param, use);
      }
    }
  }
}

/** `createRequire(import.meta.url)`; by its name alone, since nothing else is called so. */
export const isMaker = (call: Node & { type: 'CallExpression' }): boolean =>
  MAKERS.includes(nameOf(call.callee)) || MAKERS.includes(memberName(call.callee) ?? '');

const isHere = (folding: Folding, call: Node & { type: 'CallExpression' }): boolean => {
  const base = call.arguments[0];
  return base !== undefined && fold(folding, base).every((item) => item.tail === undefined && item.head === `${HERE}/${folding.file}`);
};

/** Expressions whose value is that of one of their parts. */
const partsOf = (node: Node): readonly Node[] => {
  switch (node.type) {
    case 'SequenceExpression':
      return node.expressions.slice(-1);
    case 'LogicalExpression':
      return [node.left, node.right];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'ChainExpression':
      return [node.expression];
    default:
      return [];
  }
};

const keeps = (parent: Node, node: Node): boolean => {
  switch (parent.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return true;
    case 'ConditionalExpression':
      return parent.test !== node;
    case 'LogicalExpression':
      return parent.operator !== '&&' || parent.right === node;
    case 'SequenceExpression':
      return parent.expressions.at(-1) === node;
    default:
      return false;
  }
};

const READ_ONLY = new Set(['main', 'cache', 'extensions', 'resolve', 'name', 'length', 'paths', 'context', 'ensure', 'toString']);

/** Tests, calls and looks at its properties do not let require out of sight. */
const isHarmless = (parent: Node, node: Node): boolean => {
  switch (parent.type) {
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'IfStatement':
    case 'ExpressionStatement':
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'SequenceExpression':
    case 'WhileStatement':
      return true;
    case 'CallExpression':
      return parent.callee === node;
    case 'MemberExpression':
      return parent.object === node && READ_ONLY.has(memberName(parent) ?? '');
    case 'AssignmentExpression':
      return parent.left === node;
    default:
      return false;
  }
};

const isWrite = (names: Names, use: Node): boolean => {
  const parent = names.parentOf(use);
  return parent?.type === 'AssignmentExpression' && parent.left === use;
};

/** `require('amdefine')(module, require)` */
export const isAmdefine = (call: Node & { type: 'CallExpression' | 'NewExpression' }): boolean =>
  call.callee.type === 'CallExpression' && call.callee.arguments.some((item) => item.type === 'Literal' && item.value === 'amdefine');
