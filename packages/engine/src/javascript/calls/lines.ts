/** Offsets of a text as lines and columns, 1-based, columns in UTF-16. */
import type { Node } from '../syntax/syntax.ts';

export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  at(offset: number): readonly [number, number] {
    const line = this.line(offset);
    return [line, offset - (this.#starts[line - 1] ?? 0) + 1];
  }

  place(node: Node): readonly [number, number, number, number] {
    const [line, column] = this.at(node.start);
    const [endLine, endColumn] = this.at(node.end);
    return [line, column, endLine, endColumn];
  }
}
