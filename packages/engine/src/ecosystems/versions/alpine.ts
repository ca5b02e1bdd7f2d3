/** Versions of apk packages, as apk-tools 3 orders them: `1.2.3b_rc1~abc-r4`. @see https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd */
import type { Ordering } from './order.ts';
import type { Token, Tokens } from './tokens.ts';
import { compareTokens, numberToken, textToken } from './tokens.ts';

const PATTERN =
  /^(?<first>\d+)(?<more>(?:\.\d+)*)(?<letter>[a-z])?(?<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~(?<commit>[0-9a-f]+))?(?:-r(?<revision>\d+))?$/;

/** What follows the same beginning: a pre-release, nothing, a revision, … a further number. */
const RANK = { beforeEnd: 0, end: 1, revision: 2, commit: 3, suffixNumber: 4, afterEnd: 5, letter: 6, fraction: 7, number: 8 };

const END = textToken(RANK.end, '');
const BEFORE = ['alpha', 'beta', 'pre', 'rc'];
const AFTER = ['cvs', 'svn', 'git', 'hg', 'p'];

/** A number that begins with 0 is compared as text, as decimals are, and before all others. */
const partToken = (part: string): Token => (part.startsWith('0') ? textToken(RANK.fraction, part) : numberToken(RANK.number, part));

const suffixTokens = (suffix: string): Tokens => {
  const [, name = '', digits = ''] = /^([a-z]+)(\d*)$/.exec(suffix) ?? [];
  const rank = AFTER.includes(name) ? RANK.afterEnd : RANK.beforeEnd;
  const place = `${Math.max(BEFORE.indexOf(name), AFTER.indexOf(name))}`;
  return [textToken(rank, place), ...(digits === '' ? [] : [numberToken(RANK.suffixNumber, digits)])];
};

const listOf = (text: string | undefined, separator: string): readonly string[] => (text ?? '').split(separator).slice(1);

export const alpine: Ordering<Tokens> = {
  parse: (text) => {
    const groups = PATTERN.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { first = '', more, letter, suffixes, commit, revision } = groups;
    return [
      numberToken(RANK.number, first),
      ...listOf(more, '.').map(partToken),
      ...(letter === undefined ? [] : [textToken(RANK.letter, letter)]),
      ...listOf(suffixes, '_').flatMap(suffixTokens),
      ...(commit === undefined ? [] : [textToken(RANK.commit, commit)]),
      ...(revision === undefined ? [] : [numberToken(RANK.revision, revision)]),
    ];
  },
  compare: compareTokens(END),
};
