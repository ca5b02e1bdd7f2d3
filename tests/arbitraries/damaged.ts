/** Real texts that were damaged: bytes changed, parts cut, lines repeated, lines swapped, foreign pieces put in. */
import fc from 'fast-check';

const PIECES = [
  '"',
  "'",
  '\n',
  ' ',
  '  ',
  ':',
  ': ',
  ',',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '#',
  '- ',
  '? ',
  '|',
  '&a',
  '*a',
  '\t',
  '\0',
  '@',
  '/',
  '(',
  ')',
  '\r\n',
  '__proto__',
  '\u{1f600}',
  '\ud800',
];

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly piece: string;
  readonly lines: boolean;
}

const cut = fc.record({
  at: fc.nat(1_000_000),
  length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40), fc.nat(2_000)),
  piece: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })),
  lines: fc.boolean(),
});

const damage = (text: string, { at, length, piece, lines }: Cut): string => {
  if (!lines) {
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece + text.slice(from + length);
  }
  const rows = text.split('\n');
  const from = at % rows.length;
  return [...rows.slice(0, from + 1), ...rows.slice(from, from + 1 + (length % 4)), ...rows.slice(from + 1)].join('\n');
};

/** One of the texts with one to four damages. */
export const damagedOneOf = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...texts), fc.array(cut, { minLength: 1, maxLength: 4 })).map(([text, cuts]) => cuts.reduce(damage, text));
