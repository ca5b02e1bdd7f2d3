/** EPSS, the chance of exploitation within 30 days: FIRST's CSV in, a small sorted table out. @see https://www.first.org/epss/data_stats */
import { gunzipSync } from 'node:zlib';
import { byText } from '../lib/order.ts';
import { damagedIndex } from './format.ts';
import { lineOfKey } from './lines.ts';

export interface EpssTable {
  /** `CVE TAB chance`, sorted by code unit. */
  readonly text: string;
  readonly count: number;
  /** Day of the scores, `2026-11-22`; absent when the file does not say. */
  readonly asOf?: string;
}

/** All of it unpacked; the file of 2026 has about 10 MB. */
const UNPACKED_LIMIT = 256 << 20;
const CVE = /^CVE-\d{4}-\d{4,19}$/;
const DAY = /score_date:(\d{4}-\d{2}-\d{2})/;

const unpacked = (bytes: Buffer): Buffer =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: UNPACKED_LIMIT }) : bytes;

interface Columns {
  readonly cve: number;
  readonly chance: number;
}

const columnsOf = (header: string): Columns => {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const columns = { cve: names.indexOf('cve'), chance: names.indexOf('epss') };
  if (columns.cve < 0 || columns.chance < 0) throw new Error('it has no columns cve and epss');
  return columns;
};

const rowOf = (line: string, { cve, chance }: Columns): readonly [cve: string, chance: number] | undefined => {
  const fields = line.split(',');
  const name = fields[cve]?.trim() ?? '';
  const written = fields[chance]?.trim() ?? '';
  const value = written === '' ? Number.NaN : Number(written);
  return CVE.test(name) && value >= 0 && value <= 1 ? [name, value] : undefined;
};

/** Throws an Error that says what is wrong: a file that is broken in one line may be broken in all, so nothing of it is used. */
export const epssTable = (bytes: Buffer): EpssTable => {
  const lines = unpacked(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  const comments = lines.slice(0, 5).filter((line) => line.startsWith('#'));
  const columns = columnsOf(lines[comments.length] ?? '');
  const chances = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (index <= comments.length || line.trim() === '') continue;
    const row = rowOf(line, columns);
    if (row === undefined) throw new Error(`line ${index + 1} is no score of a CVE`);
    chances.set(row[0], Math.max(row[1], chances.get(row[0]) ?? 0));
  }
  if (chances.size === 0) throw new Error('it holds no scores');
  const text = [...chances]
    .map(([cve, chance]) => `${cve}\t${chance}\n`)
    .sort(byText)
    .join('');
  const asOf = DAY.exec(comments.join('\n'))?.[1];
  return { text, count: chances.size, ...(asOf === undefined ? {} : { asOf }) };
};

/** Answers from the text of `epss.tsv`: 0..1, `undefined` = no score published. Throws BW4002 at a line that was not written by us. */
export const chanceIn =
  (text: string) =>
  (cve: string): number | undefined => {
    const line = CVE.test(cve) ? lineOfKey(text, cve) : undefined;
    if (line === undefined) return undefined;
    const chance = Number(line.slice(cve.length + 1));
    if (!(chance >= 0 && chance <= 1)) throw damagedIndex('a line of epss.tsv');
    return chance;
  };
