/** Statements that move values: declarations, returns, loops, imports and exports. */
import { nameOf } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import { childrenOf } from '../syntax/syntax.ts';
import { EXPORTS, MODULE, NONE, OP, STORED } from './call-facts.ts';
import type { Compiling } from './compiling.ts';
import { assignTo } from './targets.ts';

export const compileStatement = (compiling: Compiling, node: Node): void => {
  const { out, knowledge, variableOf } = compiling;
  switch (node.type) {
    case 'VariableDeclarator':
      if (node.init) assignTo(compiling, node.id, variableOf(node.init), knowledge.isKnown(node.init));
      break;
    case 'ReturnStatement':
    case 'YieldExpression':
      if (node.argument) compileReturn(compiling, node.argument);
      break;
    case 'ForOfStatement':
      compileLoop(compiling, node);
      break;
    case 'ImportDeclaration':
      compileImport(compiling, node);
      break;
    case 'TSImportEqualsDeclaration':
      if (node.moduleReference.type === 'TSExternalModuleReference') assignTo(compiling, node.id, required(compiling, node), true);
      break;
    case 'TSExportAssignment':
      out.store(MODULE, 'exports', variableOf(node.expression), STORED.EXPORT);
      break;
    default:
      compileExport(compiling, node);
  }
};

const compileReturn = ({ out, folding, opened, variableOf }: Compiling, argument: Node): void => {
  const binding = argument.type === 'Identifier' ? folding.names.bindingOf(argument) : undefined;
  const own = binding?.owner !== undefined && opened.get(binding.owner.fn) === out.owner;
  if (own && binding?.values.length === 0 && !binding.opaque) out.owner.gives.add(binding.owner?.index ?? 0);
  else out.move(out.owner.result, variableOf(argument));
};

const compileLoop = (compiling: Compiling, node: Node & { type: 'ForOfStatement' }): void => {
  const list = compiling.variableOf(node.right);
  if (list === NONE) return;
  const element = compiling.out.fresh();
  compiling.out.emit(OP.ELEMENTS, element, list, compiling.knowledge.isKnown(node.right) ? 1 : 0);
  const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
  if (target !== undefined) assignTo(compiling, target, element, false);
};

/** Variable with the exports of what a node loads; NONE when it loads no module. */
const required = ({ out, loadsAt }: Compiling, node: Node): number => {
  const loads = loadsAt(node);
  if (loads === undefined) return NONE;
  const to = out.fresh();
  for (const load of loads) out.emit(OP.REQUIRE, to, load);
  return to;
};

const compileImport = (compiling: Compiling, node: Node & { type: 'ImportDeclaration' }): void => {
  const from = required(compiling, node);
  if (from === NONE) return;
  for (const item of node.specifiers) {
    if (item.type === 'ImportNamespaceSpecifier') assignTo(compiling, item.local, from, true);
    else {
      const name = item.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(item.imported);
      assignTo(compiling, item.local, compiling.out.load(from, name, true), true);
    }
  }
};

const compileExport = (compiling: Compiling, node: Node): void => {
  if (node.type === 'ExportDefaultDeclaration')
    compiling.out.store(EXPORTS, 'default', compiling.variableOf(node.declaration), STORED.EXPORT);
  else if (node.type === 'ExportAllDeclaration') exportAll(compiling, node);
  else if (node.type === 'ExportNamedDeclaration') exportNamed(compiling, node);
};

/** `export * from 'x'`, `export * as name from 'x'` */
const exportAll = (compiling: Compiling, node: Node & { type: 'ExportAllDeclaration' }): void => {
  const { out } = compiling;
  const from = required(compiling, node);
  if (from === NONE) return;
  if (node.exported) out.store(EXPORTS, nameOf(node.exported), from, STORED.EXPORT);
  else out.emit(OP.COPY, EXPORTS, from);
};

const exportNamed = (compiling: Compiling, node: Node & { type: 'ExportNamedDeclaration' }): void => {
  if (node.declaration) exportDeclared(compiling, node.declaration);
  const from = node.source ? required(compiling, node) : undefined;
  for (const item of node.specifiers) exportOne(compiling, item, from);
};

/** `from` undefined = a name of this module; NONE = from no module that is followed. */
const exportOne = ({ out, folding }: Compiling, item: Node & { type: 'ExportSpecifier' }, from: number | undefined): void => {
  if (from === NONE) return;
  if (from !== undefined) {
    out.store(EXPORTS, nameOf(item.exported), out.load(from, nameOf(item.local), true), STORED.EXPORT);
    return;
  }
  const binding = folding.names.bindingOf(item.local);
  if (binding !== undefined) out.store(EXPORTS, nameOf(item.exported), out.bindingVariable(binding), STORED.EXPORT);
};

const exportDeclared = ({ out, folding }: Compiling, declaration: Node): void => {
  const declared =
    declaration.type === 'VariableDeclaration'
      ? declaration.declarations.flatMap((item) => namesIn(item.id))
      : 'id' in declaration && declaration.id
        ? [declaration.id as Node]
        : []; // id of a declaration: an identifier
  for (const identifier of declared) {
    const binding = folding.names.bindingOf(identifier);
    if (binding !== undefined) out.store(EXPORTS, binding.name, out.bindingVariable(binding), STORED.EXPORT);
  }
};

/** Identifiers that a pattern binds; keys and defaults that slip in bind nothing, and have no binding or one that does no harm. */
const namesIn = (pattern: Node): readonly Node[] => {
  const found: Node[] = [];
  const pending = [pattern];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'Identifier') found.push(node);
    else if (node.type === 'Property') pending.push(node.value);
    else if (node.type === 'AssignmentPattern') pending.push(node.left);
    else for (const child of childrenOf(node)) pending.push(child);
  }
  return found;
};
