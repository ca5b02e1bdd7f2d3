/**
 * Reads YAML as package managers and formatters write it, in one pass: block maps and lists, flow collections, plain, quoted and block
 * scalars. Anchors, aliases and tags are refused. The `yaml` library takes twenty times as long, and on hostile text has no bound.
 */
import { ManifestError } from '../dependencies/manifest-error.ts';
import { Lines } from './lines.ts';
import { afterQuoted, flow, isFlow, isKeyEnd, isQuote, isSpecial, quoted, scalar } from './scalars.ts';
import { DEEPEST, tooDeep, unexpected } from './unexpected.ts';
import type { YamlPair, YamlValue } from './value.ts';
import { YamlMap } from './value.ts';

const DASH = 0x2d;
const SPACE = 0x20;
const QUESTION = 0x3f;
const COLON = 0x3a;
const MAX_PAIRS = 3_000_000;

const MARKER = /^(?:---|\.\.\.)(?:\s|$)/;

class Reader {
  readonly #lines: Lines;
  #pairs = 0;

  constructor(text: string) {
    this.#lines = new Lines(text);
  }

  documents(): readonly YamlValue[] {
    const lines = this.#lines;
    const documents: YamlValue[] = [];
    while (!lines.done) {
      if (this.#atMarker()) {
        lines.enter(lines.at + 3);
        this.#endOfLine();
        continue;
      }
      documents.push(this.#block(-1, 0));
      if (!lines.done && !this.#atMarker()) throw unexpected(lines, 'a line further in');
    }
    return documents;
  }

  #atMarker(): boolean {
    const { column, text, at } = this.#lines;
    return column === 0 && (text.startsWith('---', at) || text.startsWith('...', at)) && MARKER.test(text.slice(at, at + 4));
  }

  #atDash(): boolean {
    return this.#lines.code() === DASH && this.#lines.code(1) === SPACE && !this.#atMarker();
  }

  /** Implicit keys end on their line. */
  #atKey(): boolean {
    const lines = this.#lines;
    if (lines.code() === QUESTION && lines.code(1) === SPACE) return true;
    if (isQuote(lines.code())) {
      const after = afterQuoted(lines);
      return after > 0 && isKeyEnd(lines, after);
    }
    for (let at = lines.at; at < lines.end; at += 1) if (isKeyEnd(lines, at)) return true;
    return false;
  }

  /** What stands below a key or a dash at `column`. */
  #block(column: number, depth: number): YamlValue {
    const lines = this.#lines;
    if (depth > DEEPEST) throw tooDeep(lines);
    if (this.#atDash()) return this.#list(depth);
    if (!isFlow(lines.code()) && this.#atKey()) return this.#map(depth);
    return this.#inline(column, depth);
  }

  #list(depth: number): YamlValue {
    const lines = this.#lines;
    const { column } = lines;
    const items: YamlValue[] = [];
    while (lines.column === column && this.#atDash()) {
      lines.enter(lines.at + 1);
      items.push(this.#value(column, depth, true));
    }
    return items;
  }

  #map(depth: number): YamlValue {
    const lines = this.#lines;
    const { column } = lines;
    const pairs: YamlPair[] = [];
    while (lines.column === column && !this.#atDash() && !this.#atMarker()) {
      this.#pairs += 1;
      if (this.#pairs > MAX_PAIRS) throw new ManifestError(`expected no more than ${MAX_PAIRS} entries`, lines.line);
      pairs.push(this.#pair(column, depth));
    }
    if (lines.column > column) throw unexpected(lines, 'a line further out');
    return new YamlMap(pairs);
  }

  #pair(column: number, depth: number): YamlPair {
    const lines = this.#lines;
    const explicit = lines.code() === QUESTION && lines.code(1) === SPACE;
    if (explicit) lines.enter(lines.at + 1);
    const region = { startLine: lines.line, startColumn: lines.column + 1 };
    const key = explicit ? this.#explicitKey(column) : this.#key();
    lines.enter(lines.at + 1); // the colon
    return { key, region, value: this.#value(column, depth, explicit) };
  }

  /** `? a key too long for one line` and its colon on the next: how js-yaml and Yarn write keys of more than 1,024 characters. */
  #explicitKey(column: number): string {
    const key = scalar(this.#lines);
    this.#endOfLine();
    if (this.#lines.column !== column || this.#lines.code() !== COLON) throw unexpected(this.#lines, ':');
    return key;
  }

  #key(): string {
    const lines = this.#lines;
    if (isQuote(lines.code())) {
      const key = quoted(lines);
      if (!isKeyEnd(lines, lines.at)) throw unexpected(lines, ':');
      return key;
    }
    const { text, at: start, end } = lines;
    let at = start;
    while (at < end && !isKeyEnd(lines, at)) at += 1;
    if (at === end || at === start || isSpecial(lines.code()) || '{}[],'.includes(text.charAt(start))) throw unexpected(lines, 'a key');
    lines.enter(at);
    return text.slice(start, at).trimEnd();
  }

  /** Of a key or a dash at `column`; the reader is behind it. `compact`: a map or list may begin on this very line. */
  #value(column: number, depth: number, compact: boolean): YamlValue {
    const lines = this.#lines;
    if (lines.at < lines.end) return compact ? this.#block(column, depth + 1) : this.#inline(column, depth);
    lines.advance();
    if (lines.column > column) return this.#block(column, depth + 1);
    return lines.column === column && !compact && this.#atDash() ? this.#list(depth + 1) : undefined;
  }

  #inline(column: number, depth: number): YamlValue {
    const lines = this.#lines;
    const first = lines.text.charAt(lines.at);
    if (first === '|' || first === '>') return this.#blockScalar(column, first === '|' ? '\n' : ' ');
    if (isFlow(lines.code()) || isQuote(lines.code())) {
      const value = isFlow(lines.code()) ? flow(lines, depth) : quoted(lines);
      this.#endOfLine();
      return value;
    }
    return this.#folded(column);
  }

  /** A plain text that goes on on the lines below it that are further in. */
  #folded(column: number): string {
    const pieces = [scalar(this.#lines)];
    this.#endOfLine();
    while (this.#lines.column > column && !this.#lines.done) {
      pieces.push(scalar(this.#lines));
      this.#endOfLine();
    }
    return pieces.join(' ');
  }

  #endOfLine(): void {
    if (this.#lines.at < this.#lines.end) throw unexpected(this.#lines, 'the end of the line');
    this.#lines.advance();
  }

  #blockScalar(column: number, joint: string): string {
    const header = this.#lines.text.slice(this.#lines.at + 1, this.#lines.end);
    if (!/^[-+]?$/.test(header)) throw unexpected(this.#lines, 'a text');
    return this.#lines.indented(column).join(joint).trim();
  }
}

/** Each document of the text. Throws ManifestError for what is no YAML, is nested deeper than 64 levels, or needs anchors. */
export const readYaml = (text: string): readonly YamlValue[] => new Reader(text).documents();
