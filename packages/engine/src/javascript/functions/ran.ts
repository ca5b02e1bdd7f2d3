/** Which of the functions seen to run is one of a text. */
import type { ExecutedFunction, PlacedFunction } from '../../extractors/facts.ts';

type Position = readonly [line: number, column: number];

/**
 * The evidence that `fn` ran, if there is any. `executed`: of its module. `fn.place` is of the parser's node of the function, or of the
 * property or method that holds it; `fn.body` is where `{` stands, or the expression of an arrow function. What ran begins in front of the
 * body and ends where `fn` does; both are needed, since in `a => b => c` two end together and in `(a = () => 1) => a` two begin before the
 * body. Evidence without an end fits nothing.
 */
export const ranIn = (executed: readonly ExecutedFunction[], fn: Pick<PlacedFunction, 'place' | 'body'>): ExecutedFunction | undefined => {
  const [line, column, endLine, endColumn] = fn.place;
  return executed.find(({ start, end }) => {
    const begins = compare([line, column], start) <= 0 && compare(start, fn.body) < 0;
    return begins && end !== undefined && compare(end, [endLine, endColumn]) === 0;
  });
};

const compare = (a: Position, b: Position): number => a[0] - b[0] || a[1] - b[1];
