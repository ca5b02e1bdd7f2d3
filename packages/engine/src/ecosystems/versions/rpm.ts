/** RPM's versions: epoch, version, release; `~` stands before the end, `^` just after it. @see https://rpm.org/docs/latest/manual/dependencies.html */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareDigits, compareTokens, numberToken, textToken, withoutZeros } from './tokens.ts';

interface RpmVersion {
  readonly epoch: string;
  readonly version: Tokens;
  readonly release: Tokens;
}

const EPOCH = /^(\d*):/;
/** All else only separates: `2.0` = `2_0`. */
const SEGMENT = /\d+|[A-Za-z]+|[~^]/g;

const TILDE = 0;
const END = textToken(1, '');
const CARET = 2;
const LETTERS = 3;
const NUMBER = 4;

const segmentToken = (segment: string): Token => {
  if (segment === '~') return textToken(TILDE, '');
  if (segment === '^') return textToken(CARET, '');
  return /^\d/.test(segment) ? numberToken(NUMBER, segment) : textToken(LETTERS, segment);
};

const tokensOf = (part: string): Tokens => (part.match(SEGMENT) ?? []).map(segmentToken);

const compareParts = compareTokens(END);

/** A version without a release stands before all its releases: an advisory that says fixed in `1.2` means `1.2-1` too. */
export const rpm: Ordering<RpmVersion> = {
  parse: (text) => {
    const [prefix = '', epoch = ''] = EPOCH.exec(text) ?? [];
    const rest = text.slice(prefix.length);
    if (rest === '' || /\s/.test(rest)) return undefined;
    const dash = rest.lastIndexOf('-');
    const version = dash < 0 ? rest : rest.slice(0, dash);
    const release = dash < 0 ? '' : rest.slice(dash + 1);
    return { epoch: withoutZeros(epoch), version: tokensOf(version), release: tokensOf(release) };
  },
  compare: (a, b) => compareDigits(a.epoch, b.epoch) || compareParts(a.version, b.version) || compareParts(a.release, b.release),
};
