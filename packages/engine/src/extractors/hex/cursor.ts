/** Terms of Elixir as mix writes them into mix.lock: one pass, bounded in depth; nothing is evaluated. @see https://hexdocs.pm/elixir/syntax-reference.html */
import type { Region } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';

export type Term =
  | { readonly kind: 'text' | 'atom'; readonly value: string; readonly region: Region }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Term[]; readonly region: Region }
  /** `%{…}`, and the part of a list that is `key: value`. Keys are texts and atoms alike. */
  | { readonly kind: 'pair'; readonly key: Term; readonly value: Term; readonly region: Region };

const DEEPEST = 64;
const NEWLINE = 0x0a;
const HASH = 0x23;
const WORD = /[A-Za-z0-9_@.+-]+[?!]?/y;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['s', ' '],
  ['0', '\0'],
]);

export class TermCursor {
  readonly #text: string;
  #at: number;
  #line = 1;
  #lineStart = 0;
  readonly #deepest: number;
  #depth = 0;

  constructor(text: string, at = 0, deepest = DEEPEST) {
    this.#text = text;
    this.#deepest = deepest;
    this.#at = text.startsWith('\uFEFF') ? Math.max(at, 1) : at;
    this.#space();
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** `%{ key: value, … }`. */
  map(): readonly Term[] {
    if (!this.#text.startsWith('%{', this.#at)) throw this.#error('%{');
    this.#at += 1;
    return this.#items('{', '}');
  }

  /** The next term, with `key: value` and `key => value` as pairs. Throws ManifestError. */
  term(): Term {
    this.#depth += 1;
    if (this.#depth > this.#deepest) throw this.#error(`no more than ${this.#deepest} levels`);
    const term = this.#whole();
    this.#depth -= 1;
    return term;
  }

  #whole(): Term {
    const region = this.#region();
    const value = this.#single(region);
    if (this.#text.startsWith('=>', this.#at)) this.#skip(2);
    else if (!this.#isKey(value)) return value;
    else this.#skip(1);
    return { kind: 'pair', key: value, value: this.term(), region };
  }

  #single(region: Region): Term {
    const next = this.#text.charAt(this.#at);
    if (next === '"') return { kind: 'text', value: this.#string(), region };
    if (next === '{') return { kind: 'tuple', items: this.#items('{', '}'), region };
    if (next === '[') return { kind: 'list', items: this.#items('[', ']'), region };
    if (next === '%') return { kind: 'list', items: this.map(), region };
    return { kind: 'atom', value: this.#atom(), region };
  }

  /** `only: :test` and `"phoenix": {…}`: the colon stands at the word and before a space. */
  #isKey(value: Term): boolean {
    return (value.kind === 'atom' || value.kind === 'text') && /^:\s/.test(this.#text.slice(this.#at, this.#at + 2));
  }

  #items(open: string, close: string): readonly Term[] {
    this.#take(open);
    const items: Term[] = [];
    while (this.#text.charAt(this.#at) !== close) {
      items.push(this.term());
      if (this.#text.charAt(this.#at) !== ',') break;
      this.#skip(1);
    }
    this.#take(close);
    return items;
  }

  #atom(): string {
    const isMarked = this.#text.charAt(this.#at) === ':';
    if (isMarked) this.#at += 1;
    if (isMarked && this.#text.charAt(this.#at) === '"') return this.#string();
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0];
    if (word === undefined) throw this.#error('a term');
    this.#skip(word.length);
    return word;
  }

  #string(): string {
    const parts: string[] = [];
    let from = this.#at + 1;
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      if (character === '\n') break;
      if (character === '\\') {
        const escaped = this.#text.charAt(at + 1);
        parts.push(this.#text.slice(from, at), ESCAPES.get(escaped) ?? escaped);
        at += 1;
        from = at + 1;
      } else if (character === '"') {
        parts.push(this.#text.slice(from, at));
        this.#skip(at + 1 - this.#at);
        return parts.join('');
      }
    }
    throw this.#error('a text that ends with a quote on its line');
  }

  #take(character: string): void {
    if (this.#text.charAt(this.#at) !== character) throw this.#error(character);
    this.#skip(1);
  }

  #skip(count: number): void {
    this.#at += count;
    this.#space();
  }

  /** Spaces, line breaks and comments; no text or word holds a line break, so that all are counted here. */
  #space(): void {
    let isComment = false;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === NEWLINE) {
        isComment = false;
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      } else if (code === HASH) isComment = true;
      else if (!isComment && code !== 0x20 && code !== 0x0d && code !== 0x09) return;
    }
  }

  #region(): { readonly startLine: number; readonly startColumn: number } {
    return { startLine: this.#line, startColumn: this.#at - this.#lineStart + 1 };
  }

  #error(expected: string): ManifestError {
    const found = this.#text.slice(this.#at, this.#at + 12).replace(/[^\x20-\x7e]/g, '?');
    if (/^(?:<<<<<<<|=======|>>>>>>>)/.test(found)) return new ManifestError('an unresolved merge', this.#line);
    return new ManifestError(`expected ${expected}, found ${found === '' ? 'the end of the file' : found}`, this.#line);
  }
}
