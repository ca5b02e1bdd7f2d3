/** OSV data → the offline index: read in a stream, joined by alias, sorted, and swapped in as a whole. */
import { join } from 'node:path';
import type { OsvRecord } from '@breakwater/model/formats/osv';
import type { Bad, Collector } from './collect.ts';
import { collector } from './collect.ts';
import { isWithin } from './convert.ts';
import type { DeriveOptions, DeriveReport } from './derive/all.ts';
import { deriveAll } from './derive/all.ts';
import { epssTable } from './epss.ts';
import { exploitedTable } from './exploited.ts';
import { replaceFolder } from './folder.ts';
import type { IndexMeta } from './format.ts';
import type { ZipSource } from './source.ts';
import { epssBytes, kevBytes, recordsOf, unreadableSource } from './source.ts';
import { openSpool, type Spool } from './spool.ts';
import { mergedOf, writeIndex } from './write.ts';
import type { ZipLimits } from './zip.ts';
import { ZIP_LIMITS } from './zip.ts';

export interface BuildOptions {
  /** A folder as the OSV bucket lays it out (`npm/all.zip`, …), one zip, a folder of .json files; or the archives one by one. */
  readonly from: string | readonly ZipSource[];
  /** The folder that becomes the index; only an index or an empty folder is replaced. */
  readonly to: string;
  /** CISA's JSON; by default `kev.json` beside or in `from`; false = none. */
  readonly kev?: string | false;
  /** FIRST's CSV, packed or not; by default `epss….csv(.gz)` beside or in `from`; false = none. */
  readonly epss?: string | false;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** false = leave the record out. */
  readonly keep?: (record: OsvRecord) => boolean;
  readonly origin?: IndexMeta['origin'];
  /** Ecosystems of which there must be something: an archive that lost its records would call everything clean. */
  readonly expect?: readonly string[];
  readonly update?: IndexMeta['update'];
  readonly limits?: ZipLimits;
  /** Work out which functions the fixes of npm packages changed; asks the npm registry of the user. */
  readonly derive?: Omit<DeriveOptions, 'signal'>;
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
  /** What could not be read. */
  readonly bad: Bad;
  /** When it was asked for. */
  readonly derived?: DeriveReport;
}

const EVERY = 1000;

/** Throws BW4004 when the file is not what its name says. */
const tableOf = <T>(what: string, bytes: Buffer | undefined, read: (bytes: Buffer) => T): T | undefined => {
  try {
    return bytes === undefined ? undefined : read(bytes);
  } catch (error) {
    throw unreadableSource(what, error);
  }
};

const collect = async (options: BuildOptions, { take }: Collector): Promise<void> => {
  let read = 0;
  for await (const entry of recordsOf(options.from, options.signal, options.limits ?? ZIP_LIMITS)) {
    take(entry);
    read += 1;
    if (read % EVERY === 0) options.onProgress?.({ read });
  }
  options.onProgress?.({ read });
};

/** An empty index, or an empty part of it, would call everything clean. */
const refuseEmpty = ({ from, expect = [] }: BuildOptions, { counts, bad, collected }: Collector): void => {
  const place = typeof from === 'string' ? from : 'The advisory data';
  if (counts.taken === 0) throw unreadableSource(place, new Error(bad.first[0]?.reason ?? 'no records'));
  const there = new Set([...collected().refs.keys()].map((key) => key.slice(0, key.indexOf('\t'))));
  const missing = expect.filter((name) => ![...there].some((ecosystem) => isWithin(ecosystem, name)));
  if (missing.length > 0) throw unreadableSource(`The archive of ${missing.join(', ')}`, new Error('no records'));
};

const NPM = 'npm\t';

const derive = async ({ derive: wanted, signal }: BuildOptions, spool: Spool, all: Collector) => {
  if (wanted === undefined) return undefined;
  const gathered = all.collected();
  const keys = [...gathered.refs.keys()].filter((key) => key.startsWith(NPM));
  const packages = keys.map((key) => ({ name: key.slice(NPM.length), advisories: mergedOf(spool, gathered, key) }));
  const found = await deriveAll(packages, { ...wanted, signal });
  const of = (key: string, id: string) => (key.startsWith(NPM) ? found.of(key.slice(NPM.length), id) : undefined);
  return { of, report: found.report };
};

/**
 * Throws BW4003 (a zip bomb), BW4004 (nothing usable in `from`), BW4005 (another builder), BW4006 (`to` holds something else), BW4011,
 * and the signal's reason; in each case an index that was there before is untouched.
 */
export const buildIndex = async (options: BuildOptions): Promise<BuildReport> =>
  replaceFolder(options.to, async (building) => {
    const { from, signal, origin = 'built', update } = options;
    const kev = tableOf('The KEV catalogue', await kevBytes(from, options.kev), exploitedTable);
    const epss = tableOf('The list of EPSS scores', await epssBytes(from, options.epss), epssTable);
    const spool = openSpool(join(building, 'spool'));
    try {
      const all = collector(spool, options.keep ?? (() => true));
      await collect(options, all);
      refuseEmpty(options, all);
      const exploited = kev ?? { text: '', count: 0 };
      const derived = await derive(options, spool, all);
      const more = derived === undefined ? {} : { derived: derived.of };
      const meta = await writeIndex(building, spool, all.collected(), { exploited, epss, origin, update, signal, ...more });
      const { withdrawn, refused, empty } = all.counts;
      return { meta, withdrawn, refused, empty, bad: all.bad, ...(derived === undefined ? {} : { derived: derived.report }) };
    } finally {
      spool.close();
    }
  });
