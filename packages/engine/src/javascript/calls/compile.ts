/** From the syntax tree of a module to its call facts, in one walk that needs no stack of its own. */
import type { ModuleFunction } from '../functions/functions.ts';
import type { Folding } from '../modules/fold.ts';
import type { Binding } from '../syntax/scope.ts';
import { isFunction, isType } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { walk } from '../syntax/syntax.ts';
import type { CallFacts, FunctionFacts } from './call-facts.ts';
import { NONE, OP } from './call-facts.ts';
import { classOf } from './classes.ts';
import type { Compiling, ParsedModule } from './compiling.ts';
import type { OpenFunction } from './emitter.ts';
import { Emitter } from './emitter.ts';
import { compileExpression } from './expressions.ts';
import { Knowledge } from './knowledge.ts';
import type { Lines } from './lines.ts';
import { compileStatement } from './statements.ts';
import { compileParams } from './targets.ts';

export const callFactsOf = (module: ParsedModule): CallFacts => {
  const compiler = new Compiler(module);
  compiler.run();
  return compiler.facts();
};

class Compiler implements Compiling {
  readonly folding: Folding;
  readonly functions: readonly ModuleFunction[];
  readonly lines: Lines;
  readonly loadsAt: (node: Node) => readonly number[] | undefined;
  readonly out = new Emitter();
  readonly knowledge: Knowledge;
  readonly classFunctions = new Map<Node, OpenFunction>();
  readonly withThis: ReadonlySet<Node>;
  readonly opened = new Map<Node, OpenFunction>();
  readonly #declared = new Map<Node, readonly Binding[]>();
  readonly #values = new Map<Node, number>();
  #byName: Map<string, Binding> | undefined;
  #esm = false;

  constructor(module: ParsedModule) {
    this.folding = module.folding;
    this.functions = module.functions;
    this.lines = module.lines;
    this.loadsAt = module.loadsAt;
    for (const binding of module.folding.names.bindings) {
      for (const value of binding.values)
        if (value.type.endsWith('Declaration')) this.#declared.set(value, [...(this.#declared.get(value) ?? []), binding]);
    }
    this.withThis = functionsWithThis(module.folding.names.program);
    this.knowledge = new Knowledge(module.folding.names, (node) => module.loadsAt(node) !== undefined);
  }

  readonly variableOf = (node: Node | null | undefined): number =>
    node === null || node === undefined ? NONE : (this.#values.get(node) ?? NONE);

  readonly bindingNamed = (name: string): Binding | undefined => {
    this.#byName ??= new Map(this.folding.names.bindings.map((each) => [each.name, each]));
    return this.#byName.get(name);
  };

  /** A declaration in a block has its name there and in the function around (ECMAScript, Annex B). */
  readonly bindingsOf = (node: Node): readonly Binding[] => {
    const own = 'id' in node && node.id ? this.folding.names.bindingOf(node.id as Node) : undefined; // id of a function or class: an identifier
    return this.#declared.get(node) ?? (own === undefined ? [] : [own]);
  };

  run(): void {
    const { program } = this.folding.names;
    this.#declare(program);
    const root = this.out.functions[0];
    if (root === undefined) return;
    this.out.enter(root);
    walk(
      program,
      (node, parent) => this.#enter(node, parent),
      (node) => this.#leave(node),
    );
    this.out.leave();
    this.out.finish();
  }

  #declare(program: Node): void {
    this.out.declare('', this.lines.place(program), this.lines.at(program.start), -1);
    for (const { node, name, outer } of this.functions) {
      const around = outer === undefined ? 0 : (this.opened.get(outer.node)?.index ?? 0);
      const body = 'body' in node && node.body !== null ? (node.body as Node) : node; // of a function: a block or an expression
      this.opened.set(node, this.out.declare(name, this.lines.place(node), this.lines.at(body.start), around));
    }
  }

  #enter(node: Node, parent: Node | undefined): boolean {
    if (isType(node)) return false;
    const fn = this.opened.get(node);
    if (fn !== undefined) this.#enterFunction(node, fn, parent);
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') this.classFunctions.set(node, classOf(this, node));
    if (node.type.startsWith('Export') || node.type === 'ImportDeclaration') this.#esm = true;
    return true;
  }

  /** A declaration has its value before any statement of its block runs. */
  #enterFunction(node: Node, fn: OpenFunction, parent: Node | undefined): void {
    const value = this.out.fresh();
    const isAccessorOrMethod = parent?.type === 'MethodDefinition' && parent.kind === 'constructor';
    if (!isAccessorOrMethod) {
      this.out.emit(OP.FUNCTION, value, fn.index);
      this.#values.set(node, value);
    }
    for (const binding of this.bindingsOf(node)) this.out.move(this.out.bindingVariable(binding), value);
    this.out.enter(fn);
  }

  #leave(node: Node): void {
    if (isType(node)) return;
    if (isFunction(node)) this.#leaveFunction(node);
    else {
      const value = compileExpression(this, node);
      if (value !== NONE) this.#values.set(node, value);
      compileStatement(this, node);
    }
    for (const load of this.loadsAt(node) ?? []) this.out.emit(OP.RUN, load, this.lines.line(node.start));
  }

  #leaveFunction(node: Node): void {
    compileParams(this, node);
    if (node.type === 'ArrowFunctionExpression' && node.expression) this.out.move(this.out.owner.result, this.variableOf(node.body));
    this.out.leave();
  }

  facts(): CallFacts {
    const { functions, names, variables, objects } = this.out;
    return { functions: functions.map(factsOf), names, variables, objects, esm: this.#esm };
  }
}

const factsOf = ({ name, place, body, outer, params, rest, result, gives, ops }: OpenFunction): FunctionFacts => ({
  name,
  place,
  body,
  outer,
  params,
  rest,
  result,
  gives: [...gives],
  ops,
});

/** Arrow functions have the `this` of what is around them. */
const functionsWithThis = (program: Node): ReadonlySet<Node> => {
  const found = new Set<Node>();
  const open: Node[] = [];
  walk(
    program,
    (node) => {
      if (isType(node)) return false;
      if (isFunction(node) && node.type !== 'ArrowFunctionExpression') open.push(node);
      const around = open.at(-1);
      if (node.type === 'ThisExpression' && around !== undefined) found.add(around);
      return true;
    },
    (node) => {
      if (isFunction(node) && node.type !== 'ArrowFunctionExpression') open.pop();
    },
  );
  return found;
};
