/** What the handlers of single nodes share while a module is compiled. */
import type { ModuleFunction } from '../functions/functions.ts';
import type { Folding } from '../modules/fold.ts';
import type { Binding } from '../syntax/scope.ts';
import type { Node } from '../syntax/syntax.ts';
import type { Emitter, OpenFunction } from './emitter.ts';
import type { Knowledge } from './knowledge.ts';
import type { Lines } from './lines.ts';

export interface ParsedModule {
  readonly folding: Folding;
  readonly functions: readonly ModuleFunction[];
  readonly lines: Lines;
  /** Indexes of the loads that a node is: a call of require, an import. */
  readonly loadsAt: (node: Node) => readonly number[] | undefined;
}

/** Everything that handlers of single nodes need. */
export interface Compiling extends ParsedModule {
  readonly out: Emitter;
  readonly knowledge: Knowledge;
  /** Variable of an expression that was compiled; NONE = nothing to follow. */
  readonly variableOf: (node: Node | null | undefined) => number;
  /** Functions that ask for `this`: whoever calls them has an object. */
  readonly withThis: ReadonlySet<Node>;
  /** Names of a function or class that is declared. */
  readonly bindingsOf: (node: Node) => readonly Binding[];
  /** The first thing of that name in the module. */
  readonly bindingNamed: (name: string) => Binding | undefined;
  /** Function made for a class, its constructor or one that stands for it. */
  readonly classFunctions: ReadonlyMap<Node, OpenFunction>;
  readonly opened: ReadonlyMap<Node, OpenFunction>;
}
