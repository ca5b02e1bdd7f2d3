/** What an edit of a function adds and takes away, as a bag of tokens: equal edits in many functions are a sweep, not a fix. */
import { SEPARATOR, type Text } from './shape.ts';

/** Structure and locals say nothing of what an edit is about. */
const counted = (text: string): ReadonlyMap<string, number> => {
  const bag = new Map<string, number>();
  for (const token of text.split(SEPARATOR)) {
    if (token === ')' || token === '') continue;
    const plain = /^\$\d+$/.test(token) ? '$' : token;
    bag.set(plain, (bag.get(plain) ?? 0) + 1);
  }
  return bag;
};

const more = (than: ReadonlyMap<string, number>, has: ReadonlyMap<string, number>): readonly string[] =>
  [...has].flatMap(([token, count]) => {
    const extra = count - (than.get(token) ?? 0);
    return extra > 0 ? [`${token}×${extra}`] : [];
  });

export interface Delta {
  readonly added: readonly string[];
  readonly taken: readonly string[];
}

export const deltaOf = (before: Text, after: Text): Delta => {
  const [old, now] = [counted(before.named), counted(after.named)];
  return { added: more(old, now), taken: more(now, old) };
};

export const deltaKey = ({ added, taken }: Delta): string =>
  [[...added].sort().join(SEPARATOR), [...taken].sort().join(SEPARATOR)].join('\n');

/** 0..1: share of tokens that two functions have in common. */
export const similarity = (one: Text, two: Text): number => {
  const [a, b] = [counted(one.named), counted(two.named)];
  let common = 0;
  let all = 0;
  for (const [token, count] of a) {
    common += Math.min(count, b.get(token) ?? 0);
    all += Math.max(count, b.get(token) ?? 0);
  }
  for (const [token, count] of b) if (!a.has(token)) all += count;
  return all === 0 ? 0 : common / all;
};

/** Words of a fix, with how much they speak for one. */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/__proto__|hasOwn|^'(?:constructor|prototype)/, 3],
  [/escape|sanitiz|valid|allow|safe|encode|isAbsolute|normalize|realpath/i, 2],
  [/execFile|spawn|shell/, 3],
  [/^\(ThrowStatement|^\.(?:freeze|create|test|startsWith|includes)×/, 1],
  [/^\//, 2],
  [/limit|max|length|timeout/i, 1],
];

/** How much an edit looks like a fix of a flaw; 0 = not at all. */
export const scoreOf = ({ added }: Delta): number =>
  WORDS.reduce((sum, [word, points]) => sum + (added.some((token) => word.test(token)) ? points : 0), 0);
