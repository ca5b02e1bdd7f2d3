/** Python's versions. @see https://peps.python.org/pep-0440/#summary-of-permitted-suffixes-and-relative-ordering */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken, withoutZeros } from './tokens.ts';

const PATTERN =
  /^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d+)?)?(?:-(?<implicit>\d+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>\d+)?)?(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>\d+)?)?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

/** At one position each: the stages of one release, its post-releases, its development releases, its local builds. */
const END = textToken(0, '');
const STAGE: Readonly<Record<string, number>> = { dev: 1, a: 2, alpha: 2, b: 3, beta: 3, c: 4, rc: 4, pre: 4, preview: 4, final: 5 };
const RELEASE = 9; // above every stage: 1.0.1 is after 1.0 in all its stages

/** `1.0` and `1.0.0` are one version. */
const releaseTokens = (release: string): Tokens => {
  const parts = release.split('.');
  const last = parts.findLastIndex((part) => withoutZeros(part) !== '');
  return parts.slice(0, last + 1).map((part) => numberToken(RELEASE, part));
};

type Groups = Readonly<Record<string, string | undefined>>;

/** A development release of nothing else stands before every pre-release. */
const stageToken = ({ pre, preNumber, implicit, post, dev }: Groups): Token => {
  const plain = dev !== undefined && implicit === undefined && post === undefined ? 'dev' : 'final';
  return numberToken(STAGE[pre ?? plain] ?? 0, preNumber ?? '0');
};

const postToken = ({ implicit, post, postNumber }: Groups): Token =>
  implicit === undefined && post === undefined ? numberToken(0, '0') : numberToken(1, implicit ?? postNumber ?? '0');

const devToken = ({ dev, devNumber }: Groups): Token => (dev === undefined ? numberToken(1, '0') : numberToken(0, devNumber ?? '0'));

const localTokens = (local: string | undefined): Tokens =>
  local === undefined ? [] : local.split(/[-_.]/).map((part) => (/^\d+$/.test(part) ? numberToken(2, part) : textToken(1, part)));

/** The version in one spelling; legacy versions (`2004d`, `1.0-custom`) have no place in the order. */
export const pep440: Ordering<Tokens> = {
  parse: (text) => {
    const groups: Groups | undefined = PATTERN.exec(text.trim().toLowerCase())?.groups;
    if (groups === undefined) return undefined;
    const { epoch = '0', release = '0', local } = groups;
    const stages = [stageToken(groups), postToken(groups), devToken(groups)];
    return [numberToken(RELEASE, epoch), ...releaseTokens(release), ...stages, ...localTokens(local)];
  },
  compare: compareTokens(END),
  publishedOf: (text) => text.split('+', 1)[0] ?? text,
};
