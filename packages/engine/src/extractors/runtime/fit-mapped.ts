/** Tells whether what a source map names is this very source, and which of its functions ran. */
import type { Code, Ran } from './fit.ts';
import { lastOf } from './fit.ts';
import { languageLines } from './lines.ts';
import type { Source } from './source-map.ts';

/** Without the text that was compiled: so many may stand where no function does, being of code that the tool added. */
const FORGIVEN = 1 / 10;
/** The same where names agree. */
const FORGIVEN_NAMED = 1 / 3;

/** The text that the map keeps must be this one; where it keeps none, what ran must stand where functions do. */
export const fitMapped = (source: Source, code: Code): readonly Ran[] | undefined => {
  if (source.content !== undefined && !sameText(source.content, code.text)) return undefined;
  const lines = languageLines(code.text);
  const found: Ran[] = [];
  for (const { name, first, last } of source.functions) {
    const [from, to] = [lines.offset(...first), lines.offset(...last)];
    const shape = from === undefined || to === undefined ? undefined : code.shapes.mapped(from, to);
    if (shape !== undefined) found.push({ name, shape });
  }
  if (source.content === undefined && !isLikely(found, source.functions.length)) return undefined;
  return source.whole ? [{ name: '', shape: undefined }, ...found] : found;
};

const isLikely = (found: readonly Ran[], all: number): boolean => {
  const named = found.filter(({ name, shape }) => shape?.name !== undefined && lastOf(name) === lastOf(shape.name)).length;
  const forgiven = named * 2 >= found.length ? FORGIVEN_NAMED : FORGIVEN;
  return found.length > 0 && all - found.length <= all * forgiven;
};

/** But for the mark at the beginning and for how lines end, which editors and git change. */
const sameText = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
