/** What one module says about loading others; plain data, so that it can be kept from scan to scan. */
import type { CallFacts } from '../calls/call-facts.ts';
import type { Pattern } from './pattern.ts';

/** Loads one of `patterns`, and nothing else. */
export interface Load {
  readonly patterns: readonly Pattern[];
  /** Which conditions of `exports` hold. `file`: a path as `fork` takes it. */
  readonly by: 'require' | 'import' | 'file';
  /** The require was made for another place: relative paths mean nothing, names may be found anywhere. */
  readonly elsewhere?: true;
  /** A failure is caught. */
  readonly soft?: true;
  /** The path of a file beside the module, which may be given to a thread, a queue or a loader, or only be read. */
  readonly guess?: true;
  readonly line: number;
  /** The import as written, on one line. */
  readonly text: string;
}

export const UNKNOWN_KINDS = [
  'require',
  'import',
  'handed on',
  'eval',
  'Function',
  'vm',
  'compile',
  'resolution',
  'process',
  'native',
] as const;
export type UnknownKind = (typeof UNKNOWN_KINDS)[number];

/** May load anything: the argument is not constant, or code is made from text. */
export interface Unknown {
  readonly kind: UnknownKind;
  readonly line: number;
  readonly text: string;
}

/** What the application tells a view engine host such as express. */
export interface Views {
  /** First arguments of `.render(…)`. */
  readonly rendered: readonly Pattern[];
  /** Values of the setting `view engine`. */
  readonly engines: readonly Pattern[];
  /** Extensions that have a function: `app.engine('html', …)`. */
  readonly registered: readonly Pattern[];
}

export interface ModuleFacts {
  readonly loads: readonly Load[];
  readonly unknown: readonly Unknown[];
  readonly views?: Views;
  /** What it does with functions; absent = it has none, or they were not followed (`notFollowed`). */
  readonly calls?: CallFacts;
  /** Why functions were not followed: one clause. */
  readonly notFollowed?: string;
  /** Those of the watched names that occur as property, key or text; and `mainModule` when it occurs at all. */
  readonly named: readonly string[];
  /** The text could not be parsed: one clause. */
  readonly error?: string;
}

/** `process.mainModule.require`: the way to modules that code without a require has. */
export const MAIN_MODULE = 'mainModule';
