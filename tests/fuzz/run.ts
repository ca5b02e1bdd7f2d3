/** `npm run fuzz -- [RUNS] [FOLDER_OF_MANIFESTS]`: damaged manifests through the readers; exit 1 when one crashed, hung or lost a package. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDependencyFile } from '../../packages/engine/src/extractors/dependencies/catalogue.ts';
import type { Seed } from './manifests.ts';
import { fuzz } from './manifests.ts';
import { fuzzRecords } from './records.ts';
import { SEEDS } from './seeds.ts';

const LARGEST = 300_000;
const SLOW_MS = 5000;

const seedsBelow = (folder: string): readonly Seed[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((uri) => isDependencyFile(uri) && statSync(join(folder, uri)).isFile() && statSync(join(folder, uri)).size <= LARGEST)
    .map((uri) => ({ uri, text: readFileSync(join(folder, uri), 'utf8') }));

const [runs = '100000', folder] = process.argv.slice(2);
const seeds = folder === undefined ? SEEDS : seedsBelow(folder);
const result = await fuzz(seeds, Number(runs));
for (const line of [...result.crashes.slice(0, 20), ...result.lost.slice(0, 40)]) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${result.runs} damaged manifests of ${seeds.length}: ${result.crashes.length} crashes, slowest ${Math.round(result.slowestMs)} ms (${result.slowest}), ${result.lost.length} with a package lost without a word\n`,
);
const records = await fuzzRecords(Math.ceil(Number(runs) / 20));
for (const line of [...records.crashes.slice(0, 10), ...records.wrong.slice(0, 20)]) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${records.records} damaged records: ${records.taken} taken, ${records.bad} bad, ${records.empty} empty, ${records.withdrawn} withdrawn; ${records.crashes.length} crashes, ${records.wrong.length} wrong answers\n`,
);
const sound = records.crashes.length + records.wrong.length === 0;
process.exitCode = !sound || result.crashes.length > 0 || result.lost.length > 0 || result.slowestMs > SLOW_MS ? 1 : 0;
