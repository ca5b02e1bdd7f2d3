/** Offsets ↔ lines and columns. V8 and source maps end lines as the language does; what we show ends them at `\n` only. */

export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  /** `starts`: offset of each line, the first 0, ascending; `length` of the text. All UTF-16. */
  constructor(starts: readonly number[], length: number) {
    this.#starts = starts;
    this.#length = length;
  }

  /** 0-based. */
  at(offset: number): readonly [line: number, column: number] {
    let low = 0;
    for (let high = this.#starts.length; low + 1 < high; ) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return [low, offset - (this.#starts[low] ?? 0)];
  }

  /** 1-based, as a Region counts. */
  place(offset: number): readonly [line: number, column: number] {
    const [line, column] = this.at(offset);
    return [line + 1, column + 1];
  }

  /** undefined when the text has no such place. */
  offset(line: number, column: number): number | undefined {
    const start = this.#starts[line];
    const end = this.#starts[line + 1] ?? this.#length + 1;
    return start === undefined || start + column >= end ? undefined : start + column;
  }
}

const startsAfter = (text: string, end: RegExp): Lines => {
  const starts = [0];
  for (const match of text.matchAll(end)) starts.push(match.index + match[0].length);
  return new Lines(starts, text.length);
};

/** As V8 counts. */
export const languageLines = (text: string): Lines => startsAfter(text, /\r\n|[\n\r\u2028\u2029]/g);

/** As findings count. */
export const shownLines = (text: string): Lines => startsAfter(text, /\n/g);

/** Of a text that is not at hand: Node says how long each line is. */
export const linesOfLengths = (lengths: readonly number[]): Lines => {
  const starts: number[] = [];
  let at = 0;
  for (const length of lengths) {
    starts.push(at);
    at += length + 1;
  }
  return new Lines(starts, Math.max(0, at - 1));
};
