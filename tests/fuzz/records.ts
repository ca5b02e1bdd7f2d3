/** Damaged OSV records through the index build: nothing crashes, each is counted, and what was taken answers as the oracle does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildReport } from '../../packages/engine/src/advisories/build.ts';
import { buildIndex } from '../../packages/engine/src/advisories/build.ts';
import { openIndex } from '../../packages/engine/src/advisories/open.ts';
import { judge } from '../../packages/engine/src/controls/build/dependencies/affected.ts';
import type { Ecosystem } from '../../packages/engine/src/ecosystems/ecosystem.ts';
import { orderingOf } from '../../packages/engine/src/ecosystems/versions/ordering.ts';
import { alertsOf } from '../oracle/matcher.ts';
import type { PlainRecord } from '../oracle/records.ts';
import { record, zip } from '../support/zip.ts';
import { mutated, mutatedValue } from './mutate.ts';

/** A record that nothing was done to: an index of none is refused. */
const WHOLE = JSON.stringify(record('GHSA-WHOLE', 'whole'));
const PER_BATCH = 50;
const VERSIONS = ['0.9.0', '1.0.0', '1.2.3', '2.0.0-rc.1', '2.0.0', '10.0.0'];

/** Those of the seeds; damage makes other words of them, of which nothing is asked. */
const ECOSYSTEMS: readonly Ecosystem[] = ['npm', 'PyPI', 'Go', 'crates.io'];

interface Place {
  readonly ecosystem: Ecosystem;
  readonly name: string;
}

const osv = (id: string, affected: object, more: object = {}): string =>
  JSON.stringify({ schema_version: '1.6.0', id, modified: '2026-05-01T00:00:00Z', affected: [affected], ...more }, null, 2);

const SEEDS: readonly string[] = [
  osv('GHSA-aaaa-bbbb-cccc', {
    package: { ecosystem: 'npm', name: 'shop-one' },
    ranges: [
      { type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.3' }, { introduced: '2.0.0-rc.1' }, { last_affected: '2.0.0' }] },
    ],
    database_specific: { severity: 'HIGH' },
  }),
  osv(
    'PYSEC-2026-1',
    {
      package: { ecosystem: 'PyPI', name: 'Shop_Two' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
      versions: ['0.9.0', '1.0.0', '1.2.3'],
    },
    { aliases: ['CVE-2026-0001'], severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] },
  ),
  osv('GO-2026-0002', {
    package: { ecosystem: 'Go', name: 'example.com/shop/three' },
    ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }],
    ecosystem_specific: { imports: [{ path: 'example.com/shop/three/x', symbols: ['Parse'] }] },
  }),
  osv('MAL-2026-3', { package: { ecosystem: 'npm', name: 'shop-four' }, versions: ['1.0.0', '1.2.3'] }, { withdrawn: null }),
  osv('RUSTSEC-2026-0004', {
    package: { ecosystem: 'crates.io', name: 'shop-five' },
    ranges: [{ type: 'SEMVER', events: [{ introduced: '0.0.0-0' }, { fixed: '1.0.0' }, { limit: '2.0.0' }] }],
    database_specific: { informational: 'unsound' },
  }),
];

export interface FuzzedRecords {
  readonly records: number;
  readonly taken: number;
  readonly bad: number;
  readonly empty: number;
  readonly withdrawn: number;
  readonly crashes: readonly string[];
  /** Answers that differ from the oracle's, or records that nobody counted. */
  readonly wrong: readonly string[];
}

const parsed = (text: string): PlainRecord | undefined => {
  try {
    return JSON.parse(text, (_key, value: unknown) => (value === null ? undefined : value)); // as some databases write null where the standard has nothing
  } catch {
    return undefined;
  }
};

/** Only places that the matcher could look up; a damaged file may hold anything in their stead. */
const placesOf = (one: PlainRecord): readonly Place[] =>
  (Array.isArray(one.affected) ? one.affected : []).flatMap(({ package: of }) => {
    const ecosystem = ECOSYSTEMS.find((known) => known === of?.ecosystem);
    return ecosystem === undefined || typeof of?.name !== 'string' ? [] : [{ ecosystem, name: of.name }];
  });

const oracleOf = (one: PlainRecord, place: Place, version: string): string => {
  const alerts = alertsOf([{ ...place, version }], [one]);
  return alerts.length === 0 ? 'not-affected' : alerts.some((alert) => alert.endsWith(' ?')) ? 'undecidable' : 'affected';
};

type Index = Awaited<ReturnType<typeof openIndex>>;

const oursOf = async (index: Index, id: string, { ecosystem, name }: Place, version: string): Promise<string> => {
  const all = (await index.advisoriesOf(ecosystem, [name])).get(name) ?? [];
  const judged = all.filter((one) => one.id === id || one.aliases.includes(id)).map((one) => judge(one, version, orderingOf(ecosystem)));
  return judged.includes('affected') ? 'affected' : judged.includes('undecidable') ? 'undecidable' : 'not-affected';
};

interface Batch {
  readonly texts: readonly string[];
  readonly from: number;
}

/** Each record is made a name of its own first, so that one cannot answer for another. */
const batchOf = (from: number, count: number): Batch => ({
  from,
  texts: Array.from({ length: count }, (_, i) => {
    const run = from + i;
    const seed = (SEEDS[run % SEEDS.length] ?? WHOLE).replace(/shop/gi, (word) => `${word}${run}`).replace(/("id": "[A-Z]+-)/, `$1${run}-`);
    return run % 2 === 0 ? mutated(seed, run) : mutatedValue(seed, run);
  }),
});

const built = async (folder: string, { texts }: Batch): Promise<BuildReport> => {
  const files = Object.fromEntries([WHOLE, ...texts].map((text, i) => [`${i}.json`, text]));
  writeFileSync(join(folder, 'all.zip'), zip(files));
  return buildIndex({
    from: join(folder, 'all.zip'),
    to: join(folder, 'index'),
    signal: new AbortController().signal,
    kev: false,
    epss: false,
  });
};

const wrongIn = async (index: Index, { texts, from }: Batch, refused: ReadonlySet<string>): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [i, text] of texts.entries()) {
    const one = refused.has(`${i + 1}.json`) ? undefined : parsed(text);
    if (one === undefined) continue;
    for (const place of placesOf(one)) {
      for (const version of VERSIONS) {
        const [ours, theirs] = [await oursOf(index, one.id, place, version), oracleOf(one, place, version)];
        if (ours !== theirs)
          wrong.push(`record ${from + i} ${place.ecosystem} ${place.name} ${version}: ${ours}, the oracle says ${theirs}`);
      }
    }
  }
  return wrong;
};

/** `runs` damaged records in small batches; deterministic. */
export const fuzzRecords = async (runs: number): Promise<FuzzedRecords> => {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-records-'));
  const sum = { records: 0, taken: 0, bad: 0, empty: 0, withdrawn: 0 };
  const [crashes, wrong]: [string[], string[]] = [[], []];
  try {
    for (let from = 0; from < runs; from += PER_BATCH) {
      const batch = batchOf(from, Math.min(PER_BATCH, runs - from));
      try {
        const { meta, bad, empty, withdrawn } = await built(folder, batch);
        const index = await openIndex(join(folder, 'index'));
        wrong.push(...(await wrongIn(index, batch, new Set(bad.first.map(({ name }) => name)))));
        await index.close();
        const counted = meta.records - 1 + bad.count + empty + withdrawn;
        if (counted !== batch.texts.length) wrong.push(`batch ${from}: ${counted} of ${batch.texts.length} counted`);
        sum.records += batch.texts.length;
        sum.taken += meta.records - 1;
        sum.bad += bad.count;
        sum.empty += empty;
        sum.withdrawn += withdrawn;
      } catch (error) {
        crashes.push(`batch ${from}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { ...sum, crashes, wrong };
};
