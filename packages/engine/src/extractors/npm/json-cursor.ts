/** Reads JSON in one pass, with positions, keeping only what the caller asks for: bounded in depth, members and memory. */
import type { Region } from '@breakwater/model';

/** What was expected and where; `line` is 1-based. */
export class JsonError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'JsonError';
    this.line = line;
  }
}

export interface JsonLimits {
  readonly depth: number;
  /** Members of all objects that are visited, not skipped. */
  readonly members: number;
}
const LIMITS: JsonLimits = { depth: 256, members: 3_000_000 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export class JsonCursor {
  readonly #text: string;
  readonly #limits: JsonLimits;
  #at: number;
  #line = 1;
  #lineStart = 0;
  #depth = 0;
  #members = 0;

  constructor(text: string, limits: JsonLimits = LIMITS) {
    this.#text = text;
    this.#limits = limits;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0; // a byte order mark is allowed, as npm allows it
    this.#space();
  }

  /** The character that begins the value to be read next: `{`, `[`, `"` …; empty at the end. */
  get next(): string {
    return this.#text.charAt(this.#at);
  }

  /** Visits each member of an object; a value that `member` does not read is skipped. The region is that of the key with its quotes. */
  object(member: (key: string, at: Required<Region>) => void): void {
    this.#enclosed('{', '}', () => {
      const start = this.#at;
      const key = this.#string('a key in quotes');
      const at = this.#region(start);
      this.#take(':');
      this.#members += 1;
      if (this.#members > this.#limits.members) throw this.#error(`no more than ${this.#limits.members} entries`);
      const before = this.#at;
      member(key, at);
      if (this.#at === before) this.skip();
    });
  }

  /** Visits each item of an array; a value that `item` does not read is skipped. `line` is that of the item's first character. */
  items(item: (line: number) => void): void {
    this.#enclosed('[', ']', () => {
      const before = this.#at;
      item(this.#line);
      if (this.#at === before) this.skip();
    });
  }

  /** The text of a string; `undefined` when the value is something else, which is skipped. */
  text(): string | undefined {
    if (this.next === '"') return this.#string('a string');
    this.skip();
    return undefined;
  }

  /** `true` only for the literal true. */
  flag(): boolean {
    const start = this.#at;
    this.skip();
    return this.#text.startsWith('true', start);
  }

  /** The value of a number; NaN for anything else, which is skipped. */
  number(): number {
    const start = this.#at;
    const first = this.next;
    this.skip();
    return first === '-' || (first >= '0' && first <= '9') ? Number.parseFloat(this.#text.slice(start, this.#at)) : Number.NaN;
  }

  skip(): void {
    if (this.next === '{') this.object(() => undefined);
    else if (this.next === '[') this.#enclosed('[', ']', () => this.skip());
    else if (this.next === '"') this.#string('a string');
    else this.#literal();
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#at < this.#text.length) throw this.#error('the end of the file');
  }

  #enclosed(open: string, close: string, item: () => void): void {
    this.#take(open);
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) throw this.#error(`no more than ${this.#limits.depth} levels`);
    if (this.next !== close) {
      item();
      while (this.next === ',') {
        this.#take(',');
        item();
      }
    }
    this.#take(close, `, or ${close}`);
    this.#depth -= 1;
  }

  #take(character: string, expected = character): void {
    if (this.next !== character) throw this.#error(expected);
    this.#at += 1;
    this.#space();
  }

  #space(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x0a) {
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      } else if (code !== 0x20 && code !== 0x0d && code !== 0x09) return;
    }
  }

  #string(expected: string): string {
    if (this.next !== '"') throw this.#error(expected);
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        const value = escaped ? this.#unescape(start) : this.#text.slice(start + 1, at);
        this.#space();
        return value;
      }
      if (code < 0x20) break;
      if (code === BACKSLASH) {
        escaped = true;
        at += 1;
      }
    }
    throw this.#error('a string that ends with a quote on its line');
  }

  #unescape(start: number): string {
    try {
      // only ever a string literal in quotes; the engine's own parser knows every escape
      return String(JSON.parse(this.#text.slice(start, this.#at)));
    } catch {
      throw this.#error('a string with valid escapes');
    }
  }

  #literal(): void {
    LITERAL.lastIndex = this.#at;
    const match = LITERAL.exec(this.#text);
    if (match === null) throw this.#error('a value');
    this.#at += match[0].length;
    this.#space();
  }

  /** Of the token from `start` to the last quote; keys hold no line break. */
  #region(start: number): Required<Region> {
    const end = this.#text.lastIndexOf('"', this.#at - 1) + 1;
    const line = this.#lineOf(start);
    return { startLine: line.number, startColumn: start - line.start + 1, endLine: line.number, endColumn: end - line.start + 1 };
  }

  /** The space after the key was read already: count back over the line breaks in it, which are rare. */
  #lineOf(start: number): { readonly number: number; readonly start: number } {
    let number = this.#line;
    let lineStart = this.#lineStart;
    while (lineStart > start) {
      number -= 1;
      lineStart = this.#text.lastIndexOf('\n', lineStart - 2) + 1;
    }
    return { number, start: lineStart };
  }

  #error(expected: string): JsonError {
    const found = this.#text.slice(this.#at, this.#at + 12).replace(/[^\x20-\x7e]/g, '?');
    if (/^(<<<<<<<|=======|>>>>>>>)/.test(found)) return new JsonError('an unresolved merge', this.#line);
    return new JsonError(`expected ${expected}, found ${found === '' ? 'the end of the file' : found}`, this.#line);
  }
}
