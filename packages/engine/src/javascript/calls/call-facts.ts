/**
 * What one module does with functions, as plain data: which it makes, where it puts them and what it calls.
 * Values move between numbered variables; strings of `names` are shared by number, so that facts are small and can be kept.
 */

/** Variables that every module has: its `exports` and its `module`. */
export const EXPORTS = 0;
export const MODULE = 1;
export const FIRST_FREE = 2;
/** No variable: a value that is no function and holds none, as far as it can be seen. */
export const NONE = -1;

/** The name of elements of lists, maps and sets; no property is called so in code that people write. */
export const ELEMENT = '[]';
/** A property whose name is computed. */
export const ANY_NAME = '*';

/** Each operation is its code and its operands, one after the other, in one list of numbers for each function. */
export const OP = {
  /** variable, function */
  FUNCTION: 0,
  /** variable, object: a literal whose properties are followed */
  OBJECT: 1,
  /** to, from */
  MOVE: 2,
  /** to, base, name, known (1: `base` is a module, or an object or function that is seen whole) */
  LOAD: 3,
  /** base, name, from, kind of STORED */
  STORE: 4,
  /** to, callee, base, name, flags, line, number of arguments, arguments…; callee NONE = the property `name` of base */
  CALL: 5,
  /** to, load: the exports of the modules that a load leads to */
  REQUIRE: 6,
  /** to, from: all properties */
  COPY: 7,
  /** to, from, known: an element of a list */
  ELEMENTS: 8,
  /** variable, line: code that is not seen may call it */
  ESCAPE: 9,
  /** load, line: modules run */
  RUN: 10,
  /** name: looks at a property, for the sake of accessors */
  TOUCH: 11,
} as const;

/** What a property is, by the place that it is stored in. */
export const STORED = {
  /** Of a prototype or class: code that does not know the object calls it by its name, and does not hand it around. */
  METHOD: 0,
  /** Code calls it by its name, or loads it to hand it around. */
  VALUE: 1,
  /** Of a module, or of a function or class that is seen whole: who calls it has the module or the function. */
  EXPORT: 2,
} as const;

export const CALL = {
  /** `new` */
  NEW: 1,
  /** `base` is a module, or an object or function that is seen whole. */
  KNOWN: 2,
  /** The language or Node itself is called: it may call what it is given. */
  NATIVE: 4,
  /** Some argument is spread: its place is not known. */
  SPREAD: 8,
  /** With NATIVE: nothing that is given is called. */
  INERT: 16,
} as const;

export interface FunctionFacts {
  /** As javascript/functions names it; the module itself is ''. */
  readonly name: string;
  /** 1-based start and exclusive end: line, column (UTF-16), line, column. */
  readonly place: readonly [number, number, number, number];
  /** Line and column of the body. */
  readonly body: readonly [number, number];
  /** Index of the function around it; -1 for the module. */
  readonly outer: number;
  readonly params: readonly number[];
  /** Variable that holds the list of further arguments; NONE = it has none. */
  readonly rest: number;
  readonly result: number;
  /** Indexes of parameters that it gives back as they are: each caller gets its own. */
  readonly gives: readonly number[];
  readonly ops: readonly number[];
}

export interface CallFacts {
  /** The module itself first. */
  readonly functions: readonly FunctionFacts[];
  readonly names: readonly string[];
  readonly variables: number;
  readonly objects: number;
  /** It is a module of ECMAScript: `default` is a name like others. */
  readonly esm: boolean;
}
