/** A Maven version in its items: split at `.`, `-` and between digits and letters, then freed of what says nothing. */
import { withoutZeros } from './tokens.ts';

export type MavenItem =
  /** Without leading zeros: `''` is 0. */
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'qualifier'; readonly qualifier: string }
  /** Whatever follows is in a list of its own, the last item of the list before. */
  | { readonly kind: 'list' };

const ZERO: MavenItem = { kind: 'number', digits: '' };
const LIST: MavenItem = { kind: 'list' };

const isDigits = (part: string): boolean => part >= '0' && part < ':'; // a run of digits; `:` is the character after 9

/** Words for "no qualifier", and one more for `rc`. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);

/** Only before a digit: `1a1` is an alpha, `1a` is something else. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

const itemOf = (part: string, beforeDigit: boolean): MavenItem => {
  if (isDigits(part)) return { kind: 'number', digits: withoutZeros(part) };
  const short = beforeDigit ? SHORT.get(part) : undefined;
  return { kind: 'qualifier', qualifier: short ?? ALIASES.get(part) ?? part };
};

const PART = /\d+|[^\d.-]+|[.-]/g;

const isSeparator = (part: string): boolean => part === '.' || part === '-';

/** Adds `part` (nothing between two separators is 0) and opens the list that begins behind it: after `-`, and between digits and letters. */
const addItem = (lists: MavenItem[][], part: string | undefined, next: string | undefined): void => {
  const touches = next !== undefined && !isSeparator(next);
  const isText = part !== undefined && !isDigits(part);
  if (isText && (touches || next === undefined) && lists.at(-1)?.length !== 0) lists.push([]);
  lists.at(-1)?.push(part === undefined ? ZERO : itemOf(part, touches));
  if (touches || next === '-') lists.push([]);
};

/** The lists from the outermost to the innermost; each is the tail of the one before. */
const listsOf = (version: string): readonly (readonly MavenItem[])[] => {
  const lists: MavenItem[][] = [[]];
  let before: string | undefined;
  for (const part of version.match(PART) ?? []) {
    if (before !== undefined || isSeparator(part)) addItem(lists, before, part);
    before = isSeparator(part) ? undefined : part;
  }
  if (before !== undefined) addItem(lists, before, undefined);
  return lists;
};

const saysNothing = (item: MavenItem): boolean =>
  item.kind === 'number' ? item.digits === '' : item.kind === 'qualifier' && item.qualifier === '';

/** Drops what says nothing at the end of each list, whatever list follows: `1.0.0-rc` is `1-rc`, `1.0.final` is `1`. */
export const itemsOf = (version: string): readonly MavenItem[] => {
  const backwards: MavenItem[] = [];
  for (const [index, list] of [...listsOf(version).entries()].reverse()) {
    const last = list.findLastIndex((item) => !saysNothing(item));
    for (const item of list.slice(0, last + 1).reverse()) backwards.push(item);
    if (index > 0 && backwards.length > 0) backwards.push(LIST);
  }
  return backwards.reverse();
};
