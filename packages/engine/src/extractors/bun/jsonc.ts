/** JSON with comments and trailing commas → JSON of the same length and lines, so that places stay true. */

type Span = readonly [from: number, to: number];

/** Offset behind the string that begins at `start`; the end of its line when it does not end. */
const afterString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"' || character === '\n') return at + 1;
  }
  return text.length;
};

/** Offset behind the comment; `start` itself when there is none. */
const afterComment = (text: string, start: number): number => {
  const line = text.startsWith('//', start);
  if (!line && !text.startsWith('/*', start)) return start;
  const end = text.indexOf(line ? '\n' : '*/', start + 2);
  if (end < 0) return text.length;
  return line ? end : end + 2;
};

/** Finds what JSON does not have. A comma counts only when another member follows; until then its place is remembered. */
class Finder {
  readonly #text: string;
  readonly #spans: Span[] = [];
  #comma = -1;
  /** The character before, spaces and comments aside. */
  #last = '{';

  constructor(text: string) {
    this.#text = text;
  }

  /** Sorted, apart from one another. */
  spans(): readonly Span[] {
    for (let at = 0; at < this.#text.length; ) at = this.#next(at);
    return this.#spans.sort(([a], [b]) => a - b);
  }

  #next(at: number): number {
    const character = this.#text.charAt(at);
    const after = character === '/' ? afterComment(this.#text, at) : at;
    if (after > at) {
      this.#spans.push([at, after]);
      return after;
    }
    if (!' \n\r\t'.includes(character)) this.#meet(character, at);
    return character === '"' ? afterString(this.#text, at) : at + 1;
  }

  #meet(character: string, at: number): void {
    if (this.#comma >= 0 && (character === '}' || character === ']')) this.#spans.push([this.#comma, this.#comma + 1]);
    this.#comma = character === ',' && !'{[,'.includes(this.#last) ? at : -1;
    this.#last = character;
  }
}

/** Never throws: what is broken stays broken. */
export const jsonOf = (text: string): string => {
  const parts: string[] = [];
  let kept = 0;
  for (const [from, to] of new Finder(text).spans()) {
    parts.push(text.slice(kept, from), text.slice(from, to).replace(/[^\n]/g, ' '));
    kept = to;
  }
  return [...parts, text.slice(kept)].join('');
};
