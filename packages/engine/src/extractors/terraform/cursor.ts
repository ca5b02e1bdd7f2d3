/** A position in an HCL text, with the bounds that keep hostile input from exhausting the parser. */
import type { Region } from '@breakwater/model';

/** Real configurations nest less than 30 deep; 1e5 opening brackets must not exhaust the stack. */
const MAX_DEPTH = 100;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r\f\v\ufeff]+/y;

/** Thrown inside the parser only; `parse` turns it into a value. */
export class HclMistake extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export class Cursor {
  readonly text: string;
  at = 0;
  /** Exclusive; narrowed while the inside of a here-document is read. */
  end: number;
  /** Inside ( ) and [ ] a line break has no meaning. */
  acrossLines = false;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
    this.end = text.length;
  }

  fail(message: string, offset = this.at): never {
    throw new HclMistake(message, offset);
  }

  /** `offset` characters ahead; '' at the end. */
  peek(offset = 0): string {
    return this.at + offset < this.end ? this.text.charAt(this.at + offset) : '';
  }

  starts(word: string): boolean {
    return this.at + word.length <= this.end && this.text.startsWith(word, this.at);
  }

  /** Steps over `word` when it stands here. */
  take(word: string): boolean {
    if (!this.starts(word)) return false;
    this.at += word.length;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) this.unexpected(word);
  }

  unexpected(wanted: string): never {
    this.fail(`expected ${wanted} but found ${this.peek() === '' ? 'the end' : JSON.stringify(this.peek())}`);
  }

  identifier(): string | undefined {
    return this.#match(IDENTIFIER);
  }

  number(): number | undefined {
    const digits = this.#match(NUMBER);
    return digits === undefined ? undefined : Number(digits);
  }

  /** Blanks and comments; line breaks too where they have no meaning, or when told so. */
  skip(lines = this.acrossLines): void {
    for (;;) {
      if (this.#match(BLANK) !== undefined) continue;
      if (lines && this.take('\n')) continue;
      if (this.peek() === '#' || this.starts('//')) this.at = this.#before('\n');
      else if (this.starts('/*')) this.#blockComment();
      else return;
    }
  }

  /** Runs `read` one level deeper, with or without meaning in line breaks, and restores both. */
  nest<T>(acrossLines: boolean, read: () => T): T {
    if (this.#depth >= MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH}`);
    const outer = this.acrossLines;
    this.#depth += 1;
    this.acrossLines = acrossLines;
    try {
      return read();
    } finally {
      this.#depth -= 1;
      this.acrossLines = outer;
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = this.at < this.end ? pattern.exec(this.text)?.[0] : undefined;
    if (found !== undefined) this.at = Math.min(this.end, this.at + found.length);
    return found;
  }

  #before(word: string): number {
    const found = this.text.indexOf(word, this.at);
    return found === -1 || found > this.end ? this.end : found;
  }

  #blockComment(): void {
    const close = this.text.indexOf('*/', this.at + 2);
    if (close === -1 || close >= this.end) this.fail('the comment is not closed');
    this.at = close + 2;
  }
}

/** Offsets → 1-based lines and columns. */
export const regionsOf = (text: string): ((start: number, end: number) => Required<Region>) => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (offset: number): { line: number; column: number } => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return (start, end) => {
    const from = place(start);
    const to = place(end);
    return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
  };
};
