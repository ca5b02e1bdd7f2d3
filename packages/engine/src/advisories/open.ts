/** Questions to an index on disk: only the packages asked for are read, each checked against its hash. */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timestamp } from '@breakwater/model';
import { BreakwaterError, timestamp } from '@breakwater/model';
import { z } from 'zod';
import { normalName } from '../ecosystems/names.ts';
import type { AdvisoryFacts, AdvisoryLookup, KnownExploited } from '../extractors/facts.ts';
import { sha256 } from '../lib/digest.ts';
import { byText } from '../lib/order.ts';
import { chanceIn } from './epss.ts';
import { parseExploited } from './exploited.ts';
import { previousOf } from './folder.ts';
import type { IndexMeta } from './format.ts';
import { damagedIndex, FILES, FORMAT_VERSION, metaSchema, missingIndex, otherFormat } from './format.ts';
import { type Line, readLine } from './line.ts';
import type { Table, TableRow } from './table.ts';
import { openTable } from './table.ts';
import { groupHash, indexDigest } from './write.ts';

export type ShownAdvisory = Line;

export interface AdvisoryIndex extends AdvisoryLookup {
  readonly meta: Omit<IndexMeta, 'asOf'> & { readonly asOf: Timestamp };
  /** From the CISA catalogue and the EPSS scores that the index was built with; empty when there were none. BW4002 when the scores were changed. */
  exploited(): Promise<KnownExploited>;
  /** By id or alias, any case: one entry for each affected package, in the order of the table. Reads the whole index. */
  show(id: string): Promise<readonly ShownAdvisory[]>;
  close(): Promise<void>;
}

const parseLine = (line: string): ShownAdvisory => {
  try {
    return readLine(line);
  } catch (error) {
    throw damagedIndex(`a line of ${FILES.facts}`, error);
  }
};

/** A few kilobytes that the system has at hand: through the thread pool they would take longer than all the rest. */
const readGroup = (file: FileHandle, row: TableRow): readonly AdvisoryFacts[] => {
  const bytes = Buffer.alloc(row.length);
  const bytesRead = readSync(file.fd, bytes, 0, row.length, row.offset);
  if (bytesRead !== row.length || groupHash(bytes) !== row.hash) throw damagedIndex(`the entry of ${row.name} in ${FILES.facts}`);
  const lines = bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => parseLine(line).advisory);
};

/** Answers stand under the names as they were asked for; two spellings of one package are read once. */
const lookup = (
  file: FileHandle,
  table: Table,
  ecosystem: string,
  names: readonly string[],
): ReadonlyMap<string, readonly AdvisoryFacts[]> => {
  const groups = new Map<string, readonly AdvisoryFacts[] | undefined>();
  const found = new Map<string, readonly AdvisoryFacts[]>();
  for (const name of [...new Set(names)].sort(byText)) {
    const normal = normalName(ecosystem, name);
    const row = groups.has(normal) ? undefined : table.find(ecosystem, normal);
    if (!groups.has(normal)) groups.set(normal, row && readGroup(file, row));
    const group = groups.get(normal);
    if (group !== undefined) found.set(name, group);
  }
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

const anyVersion = z.object({ formatVersion: z.number().int() });

const readMeta = (text: string): IndexMeta => {
  try {
    const json: unknown = JSON.parse(text);
    const { formatVersion } = anyVersion.parse(json);
    if (formatVersion !== FORMAT_VERSION) throw otherFormat(formatVersion);
    return metaSchema.parse(json);
  } catch (error) {
    throw error instanceof BreakwaterError ? error : damagedIndex(`${FILES.meta} is not what was written`, error);
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

/** Bytes, because hashing a text would copy it once more. */
const readPart = async (home: string, name: string): Promise<Buffer> => {
  try {
    return await readFile(join(home, name));
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

/** The scores are read only here: most steps of a scan need none. */
const readExploited = async (home: string, text: Buffer, epss: IndexMeta['epss']): Promise<KnownExploited> => {
  const since = parseExploited(text.toString());
  if (epss === undefined) return { since, epss: () => undefined };
  const scores = await readPart(home, FILES.epss);
  if (sha256(scores) !== epss.digest) throw damagedIndex(`${FILES.epss} is not what ${FILES.meta} says`);
  return { since, epss: chanceIn(scores.toString('latin1')), ...(epss.asOf === undefined ? {} : { epssAsOf: epss.asOf }) };
};

/** What the index at `folder` says of itself, nothing else is read or checked. Throws BW4001, BW4002, BW4007. */
export const readIndexMeta = async (folder: string): Promise<IndexMeta> => readMeta((await metaText(folder)).text);

/** Throws BW4001 when there is none, BW4002 when a file is missing or was changed, BW4007 for another format. Call `close` when done. */
export const openIndex = async (folder: string): Promise<AdvisoryIndex> => {
  const { home, text } = await metaText(folder);
  const meta = readMeta(text);
  const [tableBytes, exploitedBytes] = await Promise.all([readPart(home, FILES.table), readPart(home, FILES.exploited)]);
  if (indexDigest(tableBytes, exploitedBytes, meta.epss?.digest) !== meta.digest) throw damagedIndex('its digest does not match');
  const table = openTable(tableBytes.toString());
  const file = await openFacts(home, meta.bytes);
  return {
    meta: { ...meta, asOf: timestamp(meta.asOf) },
    ecosystems: meta.ecosystems,
    advisoriesOf: async (ecosystem, names) => lookup(file, table, ecosystem, names),
    exploited: () => readExploited(home, exploitedBytes, meta.epss),
    show: (id) => search(file, id),
    close: () => file.close(),
  };
};
