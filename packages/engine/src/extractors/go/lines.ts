/** The words of go.mod: lines, blocks, quoted strings and comments. @see https://go.dev/ref/mod#go-mod-file-lexical */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';

/** One directive; those of a block each have its verb. */
export interface Statement {
  readonly verb: string;
  readonly words: readonly string[];
  /** The words without the verb. */
  readonly region: Required<Region>;
  /** Behind `//` on the same line, trimmed. */
  readonly comment: string;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly words: readonly Word[];
  readonly comment: string;
}

const SPACE = /[ \t\r]/;
const PUNCTUATION = '()[]{},';

const endOfPlain = (line: string, start: number): number => {
  let at = start;
  while (at < line.length) {
    const character = line.charAt(at);
    if (SPACE.test(character) || PUNCTUATION.includes(character) || line.startsWith('//', at)) break;
    at += 1;
  }
  return at;
};

/** Behind the closing quote; neither kind of string goes on to the next line. */
const endOfQuoted = (line: string, start: number, lineNumber: number): number => {
  const quote = line.charAt(start);
  for (let at = start + 1; at < line.length; at += 1) {
    if (line.charAt(at) === quote) return at + 1;
    if (line.charAt(at) === '\\' && quote === '"') at += 1;
  }
  throw new ManifestError('expected a string that ends with a quote on its line', lineNumber);
};

const unquoted = (quoted: string, lineNumber: number): string => {
  if (quoted.startsWith('`')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted)); // only ever one string in quotes
  } catch {
    throw new ManifestError('expected a string with known escapes', lineNumber);
  }
};

const wordAt = (line: string, start: number, lineNumber: number): Word => {
  const first = line.charAt(start);
  if (PUNCTUATION.includes(first)) return { text: first, start, end: start + 1 };
  if (first !== '"' && first !== '`') {
    const end = endOfPlain(line, start);
    return { text: line.slice(start, end), start, end };
  }
  const end = endOfQuoted(line, start, lineNumber);
  return { text: unquoted(line.slice(start, end), lineNumber), start, end };
};

const readLine = (line: string, lineNumber: number): Line => {
  const words: Word[] = [];
  for (let at = 0; at < line.length; ) {
    if (SPACE.test(line.charAt(at))) at += 1;
    else if (line.startsWith('//', at)) return { words, comment: line.slice(at + 2).trim() };
    else {
      const word = wordAt(line, at, lineNumber);
      words.push(word);
      at = word.end;
    }
  }
  return { words, comment: '' };
};

const statementOf = (verb: string, words: readonly Word[], comment: string, line: number): Statement => ({
  verb,
  words: words.map(({ text }) => text),
  region: { startLine: line, startColumn: (words[0]?.start ?? 0) + 1, endLine: line, endColumn: (words.at(-1)?.end ?? 0) + 1 },
  comment,
});

interface Block {
  readonly verb: string;
  readonly line: number;
}

/** What a line outside of a block is: the start of one, a directive, or nothing (an empty block). */
const outside = ({ words, comment }: Line, first: Word, line: number): Block | Statement | undefined => {
  const rest = words.slice(1);
  if (!/^[a-z]+$/.test(first.text)) throw new ManifestError('expected a directive such as module or require', line);
  const brackets = rest.map(({ text }) => text).join('');
  if (brackets === '(') return { verb: first.text, line };
  return brackets === '()' ? undefined : statementOf(first.text, rest, comment, line);
};

/** Lines in order. Throws ManifestError for a block that is not closed or a line that no directive begins. */
export const statementsOf = (text: string): readonly Statement[] => {
  const statements: Statement[] = [];
  let block: Block | undefined;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const line = readLine(raw, index + 1);
    const [first] = line.words;
    if (first === undefined) continue;
    if (block === undefined) {
      const found = outside(line, first, index + 1);
      if (found !== undefined && 'words' in found) statements.push(found);
      else block = found;
    } else if (first.text === ')' && line.words.length === 1) block = undefined;
    else statements.push(statementOf(block.verb, line.words, line.comment, index + 1));
  }
  if (block !== undefined) throw new ManifestError('expected ) at the end of the block', block.line);
  return statements;
};
