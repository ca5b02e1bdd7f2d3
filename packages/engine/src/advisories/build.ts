/** OSV data → the offline index: read in a stream, joined by alias, sorted, and swapped in as a whole. */
import { join } from 'node:path';
import type { OsvRecord } from '@breakwater/model/formats/osv';
import { parseOsv } from '@breakwater/model/formats/osv';
import type { PackageFacts } from './convert.ts';
import { packageFactsOf } from './convert.ts';
import { exploitedTable } from './exploited.ts';
import { replaceFolder } from './folder.ts';
import type { IndexMeta } from './format.ts';
import { kevJson, recordsOf, unreadableSource } from './source.ts';
import type { Spool, SpoolRef } from './spool.ts';
import { openSpool } from './spool.ts';
import { tableKey } from './table.ts';
import type { Gathered } from './write.ts';
import { writeIndex } from './write.ts';
import type { NamedBytes, ZipLimits } from './zip.ts';
import { ZIP_LIMITS } from './zip.ts';

export interface BuildOptions {
  /** A folder as the OSV bucket lays it out (`npm/all.zip`, …), one zip, or a folder of .json files. */
  readonly from: string;
  /** The folder that becomes the index; only an index or an empty folder is replaced. */
  readonly to: string;
  /** CISA's JSON; by default `kev.json` beside or in `from`. */
  readonly kev?: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** false = leave the record out. */
  readonly keep?: (record: OsvRecord) => boolean;
  readonly origin?: IndexMeta['origin'];
  readonly limits?: ZipLimits;
}
export interface BuildProgress {
  /** Records looked at so far. */
  readonly read: number;
}
export interface BuildReport {
  readonly meta: IndexMeta;
  /** Withdrawn by their author. */
  readonly withdrawn: number;
  /** Refused by `keep`. */
  readonly refused: number;
  /** Without a package or without versions: nothing to match. */
  readonly empty: number;
  /** How many could not be read, and the first hundred of them by name. */
  readonly bad: { readonly count: number; readonly first: readonly { readonly name: string; readonly reason: string }[] };
}

/** `asOf` of data in which no record has a date. */
const NO_DATE = '1970-01-01T00:00:00Z';
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const BAD_SHOWN = 100;
const EVERY = 1000;

/** A name or reason from the data, made safe for a terminal. */
const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);

const parse = ({ content }: NamedBytes): OsvRecord => {
  if (content instanceof Error) throw content;
  const parsed = parseOsv(JSON.parse(content.toString()));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

type Outcome = 'taken' | 'withdrawn' | 'refused' | 'empty';

/** Counts and the spool: the only state of a build, written to by `take`. */
const collector = (spool: Spool, keep: (record: OsvRecord) => boolean) => {
  const refs = new Map<string, SpoolRef[]>();
  const counts: Record<Outcome, number> = { taken: 0, withdrawn: 0, refused: 0, empty: 0 };
  const first: { name: string; reason: string }[] = [];
  const bad = { count: 0, first };
  let asOf = NO_DATE;
  const store = ({ ecosystem, name, facts }: PackageFacts): void => {
    const key = tableKey(ecosystem, name);
    const ref = spool.append(JSON.stringify(facts));
    const known = refs.get(key);
    if (known === undefined) refs.set(key, [ref]);
    else known.push(ref);
  };
  const outcomeOf = (record: OsvRecord): Outcome => {
    if (record.withdrawn !== undefined) return 'withdrawn';
    if (!keep(record)) return 'refused';
    const all = packageFactsOf(record);
    if (all.length === 0) return 'empty';
    for (const one of all) store(one);
    if (RFC3339.test(record.modified) && record.modified > asOf) asOf = record.modified;
    return 'taken';
  };
  const take = (entry: NamedBytes): void => {
    try {
      counts[outcomeOf(parse(entry))] += 1;
    } catch (error) {
      bad.count += 1;
      if (bad.first.length < BAD_SHOWN)
        bad.first.push({ name: shown(entry.name), reason: shown(error instanceof Error ? error.message : '') });
    }
  };
  return { take, counts, bad, collected: (): Gathered => ({ refs, records: counts.taken, asOf }) };
};

const kevTable = (json: string | undefined): ReturnType<typeof exploitedTable> => {
  try {
    return exploitedTable(json ?? '{"vulnerabilities":[]}');
  } catch (error) {
    throw unreadableSource('The KEV catalogue', error);
  }
};

/**
 * Throws BW4003 (a zip bomb), BW4004 (nothing usable in `from`), BW4005 (another builder), BW4006 (`to` holds something else),
 * and the signal's reason; in each case an index that was there before is untouched.
 */
export const buildIndex = async (options: BuildOptions): Promise<BuildReport> =>
  replaceFolder(options.to, async (building) => {
    const kev = await kevJson(options.from, options.kev);
    const spool = openSpool(join(building, 'spool'));
    try {
      const { take, counts, bad, collected } = collector(spool, options.keep ?? (() => true));
      let read = 0;
      for await (const entry of recordsOf(options.from, options.signal, options.limits ?? ZIP_LIMITS)) {
        take(entry);
        read += 1;
        if (read % EVERY === 0) options.onProgress?.({ read });
      }
      // an empty index would call everything clean
      if (counts.taken === 0) throw unreadableSource(options.from, new Error(bad.first[0]?.reason ?? 'no records'));
      const exploited = kevTable(kev);
      const meta = await writeIndex(building, spool, collected(), { exploited, origin: options.origin ?? 'built', signal: options.signal });
      return { meta, withdrawn: counts.withdrawn, refused: counts.refused, empty: counts.empty, bad };
    } finally {
      spool.close();
    }
  });
