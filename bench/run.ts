/** `npm run bench`: whole-process figures of what users wait for, as a table with machine and date. Never part of the tests. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { advisoryRows } from './advisories.ts';
import { dependencyTable, monorepos } from './dependencies.ts';
import { writeLockfile } from './lockfile.ts';
import { reachabilityTable } from './reachability.ts';

const root = join(import.meta.dirname, '..');
const work = join(import.meta.dirname, '.work');
const bin = join(root, 'packages/cli/bin/breakwater.js');
const RUNS = 5;

interface Figure {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly peakMb: number;
}

/** Peak memory is the process's own maximum resident set, which it writes when it ends. */
const WRAPPER =
  "if (require('node:worker_threads').isMainThread) process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)))";

const measure = (args: readonly string[], cwd: string): Figure => {
  mkdirSync(work, { recursive: true });
  const preload = join(work, 'peak.cjs');
  writeFileSync(preload, WRAPPER);
  const once = (): { ms: number; mb: number } => {
    const started = performance.now();
    const ended = spawnSync(process.execPath, ['--require', preload, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { ms: performance.now() - started, mb: Number(ended.output[3]?.toString() ?? 0) / 1024 };
  };
  once();
  const runs = Array.from({ length: RUNS }, once);
  const times = runs.map((run) => run.ms).sort((a, b) => a - b);
  return {
    medianMs: times[Math.floor(RUNS / 2)] ?? 0,
    minMs: times[0] ?? 0,
    maxMs: times[RUNS - 1] ?? 0,
    peakMb: Math.max(...runs.map((run) => run.mb)),
  };
};

const row = (name: string, figure: Figure): string =>
  `| ${name} | ${figure.medianMs.toFixed(0)} | ${figure.minMs.toFixed(0)} – ${figure.maxMs.toFixed(0)} | ${figure.peakMb.toFixed(0)} |`;

/** The whole command, and of its last run the one step that reads the lockfile and matches it. */
const lockfileRow = (packages: number): string => {
  const folder = join(work, `lock-${packages}`);
  writeLockfile(folder, packages);
  const figure = measure([bin, 'scan', '.', '--only', 'dependencies', '--offline', '--no-evidence'], folder);
  const run = JSON.parse(readFileSync(join(folder, '.breakwater/last-run.json'), 'utf8'));
  const step = run.steps.find((one: { id: string }) => one.id === 'build/dependencies');
  return row(
    `lockfile of ${packages.toLocaleString('en-US')} packages: whole scan (reading and matching ${step.durationMs} ms, ${run.funnel.alerts} alerts)`,
    figure,
  );
};

const monorepoRows = ({ tool, folder }: { readonly tool: string; readonly folder: string }): readonly string[] =>
  ['--only dependencies --offline', '--offline'].map((options) =>
    row(
      `monorepo of 40 workspaces and 5,000 packages, ${tool}: \`breakwater scan ${options}\``,
      measure([bin, 'scan', '.', ...options.split(' '), '--no-evidence'], folder),
    ),
  );

rmSync(work, { recursive: true, force: true });
const bare = measure(['-e', '0'], root);
const start = measure([bin, '--version'], root);
const lines = [
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}; ${RUNS} runs after a warm-up`,
  '',
  '| what | median ms | min – max | peak MB |',
  '|---|--:|--:|--:|',
  row('bare `node -e 0`', bare),
  row('`breakwater --version`', start),
  row('`breakwater scan examples/checkout`, sources cached', measure([bin, 'scan', 'examples/checkout', '--no-evidence'], root)),
  ...[500, 1_000, 2_000, 4_000, 8_000].map(lockfileRow),
  ...monorepos(work).flatMap(monorepoRows),
  ...advisoryRows(work),
  '',
  `Start above bare node: ${(start.medianMs - bare.medianMs).toFixed(0)} ms`,
  '',
  ...dependencyTable(work),
  '',
  ...reachabilityTable(work),
];
process.stdout.write(`${lines.join('\n')}\n`);
rmSync(work, { recursive: true, force: true });
