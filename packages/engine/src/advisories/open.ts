/** Questions to an index on disk: only the packages asked for are read, each checked against its hash. */
import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timestamp } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import type { AdvisoryFacts, AdvisoryLookup, KnownExploited } from '../extractors/facts.ts';
import { byText } from '../lib/order.ts';
import { parseExploited } from './exploited.ts';
import { previousOf } from './folder.ts';
import type { IndexMeta } from './format.ts';
import { damagedIndex, FILES, lineSchema, metaSchema, missingIndex } from './format.ts';
import type { Table, TableRow } from './table.ts';
import { openTable } from './table.ts';
import { groupHash, indexDigest } from './write.ts';

export interface ShownAdvisory {
  readonly ecosystem: string;
  readonly package: string;
  readonly advisory: AdvisoryFacts;
}

export interface AdvisoryIndex extends AdvisoryLookup {
  readonly meta: Omit<IndexMeta, 'asOf'> & { readonly asOf: Timestamp };
  /** From the CISA catalogue that the index was built with; empty when there was none. */
  exploited(): Promise<KnownExploited>;
  /** By id or alias, any case: one entry for each affected package, in the order of the table. Reads the whole index. */
  show(id: string): Promise<readonly ShownAdvisory[]>;
  close(): Promise<void>;
}

const parseLine = (line: string): ShownAdvisory => {
  try {
    const { ecosystem, package: name, ...advisory } = lineSchema.parse(JSON.parse(line));
    return { ecosystem, package: name, advisory };
  } catch (error) {
    throw damagedIndex(`a line of ${FILES.facts}`, error);
  }
};

const readGroup = async (file: FileHandle, row: TableRow): Promise<readonly AdvisoryFacts[]> => {
  const bytes = Buffer.alloc(row.length);
  const { bytesRead } = await file.read(bytes, 0, row.length, row.offset);
  if (bytesRead !== row.length || groupHash(bytes) !== row.hash) throw damagedIndex(`the entry of ${row.name} in ${FILES.facts}`);
  const lines = bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => parseLine(line).advisory);
};

const lookup = async (file: FileHandle, table: Table, ecosystem: string, names: readonly string[]) => {
  const rows = [...new Set(names)].sort(byText).flatMap((name) => table.find(ecosystem, name) ?? []);
  const found = new Map<string, readonly AdvisoryFacts[]>();
  for (const row of rows) found.set(row.name, await readGroup(file, row));
  return found;
};

const search = async (file: FileHandle, id: string): Promise<readonly ShownAdvisory[]> => {
  const wanted = id.trim().toLowerCase();
  const found: ShownAdvisory[] = [];
  for await (const line of createInterface({ input: file.createReadStream({ start: 0, autoClose: false }) })) {
    if (!line.toLowerCase().includes(`"${wanted}"`)) continue;
    const entry = parseLine(line);
    if ([entry.advisory.id, ...entry.advisory.aliases].some((name) => name.toLowerCase() === wanted)) found.push(entry);
  }
  return found;
};

const readMeta = (text: string): IndexMeta => {
  try {
    return metaSchema.parse(JSON.parse(text));
  } catch (error) {
    throw damagedIndex(`${FILES.meta} is not of this version`, error);
  }
};

/** The folder, or where it is for the instant in which a builder swaps it. */
const metaText = async (folder: string): Promise<{ readonly home: string; readonly text: string }> => {
  for (const home of [folder, previousOf(folder)]) {
    try {
      return { home, text: await readFile(join(home, FILES.meta), 'utf8') };
    } catch {
      // the other one may be there
    }
  }
  throw missingIndex();
};

const readPart = async (home: string, name: string): Promise<string> => {
  try {
    return await readFile(join(home, name), 'utf8');
  } catch (error) {
    throw damagedIndex(`${name} cannot be read`, error);
  }
};

const openFacts = async (home: string, bytes: number): Promise<FileHandle> => {
  const file = await open(join(home, FILES.facts), 'r').catch((error: unknown) => {
    throw damagedIndex(`${FILES.facts} cannot be read`, error);
  });
  if ((await file.stat()).size === bytes) return file;
  await file.close();
  throw damagedIndex(`${FILES.facts} has not the size that ${FILES.meta} says`);
};

/** Throws BW4001 when there is none, BW4002 when a file is missing or was changed. Call `close` when done. */
export const openIndex = async (folder: string): Promise<AdvisoryIndex> => {
  const { home, text } = await metaText(folder);
  const meta = readMeta(text);
  const [tableText, exploitedText] = await Promise.all([readPart(home, FILES.table), readPart(home, FILES.exploited)]);
  if (indexDigest(tableText, exploitedText) !== meta.digest) throw damagedIndex('its digest does not match');
  const table = openTable(tableText);
  const file = await openFacts(home, meta.bytes);
  return {
    meta: { ...meta, asOf: timestamp(meta.asOf) },
    advisoriesOf: (ecosystem, names) => lookup(file, table, ecosystem, names),
    exploited: async () => parseExploited(exploitedText),
    show: (id) => search(file, id),
    close: () => file.close(),
  };
};
