/** Writes the files of an index from spooled records, package by package in the order of the table. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AdvisoryFacts, DerivedFunctions } from '../extractors/facts.ts';
import { sha256 } from '../lib/digest.ts';
import { byText } from '../lib/order.ts';
import { mergeAliases } from './closure.ts';
import type { EpssTable } from './epss.ts';
import type { IndexMeta } from './format.ts';
import { FILES, FORMAT_VERSION } from './format.ts';
import { factsOf, writeLine } from './line.ts';
import type { Spool, SpoolRef } from './spool.ts';
import { tableLine } from './table.ts';

export interface Gathered {
  /** `ecosystem TAB name` → its records in the spool. */
  readonly refs: ReadonlyMap<string, readonly SpoolRef[]>;
  readonly records: number;
  readonly asOf: string;
}

export interface WriteOptions {
  readonly exploited: { readonly text: string; readonly count: number };
  readonly epss: EpssTable | undefined;
  readonly update: IndexMeta['update'];
  readonly origin: IndexMeta['origin'];
  readonly signal: AbortSignal;
  /** What was worked out for an advisory, by `ecosystem TAB name` and id. */
  readonly derived?: (key: string, id: string) => DerivedFunctions | undefined;
}

export const groupHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** Covers the facts too, through the hash of each group in the table; the scores by their digest, so that they need not be read to check it. */
export const indexDigest = (table: string | Uint8Array, exploited: string | Uint8Array, epss: string | undefined): IndexMeta['digest'] =>
  sha256([sha256(table), sha256(exploited), ...(epss === undefined ? [] : [epss])].join('\n'));

/** What this process wrote a moment ago. */
const factsFromSpool = (text: string): AdvisoryFacts => factsOf(JSON.parse(text));

/** Written through to the disk before the folder is renamed, so that a power cut leaves no half index behind a good name. */
const writeDurably = async <T>(path: string, fill: (file: FileHandle) => Promise<T>): Promise<T> => {
  const file = await open(path, 'wx');
  try {
    const result = await fill(file);
    await file.sync();
    return result;
  } finally {
    await file.close();
  }
};

const CHUNK = 1 << 20;

/** Records of one package with those of one flaw joined. */
export const mergedOf = (spool: Spool, gathered: Gathered, key: string): readonly AdvisoryFacts[] =>
  mergeAliases((gathered.refs.get(key) ?? []).map((ref) => factsFromSpool(spool.read(ref))));

const withDerived = (facts: AdvisoryFacts, derived: DerivedFunctions | undefined): AdvisoryFacts =>
  derived === undefined ? facts : { ...facts, derived };

/** Group after group into `file`; gives the table and the totals. */
const writeGroups = async (file: FileHandle, spool: Spool, gathered: Gathered, { signal, derived }: WriteOptions) => {
  const lines: string[] = [];
  const coverage: Record<string, { packages: number; facts: number }> = {};
  let waiting: Buffer[] = [];
  let bytes = 0;
  let written = 0;
  let facts = 0;
  const flush = async (): Promise<void> => {
    await file.appendFile(Buffer.concat(waiting));
    waiting = [];
    written = bytes;
    await setImmediate();
    signal.throwIfAborted();
  };
  for (const key of [...gathered.refs.keys()].sort(byText)) {
    const [ecosystem = '', name = ''] = key.split('\t');
    const merged = mergedOf(spool, gathered, key).map((one) => withDerived(one, derived?.(key, one.id)));
    const group = Buffer.from(merged.map((one) => writeLine({ ecosystem, package: name, advisory: one })).join(''));
    lines.push(tableLine({ ecosystem, name, offset: bytes, length: group.length, hash: groupHash(group) }));
    const before = coverage[ecosystem] ?? { packages: 0, facts: 0 };
    coverage[ecosystem] = { packages: before.packages + 1, facts: before.facts + merged.length };
    waiting.push(group);
    bytes += group.length;
    facts += merged.length;
    if (bytes - written > CHUNK) await flush();
  }
  await flush();
  return { table: lines.join(''), coverage, facts, bytes };
};

const writeScores = async (folder: string, table: EpssTable | undefined): Promise<IndexMeta['epss']> => {
  if (table === undefined) return undefined;
  await writeDurably(join(folder, FILES.epss), (file) => file.writeFile(table.text));
  const { text, count, asOf } = table;
  return { digest: sha256(text), count, bytes: Buffer.byteLength(text), ...(asOf === undefined ? {} : { asOf }) };
};

export const writeIndex = async (folder: string, spool: Spool, gathered: Gathered, options: WriteOptions): Promise<IndexMeta> => {
  const groups = await writeDurably(join(folder, FILES.facts), (file) => writeGroups(file, spool, gathered, options));
  await writeDurably(join(folder, FILES.table), (file) => file.writeFile(groups.table));
  await writeDurably(join(folder, FILES.exploited), (file) => file.writeFile(options.exploited.text));
  const epss = await writeScores(folder, options.epss);
  const meta: IndexMeta = {
    formatVersion: FORMAT_VERSION,
    origin: options.origin,
    asOf: gathered.asOf,
    digest: indexDigest(groups.table, options.exploited.text, epss?.digest),
    records: gathered.records,
    facts: groups.facts,
    packages: gathered.refs.size,
    ecosystems: Object.keys(groups.coverage),
    coverage: groups.coverage,
    exploited: options.exploited.count,
    bytes: groups.bytes,
    ...(epss === undefined ? {} : { epss }),
    ...(options.update === undefined ? {} : { update: options.update }),
  };
  await writeDurably(join(folder, FILES.meta), (file) => file.writeFile(`${JSON.stringify(meta, undefined, 2)}\n`));
  return meta;
};
