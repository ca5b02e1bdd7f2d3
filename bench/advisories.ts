/** Figures of the advisory index: building it, opening it cold with 500 look-ups, and how both grow with the number of records. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipOf } from '../tests/support/zip.ts';

const root = join(import.meta.dirname, '..');
/** Beside the checkout, where the data of the project lies. */
const SHARED = join(root, '../shared/advisories/osv');
const LOOKUPS = 500;
const RUNS = 5;

interface Probe {
  /** Without Node's start and the loading of our modules. */
  readonly ms: number;
  readonly peakMb: number;
  readonly packages: number;
  readonly found: number;
}

/** A process of its own for each figure: what an earlier one left in memory must not count. */
const probe = (code: string, args: readonly string[]): { readonly wallMs: number; readonly probe: Probe } => {
  const started = performance.now();
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', code, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return { wallMs: performance.now() - started, probe: JSON.parse(ended.stdout) };
};

const engine = (name: string): string => JSON.stringify(join(root, `packages/engine/dist/advisories/${name}.js`));
const PEAK = 'process.resourceUsage().maxRSS / 1024';

const BUILD = `
import { buildIndex } from ${engine('build')};
const started = performance.now();
const [from, to] = process.argv.slice(1);
const { meta } = await buildIndex({ from, to, signal: new AbortController().signal });
console.log(JSON.stringify({ ms: performance.now() - started, peakMb: ${PEAK}, packages: meta.packages, found: meta.records }));`;

/** Names at even distances through the table, as a large lockfile would ask for them; half of them are not there. */
const LOOK = `
import { openIndex } from ${engine('open')};
const [folder, names] = process.argv.slice(1);
const asked = JSON.parse(names);
const started = performance.now();
const index = await openIndex(folder);
let found = 0;
for (const [ecosystem, name] of asked) found += (await index.advisoriesOf(ecosystem, [name])).size;
const { epss } = await index.exploited();
for (const [, name] of asked) epss('CVE-2024-' + (1000 + name.length));
await index.close();
console.log(JSON.stringify({ ms: performance.now() - started, peakMb: ${PEAK}, packages: index.meta.packages, found }));`;

const namesOf = (index: string): readonly (readonly [string, string])[] => {
  const lines = readFileSync(join(index, 'index.tsv'), 'utf8').split('\n').slice(0, -1);
  return Array.from({ length: LOOKUPS }, (_, i) => {
    const [ecosystem = '', name = ''] = lines[Math.floor((i * lines.length) / LOOKUPS)]?.split('\t') ?? [];
    return [ecosystem, i % 2 === 0 ? name : `${name}-is-not-there`] as const;
  });
};

const row = (what: string, ms: readonly number[], mb: number): string => {
  const sorted = [...ms].sort((a, b) => a - b);
  const [median = 0, min = 0, max = 0] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)];
  return `| ${what} | ${median.toFixed(0)} | ${min.toFixed(0)} – ${max.toFixed(0)} | ${mb.toFixed(0)} |`;
};

/** Two rows: the build, and opening what it built. */
const rowsOf = (what: string, from: string, to: string): readonly string[] => {
  const built = probe(BUILD, [from, to]);
  const names = JSON.stringify(namesOf(to));
  const looks = Array.from({ length: RUNS }, () => probe(LOOK, [to, names]));
  const { packages = 0, found = 0 } = looks[0]?.probe ?? {};
  const records = built.probe.found.toLocaleString('en-US');
  return [
    row(`build of ${what}: ${records} records, whole process, once`, [built.wallMs], built.probe.peakMb),
    row(
      `open and ${LOOKUPS} look-ups in ${packages.toLocaleString('en-US')} packages (${found} found), whole process (without Node's start and loading: ${Math.min(...looks.map((look) => look.probe.ms)).toFixed(0)} ms at best)`,
      looks.map((look) => look.wallMs),
      Math.max(...looks.map((look) => look.probe.peakMb)),
    ),
  ];
};

/** Two records in three are of a package of their own; lists of versions as malicious packages have them, ranges as the rest. */
const recordOf = (i: number, count: number): object => {
  const versions = i % 4 === 0 ? Array.from({ length: 12 }, (_, n) => `1.${n}.${i % 9}`) : [];
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: `${1 + (i % 5)}.${i % 11}.0` }] }];
  const affected = [{ package: { ecosystem: 'npm', name: `package-${i % Math.ceil((count * 2) / 3)}` }, ranges, versions }];
  return { id: `GHSA-${i}`, modified: '2026-11-01T00:00:00Z', aliases: [`CVE-2024-${1000 + i}`], affected };
};

/** A zip without the 64-bit extension holds 65,535 files. */
const PER_ZIP = 25_000;

const writeRecords = (folder: string, count: number): string => {
  const from = join(folder, `records-${count}`);
  mkdirSync(from, { recursive: true });
  for (let start = 0; start < count; start += PER_ZIP) {
    const records = Array.from({ length: PER_ZIP }, (_, i) => recordOf(start + i, count));
    writeFileSync(join(from, `${start}.zip`), zipOf(records));
  }
  const scores = Array.from(
    { length: 250_000 },
    (_, i) => `CVE-${2000 + (i % 27)}-${1000 + i},0.${String(i % 100_000).padStart(5, '0')},0.5\n`,
  );
  writeFileSync(join(from, 'epss_scores.csv.gz'), gzipSync(`#score_date:2026-11-22T00:00:00Z\ncve,epss,percentile\n${scores.join('')}`));
  return from;
};

/** Rows for the table of `run.ts`; `work` is a folder that may be filled. */
export const advisoryRows = (work: string): readonly string[] => {
  const folder = join(work, 'advisories');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const real = existsSync(SHARED) ? rowsOf('all archives at hand', SHARED, join(folder, 'index-real')) : [];
  const made = [25_000, 50_000, 100_000].flatMap((count) =>
    rowsOf(`made-up records with 250,000 EPSS scores`, writeRecords(folder, count), join(folder, `index-${count}`)),
  );
  return [...real, ...made];
};
