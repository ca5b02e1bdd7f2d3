/** Offsets to lines and columns, for one text. */
import type { Region } from '@breakwater/model';

export interface Lines {
  region(start: number, end: number): Region;
  /** 0-based index of the line that holds the offset. */
  indexOf(offset: number): number;
  /** A line by its 0-based index without its end; of a longer one (minified files) only `reach` characters round `near`. */
  text(index: number, near: number, reach: number): string;
}

export const linesOf = (text: string): Lines => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const indexOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const column = (offset: number): number => offset - (starts[indexOf(offset)] ?? 0) + 1;
  return {
    indexOf,
    region: (start, end) => ({
      startLine: indexOf(start) + 1,
      startColumn: column(start),
      endLine: indexOf(end) + 1,
      endColumn: column(end),
    }),
    text: (index, near, reach) => {
      const start = starts[index];
      if (start === undefined) return '';
      const end = (starts[index + 1] ?? text.length + 1) - 1;
      return text.slice(Math.max(start, near - reach), Math.min(end, near + reach));
    },
  };
};
