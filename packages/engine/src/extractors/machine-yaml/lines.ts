/** The lines of a YAML text that say something, one at a time; a line may be entered in its middle, after `- ` or `: `. */
import { ManifestError } from '../dependencies/manifest-error.ts';

const NEWLINE = '\n';
const SPACE = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;
const HASH = 0x23;

export class Lines {
  readonly text: string;
  /** Offset of what is left of the line, and of its end without trailing space. */
  at = 0;
  end = 0;
  /** Of `at`, 0-based; -1 after the last line. */
  column = -1;
  /** 1-based. */
  line = 0;
  #lineStart = 0;
  #next: number;

  constructor(text: string) {
    this.text = text;
    this.#next = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.advance();
  }

  get done(): boolean {
    return this.column < 0;
  }

  code(ahead = 0): number {
    return this.at + ahead < this.end ? this.text.charCodeAt(this.at + ahead) : SPACE;
  }

  /** Goes on within the line, past spaces. A comment is the end of the line. */
  enter(offset: number): void {
    let at = offset;
    while (at < this.end && (this.text.charCodeAt(at) === SPACE || this.text.charCodeAt(at) === TAB)) at += 1;
    if (at > offset && this.text.charCodeAt(at) === HASH) this.end = at;
    this.at = at;
    this.column = at - this.#lineStart;
  }

  /** To the next line that is neither blank nor a comment. */
  advance(): void {
    while (this.#next < this.text.length) {
      this.#read();
      if (this.at === this.end || this.text.charCodeAt(this.at) === HASH) continue;
      if (this.text.charCodeAt(this.at) === TAB) throw new ManifestError('expected spaces in front of the text, found a tab', this.line);
      return;
    }
    this.column = -1;
    this.at = this.text.length;
    this.end = this.at;
  }

  /** To the next line whatever it says; false when there is none. */
  follow(): boolean {
    if (this.#next >= this.text.length) return false;
    this.#read();
    return true;
  }

  /** The lines of a block scalar: all that are blank or further in than `column`. Leaves the reader at the line after. */
  indented(column: number): readonly string[] {
    const lines: string[] = [];
    while (this.#next < this.text.length) {
      const mark = this.#next;
      this.#read();
      if (this.at < this.end && this.column <= column) {
        this.#next = mark;
        this.line -= 1;
        break;
      }
      lines.push(this.text.slice(this.at, this.end));
    }
    this.advance();
    return lines;
  }

  #read(): void {
    const start = this.#next;
    const found = this.text.indexOf(NEWLINE, start);
    let end = found === -1 ? this.text.length : found;
    this.#next = end + 1;
    this.line += 1;
    let at = start;
    while (at < end && this.text.charCodeAt(at) === SPACE) at += 1;
    while (end > at && [SPACE, RETURN, TAB].includes(this.text.charCodeAt(end - 1))) end -= 1;
    this.at = at;
    this.end = end;
    this.column = at - start;
    this.#lineStart = start;
  }
}
