/** Sorted lines kept as one text and searched by halves: hundreds of thousands of lines cost one string and no table. */
import { byText } from '../lib/order.ts';

/**
 * The line that begins with `key` and a tab, without its line break. The lines must be sorted by code unit; a tab sorts before every
 * character that a key may hold, so that the order of keys is the order of lines. Time is logarithmic in the length of the text.
 */
export const lineOfKey = (text: string, key: string): string | undefined => {
  const wanted = `${key}\t`;
  for (let low = 0, high = text.length; low < high; ) {
    const start = text.lastIndexOf('\n', ((low + high) >>> 1) - 1) + 1;
    const end = text.indexOf('\n', start);
    if (end === -1) return undefined;
    const line = text.slice(start, end);
    if (line.startsWith(wanted)) return line;
    if (byText(line, wanted) < 0) low = end + 1;
    else high = start;
  }
  return undefined;
};
