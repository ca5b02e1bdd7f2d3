/** Quoted strings and here-documents, with `${…}` and `%{…}` inside. */
import type { Cursor } from './cursor.ts';
import type { Expression, Span, TemplatePart } from './syntax.ts';

type Read = () => Expression;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const PLAIN = /[^"\\$%\n]+/y;
const PLAIN_LINES = /[^$%]+/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t\r]*\n/uy;
const HEX = /^[0-9a-fA-F]+$/;

/** At the opening quote. */
export const quoted = (cursor: Cursor, expression: Read): Expression => {
  const start = cursor.at;
  cursor.expect('"');
  const parts = partsUntil(cursor, expression, true);
  if (!cursor.take('"')) cursor.fail('the string is not closed', start);
  return templateOf(parts, { start, end: cursor.at });
};

/** At `<<`. The closing word may be indented in both forms; `<<-` also takes the common indent off. */
export const heredoc = (cursor: Cursor, expression: Read): Expression => {
  const start = cursor.at;
  HEREDOC.lastIndex = start;
  const opened = HEREDOC.exec(cursor.text);
  if (opened === null) cursor.fail('the here-document has no name');
  const from = start + opened[0].length;
  const last = closingLine(cursor, from, opened[2] ?? '');
  if (last === undefined) cursor.fail(`the here-document ${opened[2]} is not closed`, start);
  const outerEnd = cursor.end;
  cursor.at = from;
  cursor.end = last.start;
  const parts = partsUntil(cursor, expression, false);
  cursor.end = outerEnd;
  cursor.at = last.end;
  return templateOf(opened[1] === '-' ? outdented(parts, cursor.text.slice(from, last.start)) : parts, { start, end: cursor.at });
};

const closingLine = (cursor: Cursor, from: number, word: string): Span | undefined => {
  for (let start = from; start < cursor.end; ) {
    const found = cursor.text.indexOf('\n', start);
    const end = found === -1 || found > cursor.end ? cursor.end : found;
    if (cursor.text.slice(start, end).trim() === word) return { start, end };
    start = end + 1;
  }
  return undefined;
};

const partsUntil = (cursor: Cursor, expression: Read, inQuotes: boolean): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let text = '';
  while (cursor.at < cursor.end && !(inQuotes && (cursor.peek() === '"' || cursor.peek() === '\n'))) {
    const part = nextPart(cursor, expression, inQuotes);
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    if (text !== '') parts.push(text);
    text = '';
    parts.push(part);
  }
  return text === '' ? parts : [...parts, text];
};

const nextPart = (cursor: Cursor, expression: Read, inQuotes: boolean): TemplatePart => {
  if (cursor.take('$${')) return '${'; // an escaped ${
  if (cursor.take('%%{')) return '%{';
  if (cursor.starts('${')) return interpolation(cursor, expression);
  if (cursor.starts('%{')) return directive(cursor, expression);
  if (inQuotes && cursor.take('\\')) return escapeSequence(cursor);
  return plain(cursor, inQuotes ? PLAIN : PLAIN_LINES);
};

const plain = (cursor: Cursor, pattern: RegExp): string => {
  const start = cursor.at;
  pattern.lastIndex = start;
  const length = pattern.exec(cursor.text)?.[0].length ?? 1;
  cursor.at = Math.min(cursor.end, start + length);
  return cursor.text.slice(start, cursor.at);
};

const escapeSequence = (cursor: Cursor): string => {
  const letter = cursor.peek();
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  cursor.at += 1;
  if (digits === 0) return ESCAPES[letter] ?? cursor.fail(`\\${letter} is not an escape`, cursor.at - 2);
  const hex = cursor.text.slice(cursor.at, cursor.at + digits);
  const code = hex.length === digits && HEX.test(hex) ? Number.parseInt(hex, 16) : Number.POSITIVE_INFINITY;
  if (code > 0x10ffff) cursor.fail('the escape is not a character');
  cursor.at += digits;
  return String.fromCodePoint(code);
};

const interpolation = (cursor: Cursor, expression: Read): Expression => {
  cursor.at += 2;
  cursor.take('~');
  const inner = cursor.nest(true, expression);
  closeBrace(cursor);
  return inner;
};

const directive = (cursor: Cursor, expression: Read): TemplatePart => {
  const start = cursor.at;
  cursor.at += 2;
  cursor.take('~');
  cursor.nest(true, () => {
    cursor.skip();
    const word = cursor.identifier();
    if (word === 'if') expression();
    if (word === 'for') loopHead(cursor, expression);
  });
  closeBrace(cursor);
  return { kind: 'directive', span: { start, end: cursor.at } };
};

/** `k, v in things`, shared with `for` expressions. */
export const loopHead = (cursor: Cursor, expression: Read): void => {
  for (;;) {
    cursor.skip();
    if (cursor.identifier() === undefined) cursor.fail('for has no variable');
    cursor.skip();
    if (!cursor.take(',')) break;
  }
  if (cursor.identifier() !== 'in') cursor.fail('for has no "in"');
  expression();
};

const closeBrace = (cursor: Cursor): void => {
  cursor.skip(true);
  cursor.take('~');
  cursor.expect('}');
};

const templateOf = (parts: readonly TemplatePart[], span: Span): Expression => {
  const [only] = parts;
  if (only === undefined) return { kind: 'literal', value: '', span };
  return parts.length === 1 && typeof only === 'string' ? { kind: 'literal', value: only, span } : { kind: 'template', parts, span };
};

const outdented = (parts: readonly TemplatePart[], raw: string): readonly TemplatePart[] => {
  const indents = raw
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.reduce((least, one) => Math.min(least, one), 1000);
  return parts.map((part, index) => (typeof part === 'string' ? strip(part, indent, index === 0) : part));
};

const strip = (text: string, indent: number, fromStart: boolean): string =>
  text
    .split('\n')
    .map((line, index) => (index > 0 || fromStart ? line.slice(Math.min(indent, line.length - line.trimStart().length)) : line))
    .join('\n');
