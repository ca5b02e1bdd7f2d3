/** Records in, facts into the spool: counts what is taken, left out and unreadable; the only state of a build. */
import type { OsvRecord } from '@breakwater/model/formats/osv';
import { parseOsv } from '@breakwater/model/formats/osv';
import type { PackageFacts } from './convert.ts';
import { packageFactsOf } from './convert.ts';
import type { SourceRecord } from './source.ts';
import type { Spool, SpoolRef } from './spool.ts';
import { tableKey } from './table.ts';
import type { Gathered } from './write.ts';
import type { NamedBytes } from './zip.ts';

/** `asOf` of data in which no record has a date. */
const NO_DATE = '1970-01-01T00:00:00Z';
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const BAD_SHOWN = 100;

export type Outcome = 'taken' | 'withdrawn' | 'refused' | 'empty';

export interface Bad {
  readonly count: number;
  /** The first hundred. */
  readonly first: readonly { readonly name: string; readonly reason: string }[];
}

export interface Collector {
  take(entry: SourceRecord): void;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly bad: Bad;
  collected(): Gathered;
}

/** A name or reason from the data, made safe for a terminal. */
export const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);

/** Some databases write null where the standard has nothing. */
const withoutNulls = (text: string): unknown => JSON.parse(text, (_, value: unknown) => (value === null ? undefined : value));

const parse = ({ content }: NamedBytes): OsvRecord => {
  if (content instanceof Error) throw content;
  const text = content.toString();
  const parsed = parseOsv(JSON.parse(text));
  const again = parsed.ok || !text.includes('null') ? parsed : parseOsv(withoutNulls(text));
  if (!again.ok) throw new Error(again.error);
  return again.value;
};

export const collector = (spool: Spool, keep: (record: OsvRecord) => boolean): Collector => {
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
  const outcomeOf = (record: OsvRecord, within: string | undefined): Outcome => {
    if (record.withdrawn !== undefined) return 'withdrawn';
    if (!keep(record)) return 'refused';
    const all = packageFactsOf(record, within);
    if (all.length === 0) return 'empty';
    for (const one of all) store(one);
    if (RFC3339.test(record.modified) && record.modified > asOf) asOf = record.modified;
    return 'taken';
  };
  const take = (entry: SourceRecord): void => {
    try {
      counts[outcomeOf(parse(entry), entry.within)] += 1;
    } catch (error) {
      bad.count += 1;
      if (bad.first.length < BAD_SHOWN)
        bad.first.push({ name: shown(entry.name), reason: shown(error instanceof Error ? error.message : '') });
    }
  };
  return { take, counts, bad, collected: () => ({ refs, records: counts.taken, asOf }) };
};
