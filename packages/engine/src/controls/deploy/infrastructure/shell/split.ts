/** Shell text → simple commands with their words; enough of the grammar to see what runs, in one linear pass. */

export interface Split {
  /** Quotes and escapes taken away. */
  readonly words: readonly string[];
  /** What stands before: `|`, `&&`, `||`, `;`, `&`, `(` (also of `$(` and `<(`), a line break, or '' at the start. */
  readonly operator: string;
}

const SEPARATORS: ReadonlySet<string> = new Set(['|', '&', ';', '\n', '(', ')', '`']);

export const splitCommands = (text: string): readonly Split[] => {
  const commands: Split[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let operator = '';
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (next: string): void => {
    endWord();
    if (words.length > 0) commands.push({ words, operator });
    operator = words.length > 0 || operator === '' || next === '(' ? next : operator;
    words = [];
  };
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at, word === undefined);
    at = token.end;
    if (token.kind === 'text') word = (word ?? '') + token.text;
    else if (token.kind === 'blank') endWord();
    else if (token.kind === 'separator') endCommand(token.text);
  }
  endCommand('');
  return commands;
};

interface Token {
  readonly kind: 'text' | 'blank' | 'separator' | 'comment';
  readonly text: string;
  readonly end: number;
}

const tokenAt = (text: string, at: number, startsWord: boolean): Token => {
  const letter = text.charAt(at);
  if (letter === ' ' || letter === '\t' || letter === '\r') return { kind: 'blank', text: '', end: at + 1 };
  if (letter === '#' && startsWord) return { kind: 'comment', text: '', end: before(text, '\n', at) };
  if (letter === "'") return singleQuoted(text, at);
  if (letter === '"') return doubleQuoted(text, at);
  if (letter === '\\') return { kind: 'text', text: text.charAt(at + 1) === '\n' ? '' : text.charAt(at + 1), end: at + 2 };
  if (SEPARATORS.has(letter) && !isRedirection(text, at)) return separator(text, at);
  return plain(text, at);
};

/** `2>&1` and `&>file` are not ends of a command. */
const isRedirection = (text: string, at: number): boolean =>
  text.charAt(at) === '&' && (text.charAt(at - 1) === '>' || text.charAt(at + 1) === '>');

const separator = (text: string, at: number): Token => {
  const letter = text.charAt(at);
  const doubled = (letter === '|' || letter === '&') && text.charAt(at + 1) === letter;
  return { kind: 'separator', text: doubled ? letter + letter : letter, end: at + (doubled ? 2 : 1) };
};

const plain = (text: string, at: number): Token => {
  let end = at + 1;
  while (end < text.length && !/[\s'"\\|&;()`]/.test(text.charAt(end))) end += 1;
  return { kind: 'text', text: text.slice(at, end), end };
};

const singleQuoted = (text: string, at: number): Token => {
  const close = before(text, "'", at + 1);
  return { kind: 'text', text: text.slice(at + 1, close), end: close + 1 };
};

const doubleQuoted = (text: string, at: number): Token => {
  const parts: string[] = [];
  let end = at + 1;
  for (; end < text.length && text.charAt(end) !== '"'; end += 1) {
    if (text.charAt(end) === '\\') end += 1;
    parts.push(text.charAt(end));
  }
  return { kind: 'text', text: parts.join(''), end: end + 1 };
};

const before = (text: string, word: string, from: number): number => {
  const found = text.indexOf(word, from);
  return found === -1 ? text.length : found;
};
