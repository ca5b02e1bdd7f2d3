/** V8 coverage → which functions of an application ran. */
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const coverage = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({
          functionName: z.string(),
          ranges: z.array(z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })).min(1),
        }),
      ),
    }),
  ),
});

/** A function as V8 knows it; offsets in UTF-16 units, `end` exclusive. The module itself is the one that spans the file. */
export interface Covered {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly ran: boolean;
}

/** File, relative to the folder → its functions; what ran in any process ran. */
export const coveredFunctions = (texts: readonly string[], folder: string): ReadonlyMap<string, readonly Covered[]> => {
  const root = `${pathToFileURL(folder).href}/`;
  const files = new Map<string, Map<string, Covered>>();
  for (const text of texts) {
    for (const { url, functions } of coverage.parse(JSON.parse(text)).result) {
      if (!url.startsWith(root)) continue;
      const file = posix.normalize(decodeURIComponent(url.slice(root.length).split(/[?#]/)[0] ?? ''));
      const known = files.get(file) ?? new Map<string, Covered>();
      files.set(file, known);
      for (const { functionName: name, ranges } of functions) {
        const [{ startOffset: start, endOffset: end, count } = { startOffset: 0, endOffset: 0, count: 0 }] = ranges;
        const key = `${start}-${end}`;
        known.set(key, { name, start, end, ran: count > 0 || known.get(key)?.ran === true });
      }
    }
  }
  return new Map([...files].map(([file, functions]) => [file, [...functions.values()]]));
};

/** The innermost function around an offset; an outer one stands for those inside that were never compiled, and did not run either. */
export const innermost = (functions: readonly Covered[], offset: number): Covered | undefined => {
  let found: Covered | undefined;
  for (const one of functions) {
    if (one.start <= offset && offset < one.end && (found === undefined || one.end - one.start < found.end - found.start)) found = one;
  }
  return found;
};

/** Node takes the byte order mark away before V8 counts. */
export const asCounted = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** 1-based line and column → offset; undefined = the text has no such line. A column beyond the line is its end. */
export const offsetOf = (text: string, line: number, column: number): number | undefined => {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + Math.max(column, 1) - 1, end < 0 ? text.length : end);
};

/** 1-based line of an offset. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
