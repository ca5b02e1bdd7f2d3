/** Names of a module: what each stands for, what is assigned to it, and where it is used. */
import type { Node } from './syntax.ts';
import { childrenOf, walk } from './syntax.ts';

export interface Binding {
  readonly name: string;
  readonly kind: 'var' | 'param' | 'function' | 'import' | 'other';
  /** Every expression assigned; the value of the name is one of them unless `opaque`. */
  readonly values: Node[];
  /** Expressions over whose elements the name runs (`for … of`). */
  readonly elements: Node[];
  /** Assigned something that is not an expression here: destructured, counted, caught. */
  opaque: boolean;
  /** param: the function and which of its parameters. */
  readonly owner?: { readonly fn: Node; readonly index: number };
  /** import: `import { imported } from source`; destructured from an expression: `const { imported } = from`. */
  readonly picked?: { readonly source: Node; readonly imported: string };
  readonly uses: Node[];
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly ofFunction: boolean;
  readonly names: Map<string, Binding>;
}

export interface Names {
  readonly program: Node;
  /** The binding of an identifier that is used; undefined = a global. */
  bindingOf(identifier: Node): Binding | undefined;
  parentOf(node: Node): Node | undefined;
  /** Identifiers that are used and bound nowhere in the module, by name. */
  readonly globals: ReadonlyMap<string, readonly Node[]>;
  /** Every name that the module binds. */
  readonly bindings: readonly Binding[];
  /** Arguments of each `return`, by function. */
  readonly returns: ReadonlyMap<Node, readonly Node[]>;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const BLOCKS = new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'ClassDeclaration',
  'ClassExpression',
  'SwitchStatement',
  'StaticBlock',
  'TSModuleBlock',
]);
/** Types say nothing about what runs; these are the TS nodes that do. */
const RUNS =
  /^TS(?:As|Satisfies|NonNull|TypeAssertion|Instantiation|Export|ImportEquals|ExternalModule|Module|Enum|ParameterProperty|Abstract)/;

export const isFunction = (node: Node | undefined): boolean => node !== undefined && FUNCTIONS.has(node.type);
export const isType = (node: Node): boolean =>
  node.type.startsWith('TS') && (!RUNS.test(node.type) || ('declare' in node && node.declare === true));

export const namesOf = (program: Node): Names => {
  const resolver = new Resolver();
  resolver.declareAll(program);
  resolver.useAll(program);
  return {
    program,
    bindingOf: (identifier) => resolver.used.get(identifier),
    parentOf: (node) => resolver.parents.get(node),
    globals: resolver.globals,
    bindings: resolver.bindings,
    returns: resolver.returns,
  };
};

class Resolver {
  readonly parents = new Map<Node, Node>();
  readonly used = new Map<Node, Binding>();
  readonly globals = new Map<string, Node[]>();
  readonly bindings: Binding[] = [];
  readonly returns = new Map<Node, Node[]>();
  readonly #scopes = new Map<Node, Scope>();
  readonly #declared = new Set<Node>();

  declareAll(program: Node): void {
    const open: Scope[] = [];
    const functions: Node[] = [];
    walk(
      program,
      (node, parent) => {
        if (isType(node)) return false;
        if (parent !== undefined) this.parents.set(node, parent);
        this.#declareNamed(node, open.at(-1));
        if (isFunction(node) || BLOCKS.has(node.type)) open.push(this.#openScope(node, open.at(-1)));
        if (isFunction(node)) functions.push(node);
        const scope = open.at(-1);
        if (scope !== undefined) this.#declare(node, scope);
        this.#noteReturn(node, functions.at(-1));
        return true;
      },
      (node) => {
        if (this.#scopes.has(node)) open.pop();
        if (isFunction(node)) functions.pop();
      },
    );
  }

  #noteReturn(node: Node, fn: Node | undefined): void {
    if (node.type !== 'ReturnStatement' || !node.argument || fn === undefined) return;
    this.returns.set(fn, [...(this.returns.get(fn) ?? []), node.argument]);
  }

  #openScope(node: Node, parent: Scope | undefined): Scope {
    const scope: Scope = { parent, ofFunction: isFunction(node) || node.type === 'Program', names: new Map() };
    this.#scopes.set(node, scope);
    if ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && node.id) this.#add(scope, node.id, { kind: 'other' });
    if (isFunction(node) && 'params' in node) this.#declareParams(scope, node);
    if (node.type === 'ArrowFunctionExpression' && node.expression) this.returns.set(node, [node.body]);
    if (node.type === 'CatchClause' && node.param) this.#declarePattern(scope, node.param, 'other');
    return scope;
  }

  #declareParams(scope: Scope, fn: Node & { readonly params: readonly Node[] }): void {
    for (const [index, param] of fn.params.entries()) this.#declareParam(scope, fn, param, index);
  }

  #declareNamed(node: Node, outer: Scope | undefined): void {
    if (outer === undefined || (node.type !== 'FunctionDeclaration' && node.type !== 'ClassDeclaration') || !node.id) return;
    const kind = node.type === 'FunctionDeclaration' ? 'function' : 'other';
    // a function in a block is also a name of the function around it (ECMAScript, Annex B)
    for (const scope of new Set([outer, functionScope(outer)])) this.#add(scope, node.id, { kind }).values.push(node);
  }

  #declareParam(scope: Scope, fn: Node, param: Node, index: number): void {
    const target = param.type === 'AssignmentPattern' ? param.left : param;
    if (target.type !== 'Identifier') {
      this.#declarePattern(scope, param, 'other');
      return;
    }
    const binding = this.#add(scope, target, { kind: 'param', owner: { fn, index } });
    if (param.type === 'AssignmentPattern') binding.values.push(param.right);
  }

  #declare(node: Node, scope: Scope): void {
    if (node.type === 'VariableDeclaration') {
      const home = node.kind === 'var' ? functionScope(scope) : scope;
      for (const item of node.declarations) this.#declarePattern(home, item.id, 'var', item.init ?? undefined);
    } else if (node.type === 'ImportDeclaration') this.#declareImports(node, scope);
    else if (node.type === 'TSImportEqualsDeclaration') {
      const binding = this.#add(scope, node.id, { kind: 'other' });
      if (node.moduleReference.type === 'TSExternalModuleReference') binding.values.push(node);
    } else if (node.type === 'TSEnumDeclaration') this.#add(scope, node.id, { kind: 'other' }).opaque = true;
  }

  #declareImports(node: Node & { type: 'ImportDeclaration' }, scope: Scope): void {
    for (const item of node.specifiers) {
      const imported = item.type === 'ImportSpecifier' ? nameOf(item.imported) : item.type === 'ImportDefaultSpecifier' ? 'default' : '*';
      this.#add(scope, item.local, { kind: 'import', picked: { source: node.source, imported } });
    }
  }

  /** Destructuring: each name is opaque, but one picked straight from an expression remembers what it was there. */
  #declarePattern(scope: Scope, pattern: Node, kind: Binding['kind'], from?: Node): void {
    if (pattern.type === 'Identifier') {
      this.#add(scope, pattern, { kind });
      return;
    }
    const direct = new Map<Node, string>();
    if (pattern.type === 'ObjectPattern' && from !== undefined) {
      for (const item of pattern.properties) {
        if (item.type === 'Property' && !item.computed) direct.set(unwrapped(item.value), nameOf(item.key));
      }
    }
    walk(pattern, (node, parent) => {
      if (isType(node)) return false;
      if (node.type !== 'Identifier' || !isTarget(node, parent)) return true;
      const imported = direct.get(node);
      const extra = imported === undefined || from === undefined ? {} : { picked: { source: from, imported } };
      this.#add(scope, node, { kind, ...extra }).opaque = true;
      return true;
    });
  }

  #add(scope: Scope, identifier: Node, facts: Pick<Binding, 'kind' | 'owner' | 'picked'>): Binding {
    const name = nameOf(identifier);
    this.#declared.add(identifier);
    const found = scope.names.get(name);
    // `var require = require || …` beside a parameter of that name is the parameter again
    const binding = found ?? { name, values: [], elements: [], opaque: false, uses: [], ...facts };
    if (found === undefined) this.bindings.push(binding);
    scope.names.set(name, binding);
    this.used.set(identifier, binding);
    return binding;
  }

  useAll(program: Node): void {
    const open: Scope[] = [];
    walk(
      program,
      (node, parent) => {
        if (isType(node)) return false;
        const own = this.#scopes.get(node);
        if (own !== undefined) open.push(own);
        if (node.type === 'Identifier') this.#use(node, parent, open.at(-1));
        else this.#assign(node, open.at(-1));
        return true;
      },
      (node) => {
        if (this.#scopes.has(node)) open.pop();
      },
    );
  }

  #use(node: Node, parent: Node | undefined, scope: Scope | undefined): void {
    if (this.#declared.has(node) || parent === undefined || !isReference(node, parent)) return;
    const binding = lookUp(scope, nameOf(node));
    if (binding === undefined) {
      const name = nameOf(node);
      const uses = this.globals.get(name) ?? [];
      uses.push(node);
      this.globals.set(name, uses);
      return;
    }
    this.used.set(node, binding);
    binding.uses.push(node);
  }

  #assign(node: Node, scope: Scope | undefined): void {
    if (node.type === 'VariableDeclarator' && node.init)
      this.#write(node.id, scope, (binding) => node.init && binding.values.push(node.init));
    else if (node.type === 'AssignmentExpression') {
      const plain = ['=', '||=', '??=', '&&='].includes(node.operator);
      this.#write(node.left, scope, (binding) => (plain ? binding.values.push(node.right) : markOpaque(binding)));
    } else if (node.type === 'UpdateExpression') this.#write(node.argument, scope, markOpaque);
    else if (node.type === 'ForOfStatement') this.#write(loopTarget(node.left), scope, (binding) => binding.elements.push(node.right));
    else if (node.type === 'ForInStatement') this.#write(loopTarget(node.left), scope, markOpaque);
  }

  #write(target: Node, scope: Scope | undefined, write: (binding: Binding) => unknown): void {
    if (target.type === 'Identifier') {
      const binding = this.used.get(target) ?? lookUp(scope, target.name);
      if (binding !== undefined) write(binding);
      return;
    }
    if (target.type !== 'ObjectPattern' && target.type !== 'ArrayPattern') return;
    for (const node of childrenOf(target)) {
      const inner = node.type === 'Property' ? unwrapped(node.value) : node.type === 'RestElement' ? node.argument : unwrapped(node);
      this.#write(inner, scope, markOpaque);
    }
  }
}

const markOpaque = (binding: Binding): void => {
  binding.opaque = true;
};

const functionScope = (scope: Scope): Scope => {
  let at = scope;
  while (!at.ofFunction && at.parent !== undefined) at = at.parent;
  return at;
};

const lookUp = (scope: Scope | undefined, name: string): Binding | undefined => {
  for (let at = scope; at !== undefined; at = at.parent) {
    const found = at.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
};

const loopTarget = (left: Node): Node => (left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? left) : left);
const unwrapped = (node: Node): Node => (node.type === 'AssignmentPattern' ? node.left : node);

/** The name that an identifier or a constant key spells; empty when it is neither. */
export const nameOf = (node: Node): string => {
  if ('name' in node && typeof node.name === 'string') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
};

/** In a pattern: the name that is bound, not a key or the name in a default value. */
const isTarget = (node: Node, parent: Node | undefined): boolean => {
  if (parent === undefined) return true;
  if (parent.type === 'Property') return parent.value === node;
  if (parent.type === 'AssignmentPattern') return parent.left === node;
  return parent.type === 'ArrayPattern' || parent.type === 'RestElement' || parent.type === 'ObjectPattern';
};

const isReference = (node: Node, parent: Node): boolean => {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.value === node || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportSpecifier':
    case 'ImportAttribute':
    case 'ExportAllDeclaration':
      return false;
    case 'ExportSpecifier':
      return parent.local === node;
    default:
      return true;
  }
};
