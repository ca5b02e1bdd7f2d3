/** The table of contents: one line for each package, where its advisories lie in the facts file and their hash. */
import { damagedIndex } from './format.ts';
import { lineOfKey } from './lines.ts';

export interface TableRow {
  readonly ecosystem: string;
  readonly name: string;
  /** Bytes from the start of the facts file. */
  readonly offset: number;
  readonly length: number;
  /** First 32 hex digits of the group's SHA-256. */
  readonly hash: string;
}

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
  find(ecosystem: string, name: string): TableRow | undefined;
}

/** Throws BW4002 when the text ends within a line; a bad line shows when it is looked at. */
export const openTable = (text: string): Table => {
  if (text !== '' && !text.endsWith('\n')) throw damagedIndex('index.tsv ends within a line');
  return {
    find: (ecosystem, name) => {
      const line = lineOfKey(text, tableKey(ecosystem, name));
      return line === undefined ? undefined : parseRow(line);
    },
  };
};
