/** Which of the functions seen to run is one of a text. */
import type { ExecutedFunction } from '../../extractors/facts.ts';

/** 1-based line and column (UTF-16). */
type Position = readonly [line: number, column: number];

export interface PlacedFunction {
  /** Of the parser's node of the function, or of the property or method that holds it. */
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
  /** Of its body: where `{` stands, or the expression of an arrow function. */
  readonly bodyStart: Position;
}

/**
 * The evidence that `fn` ran, if there is any. `executed`: of its module. A function that ran begins in front of the body and ends where
 * `fn` does; both are needed, since in `a => b => c` two end together and in `(a = () => 1) => a` two begin before the body. Evidence
 * without an end fits nothing.
 */
export const ranIn = (executed: readonly ExecutedFunction[], fn: PlacedFunction): ExecutedFunction | undefined =>
  executed.find((seen) => {
    const begins = compare(fn.start, seen.start) <= 0 && compare(seen.start, fn.bodyStart) < 0;
    return begins && seen.end !== undefined && compare(seen.end, fn.end) === 0;
  });

const compare = (a: Position, b: Position): number => a[0] - b[0] || a[1] - b[1];
