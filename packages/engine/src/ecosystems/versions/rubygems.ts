/** Gem::Version of RubyGems: letters are pre-releases, `-` is `.pre.`, zeros at the end say nothing. @see https://guides.rubygems.org/patterns/#prerelease-gems */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken } from './tokens.ts';

const VALID = /^\d+(?:\.[0-9a-z]+)*(?:-[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;
const SEGMENT = /\d+|[a-z]+/gi;

const TEXT = 0;
const NUMBER = 1;
const ZERO = numberToken(NUMBER, '0');

const withoutZeroTail = (tokens: Tokens): Tokens => tokens.slice(0, tokens.findLastIndex(({ digits }) => digits !== '') + 1);

const segmentToken = (segment: string): Token => (/^\d/.test(segment) ? numberToken(NUMBER, segment) : textToken(TEXT, segment));

/** Zeros before the first letter and at the end are dropped: `1.0.0.a` is `1.a`. */
export const rubygems: Ordering<Tokens> = {
  parse: (text) => {
    const version = text.trim();
    if (!VALID.test(version)) return undefined;
    const tokens = (version.replaceAll('-', '.pre.').match(SEGMENT) ?? []).map(segmentToken);
    const first = tokens.findIndex(({ rank }) => rank === TEXT);
    if (first < 0) return withoutZeroTail(tokens);
    return [...withoutZeroTail(tokens.slice(0, first)), ...withoutZeroTail(tokens.slice(first))];
  },
  compare: compareTokens(ZERO),
};
