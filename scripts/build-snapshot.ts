/** Builds the advisory index that ships with the product from freely licensed facts: `npx tsx --conditions=source scripts/build-snapshot.ts [DATA]`. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OsvRecord } from '@breakwater/model/formats/osv';
import type { BuildReport } from '../packages/engine/src/advisories/build.ts';
import { buildIndex } from '../packages/engine/src/advisories/build.ts';
import { snapshotFolder } from '../packages/engine/src/advisories/snapshot.ts';

/** The parent of this checkout holds the data that the whole project shares. */
const DATA = fileURLToPath(new URL('../../shared/advisories', import.meta.url));
const ECOSYSTEM = 'npm';
const FREE_SOURCES = ['nodejs/security-wg', 'RetireJS/retire.js'];

const isGhsa = (id: string): boolean => id.startsWith('GHSA-');

/** A range read off a scanner's report is not GitHub's own range: its licence is not known. */
const isObserved = (record: OsvRecord): boolean =>
  (record.affected ?? []).every((affected) => affected.database_specific?.['range_precision'] === 'report');

/** Only records whose facts GitHub (CC-BY-4.0), the Node.js security group (MIT) or Retire.js (Apache-2.0) published. */
const isFree = (record: OsvRecord): boolean => {
  if ((record.database_specific?.sources ?? []).some((source) => FREE_SOURCES.includes(source))) return true;
  return [record.id, ...(record.aliases ?? [])].some(isGhsa) && !isObserved(record);
};

const notice = ({ meta }: BuildReport): string => `# Notice

This folder holds facts about known vulnerabilities: identifiers, package names, version ranges, severities, CVSS vectors, CWE
numbers, dates, names of affected functions. No title, description or other text of an advisory is included.
Records ${meta.records}, packages ${meta.packages}, ecosystem ${meta.ecosystems.join(', ')}, newest change of a record ${meta.asOf.slice(0, 10)}.
Changed from the originals: reduced to these facts, records of one flaw joined by alias, ranges written as OSV events.

| source | licence | what was taken |
|---|---|---|
| GitHub Advisory Database, https://github.com/advisories | CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/ | facts of records that carry a GHSA id |
| Node.js Security Working Group, https://github.com/nodejs/security-wg | MIT | facts of npm records (NSWG-ECO-…) |
| Retire.js, https://github.com/RetireJS/retire.js | Apache-2.0 | version ranges of JavaScript libraries |
| CISA Known Exploited Vulnerabilities Catalog | CC0-1.0 | ${meta.exploited} CVE ids with the day they were added |

Built by \`scripts/build-snapshot.ts\`.
`;

const data = resolve(process.argv[2] ?? DATA);
const report = await buildIndex({
  from: join(data, 'osv', ECOSYSTEM),
  to: snapshotFolder,
  kev: join(data, 'kev.json'),
  signal: AbortSignal.timeout(10 * 60_000),
  keep: isFree,
  origin: 'snapshot',
});
await writeFile(join(snapshotFolder, 'NOTICE.md'), notice(report));
console.log(JSON.stringify(report, undefined, 2));
