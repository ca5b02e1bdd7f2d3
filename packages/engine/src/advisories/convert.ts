/** An OSV record → its facts, one for each affected package; words such as titles and details never enter the index. */
import type { OsvAffected, OsvRecord } from '@breakwater/model/formats/osv';
import type { AdvisoryFacts, OsvEvent } from '../extractors/facts.ts';
import { byText } from '../lib/order.ts';
import { severityOf } from './severity.ts';

export interface PackageFacts {
  readonly ecosystem: string;
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

/** Names that a proof of concept calls are not the vulnerable ones: only what an advisory states may narrow reachability. */
const functionsOf = (affected: OsvAffected): readonly string[] => {
  const precision = affected.database_specific?.['functions_precision'];
  if (precision !== undefined && precision !== 'advisory') return [];
  return affected.ecosystem_specific?.affected_functions ?? [];
};

/** Throws an Error that names the defect; a record without a package or without any version says nothing and gives []. */
export const packageFactsOf = (record: OsvRecord): readonly PackageFacts[] => {
  const shared = {
    id: record.id,
    aliases: [...new Set(record.aliases ?? [])].filter((alias) => alias !== record.id).sort(byText),
    ...severityOf(record),
    cwes: record.database_specific?.cwe_ids ?? [],
    ...(record.published === undefined ? {} : { published: record.published }),
  };
  return (record.affected ?? []).flatMap((affected) => {
    const ranges = rangesOf(affected);
    const versions = affected.versions ?? [];
    if (affected.package === undefined || ranges.length + versions.length === 0) return [];
    const { ecosystem, name } = affected.package;
    if ([record.id, ecosystem, name, ...shared.aliases].some((text) => UNSAFE.test(text))) throw new Error('control character in a name');
    const patched = affected.database_specific?.first_patched;
    const stated = patched === undefined ? {} : { patched };
    return [{ ecosystem, name, facts: { ...shared, ranges, versions, ...stated, functions: functionsOf(affected) } }];
  });
};
