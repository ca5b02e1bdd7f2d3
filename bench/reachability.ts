/** Figures of the reachability step: an express application, a large real one, and made-up trees that grow; cold and warm. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPRESS_FLAWS, writeExpressApp } from './express-app.ts';
import { grownFlaws, growTree } from './growing-tree.ts';
import { GHOST_FLAWS, installGhost } from './large-app.ts';
import { npmInstall } from './npm.ts';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'packages/cli/bin/breakwater.js');
/** Installed trees are kept between runs: npm takes minutes. */
const kept = join(tmpdir(), 'bw-bench');
const RUNS = 3;
const SIZES = [40, 80, 160, 320];

interface Measured {
  readonly stepMs: number;
  readonly wholeMs: number;
  readonly peakMb: number;
  readonly verdicts: string;
}

/** A process and its workers share one resident set: this is the whole command, not the step alone. */
const WRAPPER =
  "if (require('node:worker_threads').isMainThread) process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)))";

const indexOf = (work: string, name: string, flaws: readonly (readonly [string, string])[]): string => {
  const [osv, index] = [join(work, `${name}-osv`), join(work, `${name}-index`)];
  mkdirSync(osv, { recursive: true });
  for (const [at, [of, fn]] of flaws.entries()) {
    const affected = {
      package: { ecosystem: 'npm', name: of },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
      ecosystem_specific: { affected_functions: [`${of}.${fn}`] },
      database_specific: { functions_precision: 'advisory' },
    };
    const record = { schema_version: '1.6.0', id: `BENCH-${at}`, modified: '2026-01-01T00:00:00Z', affected: [affected] };
    writeFileSync(join(osv, `${at}.json`), JSON.stringify(record));
  }
  const built = spawnSync(process.execPath, [bin, 'advisories', 'build', osv, '--to', index, '--kev', 'none', '--epss', 'none'], {
    stdio: 'pipe',
  });
  if (built.status !== 0) throw new Error(`the index of the benchmark was not built: ${built.stderr}`);
  return index;
};

const once = (work: string, folder: string, index: string, cache: string): Measured => {
  const preload = join(work, 'peak.cjs');
  writeFileSync(preload, WRAPPER);
  const args = ['--require', preload, bin, 'scan', '.', '--only', 'dependencies', '--offline', '--no-evidence', '--advisories', index];
  const started = performance.now();
  const env = { ...process.env, NO_COLOR: '1', BREAKWATER_CACHE: cache };
  const ended = spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env });
  const run = JSON.parse(readFileSync(join(folder, '.breakwater/last-run.json'), 'utf8'));
  const step = run.steps.find((one: { readonly id: string }) => one.id === 'reachability');
  const counts = new Map<string, number>();
  for (const { properties } of run.findings) {
    const reach = properties.reachability;
    const verdict = reach === undefined ? 'none' : `${reach.status}/${reach.granularity}`;
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return {
    stepMs: step?.durationMs ?? Number.NaN,
    wholeMs: performance.now() - started,
    peakMb: Number(ended.output[3]?.toString() ?? 0) / 1024,
    verdicts: [...counts]
      .sort()
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
  };
};

const median = (values: readonly number[]): string => ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(0);

/** Cold: nothing of this application or its packages was ever read. Warm: the facts of all of them are cached. */
const rowsOf = (work: string, name: string, folder: string, flaws: readonly (readonly [string, string])[]): string => {
  const index = indexOf(work, name.replace(/\W+/g, '-'), flaws);
  const cache = join(work, 'cache');
  const cold: Measured[] = [];
  const warm: Measured[] = [];
  for (let at = 0; at < RUNS; at += 1) {
    rmSync(cache, { recursive: true, force: true });
    cold.push(once(work, folder, index, cache));
    warm.push(once(work, folder, index, cache));
  }
  const packages = Object.keys(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages).length - 1;
  const cells = [
    name,
    packages.toLocaleString('en-US'),
    median(cold.map((run) => run.stepMs)),
    median(warm.map((run) => run.stepMs)),
    median(cold.map((run) => run.wholeMs)),
    Math.max(...cold.map((run) => run.peakMb)).toFixed(0),
    Math.max(...warm.map((run) => run.peakMb)).toFixed(0),
    warm[0]?.verdicts ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
};

const expressApp = (): string => {
  const folder = join(kept, 'express');
  writeExpressApp(folder);
  if (!existsSync(join(folder, 'package-lock.json'))) npmInstall(folder);
  return folder;
};

const grown = (work: string, count: number): string => {
  const folder = join(work, `grown-${count}`);
  growTree(folder, count);
  return folder;
};

/** Markdown lines; installs the real applications the first time (needs the registry). */
export const reachabilityTable = (work: string): readonly string[] => {
  mkdirSync(work, { recursive: true });
  return [
    '| application | packages | step cold ms | step warm ms | whole scan cold ms | peak MB cold | peak MB warm | verdicts |',
    '|---|--:|--:|--:|--:|--:|--:|---|',
    rowsOf(work, 'express, 41 own modules', expressApp(), EXPRESS_FLAWS),
    rowsOf(work, 'Ghost', installGhost(kept), GHOST_FLAWS),
    ...SIZES.map((count) => rowsOf(work, `made-up tree of ${count}`, grown(work, count), grownFlaws(count))),
  ];
};

if (process.argv[1] === import.meta.filename) {
  const work = join(import.meta.dirname, '.work-reachability');
  process.stdout.write(`${reachabilityTable(work).join('\n')}\n`);
  rmSync(work, { recursive: true, force: true });
}
