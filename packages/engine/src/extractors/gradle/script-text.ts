/** A Groovy or Kotlin build script without its comments, and the blocks in it: looked at, never run. */

interface Token {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

const START = /\/\/|\/\*|\x27{3}|"{3}|[\x27"]/g;

/** Behind the next `mark`, or the end of the file. */
const behind = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
};

const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
};

/** A text of one line ends with its quote, at the latest with the line. */
const endOfText = (text: string, quote: string, from: number): number => {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') return at;
    if (character === quote) return at + 1;
    if (character === '\\') at += 1;
  }
  return text.length;
};

const endOf = (text: string, opening: string, from: number): number => {
  if (opening === '//') return endOfLine(text, from);
  if (opening === '/*') return behind(text, '*/', from);
  return opening.length === 3 ? behind(text, opening, from) : endOfText(text, opening, from);
};

/** Comments and texts in order; by hand, because a regular expression over a comment of megabytes would fill the stack. */
function* tokensOf(text: string): Generator<Token> {
  const next = new RegExp(START);
  for (let at = 0; ; ) {
    next.lastIndex = at;
    const opening = next.exec(text);
    if (opening === null) return;
    const end = endOf(text, opening[0], opening.index + opening[0].length);
    yield { start: opening.index, end, isComment: opening[0].startsWith('/') };
    at = end;
  }
}

/** Spaces in place of the tokens that `gone` is true of, so that every place stays where it is. */
const without = (text: string, gone: (token: Token) => boolean): string => {
  const parts: string[] = [];
  let after = 0;
  for (const token of tokensOf(text)) {
    if (!gone(token)) continue;
    parts.push(text.slice(after, token.start), text.slice(token.start, token.end).replace(/[^\n]/g, ' '));
    after = token.end;
  }
  return [...parts, text.slice(after)].join('');
};

export const withoutComments = (script: string): string => without(script, ({ isComment }) => isComment);

/** Without texts too: braces that are left are those of the language. */
const structureOf = (clean: string): string => without(clean, () => true);

export interface Block {
  /** Offset behind its `{`. */
  readonly start: number;
  /** Offset of its `}`, or the end of the script. */
  readonly end: number;
}

const BRACES = /[{}]/g;

/** Offset of each `{` → offset of its `}`. */
const pairsOf = (structure: string): ReadonlyMap<number, number> => {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of structure.matchAll(BRACES)) {
    if (brace === '{') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, index);
    }
  }
  return pairs;
};

/** `clean` as of `withoutComments`. Blocks called `name`, in order; one within another of the same name is part of the outer one. */
export const blocksOf = (clean: string, name: string): readonly Block[] => {
  const structure = structureOf(clean);
  const pairs = pairsOf(structure);
  const blocks: Block[] = [];
  let after = 0;
  for (const { 0: head, index } of structure.matchAll(new RegExp(`\\b${name}[ \\t]{0,16}\\{`, 'g'))) {
    const brace = index + head.length - 1;
    if (index < after) continue;
    const end = pairs.get(brace) ?? clean.length;
    blocks.push({ start: brace + 1, end });
    after = end;
  }
  return blocks;
};
