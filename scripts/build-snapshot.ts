/** Builds the advisory index that ships with the product from freely licensed facts: `npm run snapshot -- [DATA] [--derive CACHE]`. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { OsvRecord } from '@breakwater/model/formats/osv';
import type { BuildReport } from '../packages/engine/src/advisories/build.ts';
import { buildIndex } from '../packages/engine/src/advisories/build.ts';
import { snapshotFolder } from '../packages/engine/src/advisories/snapshot.ts';

/** The parent of this checkout holds the data that the whole project shares. */
const DATA = fileURLToPath(new URL('../../shared/advisories', import.meta.url));
const ECOSYSTEMS = ['npm', 'PyPI', 'Go', 'crates.io'];
const FREE_SOURCES = ['nodejs/security-wg', 'RetireJS/retire.js', 'pypa/advisory-database', 'golang/vulndb', 'rustsec/advisory-db'];

const isGhsa = (id: string): boolean => id.startsWith('GHSA-');

/** A range read off a scanner's report is not GitHub's own range: its licence is not known. */
const isObserved = (record: OsvRecord): boolean =>
  (record.affected ?? []).every((affected) => affected.database_specific?.['range_precision'] === 'report');

/**
 * Only records whose facts GitHub, PyPA or Go's vulnerability database (all CC-BY-4.0), RustSec (CC0-1.0, some CC-BY-4.0), the Node.js
 * security group (MIT) or Retire.js (Apache-2.0) published.
 */
const isFree = (record: OsvRecord): boolean => {
  if ((record.database_specific?.sources ?? []).some((source) => FREE_SOURCES.includes(source))) return true;
  return [record.id, ...(record.aliases ?? [])].some(isGhsa) && !isObserved(record);
};

const coverage = ({ meta }: BuildReport): string =>
  Object.entries(meta.coverage)
    .map(([ecosystem, { packages, facts }]) => `| ${ecosystem} | ${packages} | ${facts} |`)
    .join('\n');

const notice = (report: BuildReport): string => `# Notice

This folder holds facts about known vulnerabilities: identifiers, package names, version ranges, severities, CVSS vectors, CWE
numbers, dates, names of affected functions; for npm also names of functions that a fix changed, which Breakwater worked out itself
from the published releases. No title, description or other text of an advisory is included.
Records ${report.meta.records}, newest change of a record ${report.meta.asOf.slice(0, 10)}.
Changed from the originals: reduced to these facts, records of one flaw joined by alias, ranges written as OSV events, names of
packages in one spelling.

| ecosystem | packages | advisories |
|---|--:|--:|
${coverage(report)}

| source | licence | what was taken |
|---|---|---|
| GitHub Advisory Database, https://github.com/advisories | CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/ | facts of records that carry a GHSA id |
| Go vulnerability database, https://github.com/golang/vulndb | CC-BY-4.0 | facts of Go records (GO-…), with affected symbols |
| Python Packaging Advisory Database, https://github.com/pypa/advisory-database | CC-BY-4.0 | facts of PyPI records (PYSEC-…) |
| RustSec Advisory Database, https://github.com/rustsec/advisory-db | CC0-1.0, records taken over from GitHub CC-BY-4.0 | facts of crates.io records (RUSTSEC-…), with affected functions |
| Node.js Security Working Group, https://github.com/nodejs/security-wg | MIT | facts of npm records (NSWG-ECO-…) |
| Retire.js, https://github.com/RetireJS/retire.js | Apache-2.0 | version ranges of JavaScript libraries |
| CISA Known Exploited Vulnerabilities Catalog | CC0-1.0 | ${report.meta.exploited} CVE ids with the day they were added |

Built by \`scripts/build-snapshot.ts\`.
`;

/** Without --derive the snapshot has no functions of npm's fixes: they are worked out from releases on the npm registry, which takes a while. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { derive: { type: 'string' } } });
const data = resolve(positionals[0] ?? DATA);
const derive = values.derive === undefined ? {} : { derive: { cache: resolve(values.derive) } };
const report = await buildIndex({
  from: ECOSYSTEMS.map((ecosystem) => ({ path: join(data, 'osv', ecosystem, 'all.zip'), ecosystem })),
  to: snapshotFolder,
  kev: join(data, 'kev.json'),
  signal: AbortSignal.timeout(3 * 3_600_000),
  ...derive,
  keep: isFree,
  expect: ECOSYSTEMS,
  origin: 'snapshot',
});
await writeFile(join(snapshotFolder, 'NOTICE.md'), notice(report));
console.log(JSON.stringify(report, undefined, 2));
