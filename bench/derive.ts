/**
 * How well the functions derived from fixes hold: how many there are, and whether those that advisories name and the sinks of known
 * exploits are among them. `npm run derive-recall -- FOLDER [--cache DIR] [--list]`; FOLDER holds advisories/ and corpus/. Packages are split in two
 * halves by the parity of a hash of their name: A was looked at while the derivation was written, B never; --list names cases of A only.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIndex } from '../packages/engine/src/advisories/build.ts';
import { openRegistry } from '../packages/engine/src/advisories/derive/registry.ts';
import { FILES } from '../packages/engine/src/advisories/format.ts';
import { readLine } from '../packages/engine/src/advisories/line.ts';
import type { AdvisoryFacts, DerivedFunctions } from '../packages/engine/src/extractors/facts.ts';
import { lastPart } from './derive/functions.ts';
import { derivedFor, judge, type Outcome, readExploits } from './derive/sinks.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cache: { type: 'string', default: join(tmpdir(), 'breakwater-derive') }, list: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('usage: npm run derive-recall -- FOLDER [--cache DIR] [--list]');

type Half = 'A' | 'B';
const halfOf = (name: string): Half => ((createHash('sha256').update(name).digest()[31] ?? 0) % 2 === 0 ? 'A' : 'B');
const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

interface Case {
  readonly name: string;
  readonly facts: AdvisoryFacts;
}

const cache = resolve(values.cache);
const signal = new AbortController().signal;
const to = await mkdtemp(join(tmpdir(), 'breakwater-recall-'));
const source = { path: join(folder, 'advisories', 'osv', 'npm', 'all.zip'), ecosystem: 'npm' };
const report = await buildIndex({ from: [source], to, kev: false, epss: false, signal, derive: { cache } });
const exploits = await readExploits(join(folder, 'corpus', 'reachability', 'facts.json'));

const lines = (await readFile(join(to, FILES.facts), 'utf8')).split('\n').filter((line) => line !== '');
const all: readonly Case[] = lines.map((line) => readLine(line)).map((line) => ({ name: line.package, facts: line.advisory }));

/** Functions of the first pair, as many as a person would have to look at: other builds and other branches repeat names. */
const sizeOf = ({ functions }: DerivedFunctions): number =>
  new Set(functions.filter(({ tier }) => tier !== 'swept').map(({ name }) => name)).size;
const changedCount = (derived: DerivedFunctions): number =>
  Number(/^(\d+) functions changed$/.exec(derived.moduleOnly ?? '')?.[1] ?? sizeOf(derived));

const sizes = (cases: readonly Case[]): void => {
  const fixed = cases.filter(
    ({ facts }) => facts.patched !== undefined || facts.ranges.some((range) => range.events.some((event) => event.fixed)),
  );
  const derived = fixed.flatMap(({ facts }) => facts.derived ?? []);
  const some = derived.filter((one) => one.functions.length > 0);
  const counts = some.map(changedCount).sort((a, b) => a - b);
  const told = derived.filter((one) => one.moduleOnly === undefined).length;
  const reasons = new Map<string, number>();
  for (const one of derived) {
    const why = (one.moduleOnly ?? 'functions').replace(/\d+ functions/, 'many functions').replace(/with .*/, 'with an earlier one');
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  console.log(`  ${cases.length} advisories, ${fixed.length} with a fix, ${derived.length} with two releases to compare`);
  console.log(
    `  functions: ${some.length} (${percent(some.length, derived.length)} of those), told at function level ${told} (${percent(told, derived.length)})`,
  );
  console.log(
    `  median ${quantile(counts, 0.5)}, p75 ${quantile(counts, 0.75)}, p90 ${quantile(counts, 0.9)}, max ${counts.at(-1)}, > 20: ${percent(counts.filter((n) => n > 20).length, counts.length)}`,
  );
  for (const [why, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`    ${count}  ${why}`);
};

const named = (cases: readonly Case[], half: Half): void => {
  const truths = cases.filter(({ facts }) => facts.functions.length > 0 && facts.derived !== undefined);
  let records = 0;
  let hits = 0;
  let total = 0;
  for (const { name, facts } of truths) {
    const there = new Set(
      (facts.derived?.functions ?? []).flatMap((one) => [lastPart(one.name), ...(/^exports\b/.test(one.name) ? [name] : [])]),
    );
    const found = facts.functions.filter((one) => there.has(lastPart(one)));
    records += found.length > 0 ? 1 : 0;
    hits += found.length;
    total += facts.functions.length;
    if (values.list && half === 'A')
      console.log(`    ${facts.id} ${name} names ${facts.functions.join(' ')}: found ${found.join(' ') || 'none'}`);
  }
  console.log(`  named by the advisory: ${records} of ${truths.length} records have one of theirs, ${hits} of ${total} names`);
};

const registry = openRegistry({ cache: join(cache, 'registry'), signal });
const sinks = async (cases: readonly Case[], half: Half): Promise<void> => {
  const outcomes = new Map<string, Map<Outcome, number>>();
  let without = 0;
  for (const exploit of exploits.filter((one) => halfOf(one.package) === half && one.sinkFile !== undefined)) {
    const known = cases.filter(({ name }) => name === exploit.package).map((one) => one.facts);
    const derived = await derivedFor(registry, exploit, known);
    if (derived === undefined) {
      without += 1;
      continue;
    }
    const outcome = await judge(registry, exploit, derived);
    for (const kind of [exploit.class, 'all']) {
      const counts = outcomes.get(kind) ?? new Map<Outcome, number>();
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      outcomes.set(kind, counts);
    }
    if (values.list && half === 'A' && outcome !== 'changed')
      console.log(
        `    ${exploit.id} ${derived.pair.vulnerable}→${derived.pair.fixed} ${exploit.sinkFile}:${exploit.sinkLine}: ${outcome}; ${derived.moduleOnly ?? ''} ${derived.functions
          .slice(0, 5)
          .map((one) => one.name)
          .join(', ')}`,
      );
  }
  console.log(`  sinks of exploits (${without} without a pair):`);
  for (const [kind, counts] of [...outcomes].sort()) {
    const of = (...list: readonly Outcome[]): number => list.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0);
    const located = of('changed', '1 step', '2 steps', 'same file', 'elsewhere', 'no functions');
    const shares = [
      of('changed'),
      of('changed', '1 step'),
      of('changed', '1 step', '2 steps'),
      of('changed', '1 step', '2 steps', 'same file'),
    ];
    console.log(
      `    ${kind}: ${located} located (${of('not located')} not); changed, ≤ 1 step, ≤ 2 steps, file: ${shares.map((n) => percent(n, located)).join(', ')}`,
    );
  }
};

console.log(JSON.stringify(report.derived));
for (const half of ['A', 'B'] as const) {
  const cases = all.filter(({ name }) => halfOf(name) === half);
  console.log(`half ${half}`);
  sizes(cases);
  named(cases, half);
  await sinks(cases, half);
}
await rm(to, { recursive: true, force: true });
