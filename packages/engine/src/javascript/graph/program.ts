/** The modules of an application, ready to be linked: their call facts and where their loads lead. */
import type { CallFacts } from '../calls/call-facts.ts';

export interface GraphModule {
  readonly facts: CallFacts;
  /** Of each load of the module: indexes of modules. */
  readonly loads: readonly (readonly number[])[];
  /** Loads of which it is not known where in the module they stand: they count as soon as the module runs. */
  readonly further: readonly number[];
}

export interface Start {
  readonly module: number;
  /** A platform or framework calls what the module exports. */
  readonly exportsCalled: boolean;
}

/** A function of a module: index of the module and of the function in its facts. */
export interface FunctionRef {
  readonly module: number;
  readonly fn: number;
}

/** The function `in` hands control to the next one at `line`. */
export interface Step {
  readonly in: FunctionRef;
  readonly line: number;
  /** Only the name is known of what is called there. */
  readonly byName: boolean;
}

export interface CallGraph {
  /** false: not reached from any start; nothing is said when `exhausted`. */
  isReached(ref: FunctionRef): boolean;
  /**
   * From a start to the function that runs: where each function on the way hands control on. Empty = the function is a start itself.
   * `sure`: only along calls of which something is known, the function or at least its name.
   */
  pathTo(ref: FunctionRef, sure: boolean): readonly Step[] | undefined;
  readonly reached: number;
  readonly functions: number;
  readonly exhausted: boolean;
}
