/** HCL text → attributes and blocks; after a mistake reading goes on at the next block, so that one typing error hides little. */
import { Cursor, HclMistake, regionsOf } from './cursor.ts';
import { expression } from './expression.ts';
import type { Attribute, Block, Body } from './syntax.ts';

/** Each recovery may read to the end of the file: a bound keeps 1 MB of broken blocks linear. */
const MAX_MISTAKES = 20;

export interface Mistake {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}
export interface ParsedHcl extends Body {
  readonly mistakes: readonly Mistake[];
}

/** Total: any text gives a result; what was not understood is in `mistakes`, in file order. */
export const parseHcl = (text: string): ParsedHcl => {
  const cursor = new Cursor(text);
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  const found: HclMistake[] = [];
  while (cursor.at < text.length && found.length < MAX_MISTAKES) {
    const start = cursor.at;
    const mistake = attempt(() => {
      cursor.skip(true);
      if (cursor.at < cursor.end) item(cursor, attributes, blocks);
    });
    if (mistake === undefined) continue;
    found.push(mistake);
    cursor.end = text.length;
    cursor.at = nextBlock(text, start);
  }
  const region = regionsOf(text);
  const mistakes = found.map(({ message, offset }) => ({ line: region(offset, offset).startLine, message }));
  return { attributes, blocks, mistakes };
};

const attempt = (read: () => void): HclMistake | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof HclMistake) return error;
    throw error;
  }
};

/** Blocks begin in the first column in all that people format; that is where reading starts anew. */
const nextBlock = (text: string, from: number): number => {
  const LINE_WITH_WORD = /\n(?=[a-zA-Z_])/g;
  LINE_WITH_WORD.lastIndex = from;
  return LINE_WITH_WORD.exec(text) === null ? text.length : LINE_WITH_WORD.lastIndex;
};

const body = (cursor: Cursor): Body => {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (cursor.skip(true); cursor.peek() !== '}'; cursor.skip(true)) {
    if (cursor.at >= cursor.end) cursor.fail('a block is not closed');
    item(cursor, attributes, blocks);
  }
  return { attributes, blocks };
};

/** One attribute or block; appends to the list it belongs to. */
const item = (cursor: Cursor, attributes: Attribute[], blocks: Block[]): void => {
  const start = cursor.at;
  const name = cursor.identifier() ?? cursor.unexpected('a name');
  cursor.skip();
  if (cursor.take('=')) attributes.push({ name, value: expression(cursor) });
  else blocks.push(block(cursor, name, start));
  cursor.skip();
  if (cursor.at < cursor.end && cursor.peek() !== '\n' && cursor.peek() !== '}') cursor.fail(`expected a new line after ${name}`);
};

const block = (cursor: Cursor, type: string, start: number): Block => {
  const labels: string[] = [];
  while (cursor.peek() !== '{') {
    labels.push(label(cursor));
    cursor.skip();
  }
  cursor.expect('{');
  const inner = cursor.nest(false, () => body(cursor));
  cursor.expect('}');
  return { type, labels, ...inner, span: { start, end: cursor.at } };
};

const label = (cursor: Cursor): string => {
  if (cursor.peek() !== '"') return cursor.identifier() ?? cursor.fail('expected = or {');
  const read = expression(cursor);
  return read.kind === 'literal' && typeof read.value === 'string' ? read.value : cursor.fail('a label must be plain text');
};
