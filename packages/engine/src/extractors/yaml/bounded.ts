/** YAML that people write, as a tree with positions: bounded in words and depth before the library, slow and recursive, composes it. */
import type { CST, Document } from 'yaml';
import { Composer, Lexer, LineCounter, Parser } from 'yaml';
import { ManifestError } from '../dependencies/manifest-error.ts';

/** Maps and lists within one another; a workflow has about ten. */
const DEEPEST = 64;
/** Words, signs and line breaks; the longest workflows that we know have 8,000. A hundred thousand cost a second. */
const MOST = 100_000;

export interface YamlText {
  readonly document: Document.Parsed;
  /** The first place where it is not YAML. GitHub is less strict: it takes a text that ends further left than it began, for one. */
  readonly fault: ManifestError | undefined;
  /** 1-based, of an offset. */
  readonly position: (offset: number) => { readonly line: number; readonly col: number };
}

/** Members of a token of the concrete syntax tree. */
const membersOf = (token: CST.Token): readonly CST.Token[] => {
  if ('items' in token) {
    return token.items.flatMap(({ key, value }: CST.CollectionItem) => [key, value].filter((one): one is CST.Token => one != null));
  }
  return token.type === 'document' && token.value !== undefined ? [token.value] : [];
};

/** Level by level, because a recursion over a million brackets ends the process. */
const isTooDeep = (tokens: readonly CST.Token[]): boolean => {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(membersOf);
  }
  return false;
};

const tokensOf = (text: string, lines: LineCounter): readonly CST.Token[] => {
  const tokens: CST.Token[] = [];
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    words += 1;
    if (words > MOST) throw new ManifestError(`expected no more than ${MOST} words`);
    for (const token of parser.next(word)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
};

/** The first document. `undefined` for an empty text. Throws ManifestError for what is too long or nested too deep. */
export const readYamlText = (text: string): YamlText | undefined => {
  const lines = new LineCounter();
  const tokens = tokensOf(text, lines);
  if (isTooDeep(tokens)) throw new ManifestError(`expected no more than ${DEEPEST} levels`);
  // its messages quote the line of each fault: a square of the size where there are many on one line, so they stay out
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, lineCounter: lines, logLevel: 'silent' });
  const [document] = composer.compose(tokens, true, text.length);
  if (document === undefined) return undefined;
  const position = (offset: number) => lines.linePos(offset);
  const [error] = document.errors;
  const fault =
    error === undefined
      ? undefined
      : new ManifestError(`expected YAML, found ${error.code.toLowerCase().replaceAll('_', ' ')}`, position(error.pos[0]).line);
  return { document, position, fault };
};
