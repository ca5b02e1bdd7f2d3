/** An OSV record → its facts, one for each affected package; words such as titles and details never enter the index. */
import type { OsvAffected, OsvRecord } from '@breakwater/model/formats/osv';
import { normalName } from '../ecosystems/names.ts';
import type { AdvisoryFacts, OsvEvent } from '../extractors/facts.ts';
import { byText } from '../lib/order.ts';
import { functionsOf } from './functions.ts';
import { severityOf } from './severity.ts';

export interface PackageFacts {
  readonly ecosystem: string;
  /** In the one spelling of `normalName`. */
  readonly name: string;
  readonly facts: AdvisoryFacts;
}

/** A tab or a line break would break the table, a control character the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f]/;

const eventOf = (event: Record<string, string | undefined>): OsvEvent =>
  // only the four keys of OsvEvent exist in the parsed record; undefined ones are dropped for exactOptionalPropertyTypes
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as OsvEvent;

const rangesOf = (affected: OsvAffected): AdvisoryFacts['ranges'] =>
  (affected.ranges ?? []).flatMap((range) =>
    range.type === 'GIT' ? [] : [{ type: range.type, events: range.events.map((event) => eventOf(event)) }],
  );

/** Debian, Alpine and Ubuntu keep one record for each CVE and name it after it; newer ones no longer repeat it as an alias. */
const NAMED_AFTER = /^[A-Z]+-(CVE-\d{4}-\d{4,19})$/;

const aliasesOf = (record: OsvRecord): readonly string[] => {
  const named = NAMED_AFTER.exec(record.id)?.[1];
  const all = [...(record.aliases ?? []), ...(named === undefined ? [] : [named])];
  return [...new Set(all)].filter((alias) => alias !== record.id).sort(byText);
};

/** The ids of https://github.com/ossf/malicious-packages: the package itself is the flaw, whatever score it was given. */
const MALICIOUS = { severity: 'critical', severityStated: true, malicious: true } as const;

const sharedOf = (record: OsvRecord): Omit<AdvisoryFacts, 'ranges' | 'versions' | 'functions'> => {
  const aliases = aliasesOf(record);
  return {
    id: record.id,
    aliases,
    ...severityOf(record),
    ...([record.id, ...aliases].some((name) => name.startsWith('MAL-')) ? MALICIOUS : {}),
    cwes: record.database_specific?.cwe_ids ?? [],
    ...(record.published === undefined ? {} : { published: record.published }),
  };
};

/** The source itself says that there is nothing to attack: it must not look like a flaw of unknown severity. */
const informationOf = (affected: OsvAffected): Partial<AdvisoryFacts> => {
  const informational = affected.database_specific?.['informational'];
  if (typeof informational !== 'string' || !/^[a-z-]{1,40}$/.test(informational)) return {};
  return informational === 'unsound' ? { informational } : { informational, severity: 'low', severityStated: true };
};

/** `Debian` also holds what speaks of `Debian:12`. */
export const isWithin = (ecosystem: string, within: string): boolean => ecosystem === within || ecosystem.startsWith(`${within}:`);

/**
 * Throws an Error that names the defect; a record without a package or without any version says nothing and gives [].
 * `within`: other ecosystems are left out; they are whole only in archives of their own.
 */
export const packageFactsOf = (record: OsvRecord, within?: string): readonly PackageFacts[] => {
  const shared = sharedOf(record);
  return (record.affected ?? []).flatMap((affected) => {
    const ranges = rangesOf(affected);
    const versions = affected.versions ?? [];
    if (affected.package === undefined || ranges.length + versions.length === 0) return [];
    const { ecosystem, name } = affected.package;
    if ([record.id, ecosystem, name, ...shared.aliases].some((text) => UNSAFE.test(text))) throw new Error('control character in a name');
    if (within !== undefined && !isWithin(ecosystem, within)) return [];
    const patched = affected.database_specific?.first_patched;
    const stated = patched === undefined ? {} : { patched };
    const facts = { ...shared, ...informationOf(affected), ranges, versions, ...stated, functions: functionsOf(affected) };
    return [{ ecosystem, name: normalName(ecosystem, name), facts }];
  });
};
