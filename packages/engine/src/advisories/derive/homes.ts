/** Where each name of a module is declared: in which function, and as which of its names. */
import type { ModuleFunction } from '../../javascript/functions/functions.ts';
import { WRAPPER } from '../../javascript/functions/functions.ts';
import type { Binding, Names } from '../../javascript/syntax/scope.ts';
import { isFunction, isType } from '../../javascript/syntax/scope.ts';
import type { Node } from '../../javascript/syntax/syntax.ts';
import { walk } from '../../javascript/syntax/syntax.ts';

export interface Home {
  /** undefined = the module, or a function that only wraps it. */
  readonly fn: Node | undefined;
  /** 0-based among the names of that function. */
  readonly ordinal: number;
}

/** Functions that are there only for the scope of the module's code, and so count as the module itself. */
export const wrappersOf = (functions: readonly ModuleFunction[]): ReadonlySet<Node> => {
  const found = new Set<Node>();
  for (const { node, name, outer } of functions) {
    if (name.startsWith(WRAPPER) && (outer === undefined || found.has(outer.node))) found.add(node);
  }
  return found;
};

export const homesOf = (names: Names, wrappers: ReadonlySet<Node>): ReadonlyMap<Binding, Home> => {
  const uses = new Set(names.bindings.flatMap((binding) => binding.uses));
  const homes = new Map<Binding, Home>();
  const counts = new Map<Node | undefined, number>();
  const open: Node[] = [];
  const declare = (node: Node, parent: Node | undefined): void => {
    const binding = uses.has(node) ? undefined : names.bindingOf(node);
    if (binding === undefined || homes.has(binding)) return;
    const inOuter = parent?.type === 'FunctionDeclaration' && parent.id === node;
    const around = inOuter ? open.at(-2) : open.at(-1);
    const fn = around !== undefined && wrappers.has(around) ? undefined : around;
    const ordinal = counts.get(fn) ?? 0;
    counts.set(fn, ordinal + 1);
    homes.set(binding, { fn, ordinal });
  };
  walk(
    names.program,
    (node, parent) => {
      if (isType(node)) return false;
      if (isFunction(node)) open.push(node);
      else if (node.type === 'Identifier') declare(node, parent);
      return true;
    },
    (node) => {
      if (isFunction(node)) open.pop();
    },
  );
  return homes;
};
