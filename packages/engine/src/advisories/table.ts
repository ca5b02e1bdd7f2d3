/** The table of contents: sorted lines kept as one text and searched by halves, so that 60,000 packages cost one string. */
import { byText } from '../lib/order.ts';
import { damagedIndex } from './format.ts';

export interface TableRow {
  readonly ecosystem: string;
  readonly name: string;
  /** Bytes from the start of the facts file. */
  readonly offset: number;
  readonly length: number;
  /** First 32 hex digits of the group's SHA-256. */
  readonly hash: string;
}

/** A tab sorts before every character a name may hold, so that the order of keys is the order of lines. */
export const tableKey = (ecosystem: string, name: string): string => `${ecosystem}\t${name}`;

export const tableLine = (row: TableRow): string => `${tableKey(row.ecosystem, row.name)}\t${row.offset}\t${row.length}\t${row.hash}\n`;

const parseRow = (line: string): TableRow => {
  const [ecosystem, name, offset, length, hash, ...more] = line.split('\t');
  const row = { ecosystem, name, offset: Number(offset), length: Number(length), hash };
  const whole = Number.isSafeInteger(row.offset) && Number.isSafeInteger(row.length) && row.offset >= 0 && row.length > 0;
  if (ecosystem === undefined || name === undefined || hash?.length !== 32 || more.length > 0 || !whole)
    throw damagedIndex('a line of index.tsv');
  return { ...row, ecosystem, name, hash };
};

export interface Table {
  readonly size: number;
  find(ecosystem: string, name: string): TableRow | undefined;
}

const startsOf = (text: string): readonly number[] => {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at = text.indexOf('\n', at) + 1) {
    starts.push(at);
    if (text.indexOf('\n', at) === -1) throw damagedIndex('index.tsv ends within a line');
  }
  return starts;
};

/** Throws BW4002 when the text ends within a line; a bad line shows when it is looked at. */
export const openTable = (text: string): Table => {
  const starts = startsOf(text);
  const keyAt = (start: number): string => text.slice(start, text.indexOf('\t', text.indexOf('\t', start) + 1));
  const rowAt = (start: number): TableRow => parseRow(text.slice(start, text.indexOf('\n', start)));
  const find = (ecosystem: string, name: string): TableRow | undefined => {
    const key = tableKey(ecosystem, name);
    for (let low = 0, high = starts.length - 1; low <= high; ) {
      const middle = (low + high) >>> 1;
      const start = starts[middle] ?? 0;
      const order = byText(keyAt(start), key);
      if (order === 0) return rowAt(start);
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  };
  return { size: starts.length, find };
};
