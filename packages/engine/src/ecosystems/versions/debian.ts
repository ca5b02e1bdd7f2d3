/** dpkg's versions: epoch, upstream, revision; `~` stands before the end. @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareDigits, compareTokens, numberToken, textToken, withoutZeros } from './tokens.ts';

interface DebianVersion {
  readonly epoch: string;
  readonly upstream: Tokens;
  readonly revision: Tokens;
}

const EPOCH = /^\d+$/;
const UPSTREAM = /^[0-9A-Za-z.+~:-]+$/;
const REVISION = /^[0-9A-Za-z.+~]*$/;
const STEP = /\d+|\D/g;

const TILDE = 0;
const NUMBER = 1;
const LETTER = 2;
const OTHER = 3;
const ZERO = numberToken(NUMBER, '0');

const isNumber = (step: string): boolean => step >= '0' && step < ':'; // digits are one run; `:` is the character after 9

const stepToken = (step: string): Token => {
  if (isNumber(step)) return numberToken(NUMBER, step);
  if (step === '~') return textToken(TILDE, step);
  return textToken(/[A-Za-z]/.test(step) ? LETTER : OTHER, step);
};

/** Characters one by one, then a number, in turn; a number that is missing at the end is 0. */
const tokensOf = (part: string): Tokens => {
  const tokens = (part.match(STEP) ?? []).map(stepToken);
  return tokens.at(-1)?.digits === undefined ? [...tokens, ZERO] : tokens;
};

const compareParts = compareTokens(ZERO);

/** `1.0` = `0:1.0` = `1.0-0`. */
export const debian: Ordering<DebianVersion> = {
  parse: (text) => {
    const colon = text.indexOf(':');
    const epoch = colon < 0 ? '0' : text.slice(0, colon);
    const rest = text.slice(colon + 1);
    const dash = rest.lastIndexOf('-');
    const upstream = dash < 0 ? rest : rest.slice(0, dash);
    const revision = dash < 0 ? '' : rest.slice(dash + 1);
    if (!EPOCH.test(epoch) || !UPSTREAM.test(upstream) || !REVISION.test(revision) || dash === rest.length - 1) return undefined;
    return { epoch: withoutZeros(epoch), upstream: tokensOf(upstream), revision: tokensOf(revision) };
  },
  compare: (a, b) => compareDigits(a.epoch, b.epoch) || compareParts(a.upstream, b.upstream) || compareParts(a.revision, b.revision),
};
