/** Dart's versions: SemVer, but builds are ordered too, after the plain version. @see https://dart.dev/tools/pub/versioning#semantic-versions */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken } from './tokens.ts';

const PATTERN =
  /^(?<numbers>\d+\.\d+\.\d+)(?:-(?<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?<build>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

const END = textToken(0, '');
const NUMBER = 1;
const TEXT = 2;
const RELEASE = textToken(3, '');

const partToken = (part: string): Token => (/^\d+$/.test(part) ? numberToken(NUMBER, part) : textToken(TEXT, part));
const partsOf = (list: string | undefined): Tokens => list?.split('.').map(partToken) ?? [];

export const pub: Ordering<Tokens> = {
  parse: (text) => {
    const groups = PATTERN.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { numbers, pre, build } = groups;
    return [...partsOf(numbers), ...(pre === undefined ? [RELEASE] : [...partsOf(pre), END]), ...partsOf(build)];
  },
  compare: compareTokens(END),
};
