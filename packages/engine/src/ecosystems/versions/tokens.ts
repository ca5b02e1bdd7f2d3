/** Versions as lists of tokens: what most orderings have in common once the text is read. */
import { byText } from '../../lib/order.ts';

/** One step of a version. `rank` decides first; within one rank all are numbers, or all are texts by code unit. */
export interface Token {
  readonly rank: number;
  /** A number without leading zeros (`''` is zero), of any length: no precision is lost. */
  readonly digits?: string;
  readonly text?: string;
}

export type Tokens = readonly Token[];

/** `0012` → `12`, `000` → ``. */
export const withoutZeros = (digits: string): string => {
  let start = 0;
  while (digits[start] === '0') start += 1;
  return digits.slice(start);
};

export const numberToken = (rank: number, digits: string): Token => ({ rank, digits: withoutZeros(digits) });
export const textToken = (rank: number, text: string): Token => ({ rank, text });

/** Both without leading zeros: the longer one is larger. */
export const compareDigits = (a: string, b: string): number => a.length - b.length || byText(a, b);

const compareToken = (a: Token, b: Token): number => {
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.digits !== undefined && b.digits !== undefined ? compareDigits(a.digits, b.digits) : byText(a.text ?? '', b.text ?? '');
};

/** Token by token; the shorter list goes on as if with `end`. */
export const compareTokens =
  (end: Token) =>
  (a: Tokens, b: Tokens): number => {
    const length = Math.max(a.length, b.length);
    for (let i = 0; i < length; i += 1) {
      const order = compareToken(a[i] ?? end, b[i] ?? end);
      if (order !== 0) return order;
    }
    return 0;
  };
