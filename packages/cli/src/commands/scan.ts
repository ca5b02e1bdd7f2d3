/** `breakwater scan`: runs the pipeline, keeps the evidence, writes the reports, and says how it ended. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { readConfigFile } from '@breakwater/engine/extractors/config/read';
import type { LeftStatements } from '@breakwater/engine/extractors/vex/statements';
import type { Bill } from '@breakwater/engine/pipeline/bill';
import { billOf } from '@breakwater/engine/pipeline/bill';
import type { ScanEvent, ScanOptions } from '@breakwater/engine/pipeline/options';
import { recordRun } from '@breakwater/engine/pipeline/record';
import { scan } from '@breakwater/engine/pipeline/scan';
import { rememberRun } from '@breakwater/engine/pipeline/state';
import type { Outcome, Problem, Run } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { now } from '../clock.ts';
import { cacheFolder, keyFolder } from '../folders.ts';
import { renderPretty } from '../render/pretty/render.ts';
import { EXIT } from '../terminal/exit.ts';
import { progressOf, SILENT } from '../terminal/progress.ts';
import { styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { advisoriesFolder } from './advisories-folder.ts';
import { evidenceAt } from './coverage-path.ts';
import type { Output } from './formats.ts';
import { nothingStated, parseFormats, renderFormat, writeReport } from './formats.ts';
import type { Invocation } from './invocation.ts';
import type { ScanTarget } from './target.ts';
import { targetOf } from './target.ts';
import { statementsOf } from './vex-file.ts';

export interface ScanFlags {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly format?: readonly string[];
  readonly failOn?: string;
  readonly policy?: string;
  readonly reportOnly?: boolean;
  readonly all?: boolean;
  readonly advisories?: string;
  readonly vex?: readonly string[];
  readonly coverage?: readonly string[];
  readonly offline?: boolean;
  readonly jobs?: number;
  readonly timeout: number;
  readonly evidence: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** For each step; a worker beyond it ends and the run is incomplete. */
const MEMORY_MB = 2048;

const EXIT_OF: Readonly<Record<Outcome, number>> = {
  passed: EXIT.passed,
  blocked: EXIT.blocked,
  incomplete: EXIT.incomplete,
  nothing: EXIT.nothing,
};

export const scanAction = async (target: string, flags: ScanFlags, { signal, exit }: Invocation): Promise<void> => {
  const outputs = parseFormats(flags.format);
  const aim = targetOf(target);
  const terminal = terminalOf(process.stderr, process.env, !flags.color);
  const progress = flags.quiet ? SILENT : progressOf(process.stderr, terminal, styleOf(terminal), process.env['CI'] !== undefined);
  try {
    const options = await scanOptions(aim, target, flags, signal, progress.onEvent);
    const run = await scan(options);
    const kept = await keep(run, aim.root, flags.evidence);
    progress.stop();
    await report(kept, outputs, flags, () => billOf(options));
    exit(flags.reportOnly && run.outcome === 'blocked' ? EXIT.passed : EXIT_OF[kept.outcome]);
  } finally {
    progress.stop();
  }
};

export const scanOptions = async (
  aim: ScanTarget,
  uri: string,
  flags: Pick<ScanFlags, 'only' | 'skip' | 'failOn' | 'policy' | 'advisories' | 'offline' | 'jobs' | 'timeout' | 'vex' | 'coverage'>,
  signal: AbortSignal,
  onEvent: (event: ScanEvent) => void,
): Promise<ScanOptions> => ({
  ...aim,
  uri,
  signal,
  onEvent,
  now,
  clock: () => performance.now(),
  offline: flags.offline === true,
  advisories: await advisoriesFolder(flags.advisories, signal),
  cache: cacheFolder(process.env),
  jobs: flags.jobs ?? availableParallelism(),
  timeoutMs: flags.timeout * 1000,
  memoryMb: MEMORY_MB,
  ...(flags.vex !== undefined && { vex: statementsOf(flags.vex, sayLeft) }),
  ...(flags.coverage !== undefined && { coverage: flags.coverage.map(evidenceAt) }),
  ...(flags.policy !== undefined && { config: await readConfigFile(resolve(flags.policy), flags.policy) }),
  ...(flags.only !== undefined && { only: flags.only }),
  ...(flags.skip !== undefined && { skip: flags.skip }),
  ...(flags.failOn !== undefined && { failOn: flags.failOn }),
});

const sayLeft = ({ message, hint }: LeftStatements): void => {
  const style = styleOf(terminalOf(process.stderr, process.env, false));
  process.stderr.write(`${style.text(`· ${message}`)}\n  ${style.text(hint)}\n`);
};

/** A log that cannot be kept is said and never silently skipped; it does not change what was found. */
const keep = async (run: Run, root: string, wanted: boolean): Promise<Run> => {
  await rememberRun(root, run);
  if (!wanted || run.outcome === 'nothing') return run;
  try {
    await recordRun(run, { root, keys: keyFolder(process.env), now });
    return run;
  } catch (error) {
    if (!(error instanceof BreakwaterError)) throw error;
    const { code, message, hint } = error;
    const problem: Problem = { code, source: 'evidence', message, hint, incomplete: true };
    return { ...run, problems: [...run.problems, problem], outcome: run.outcome === 'passed' ? 'incomplete' : run.outcome };
  }
};

const report = async (run: Run, outputs: readonly Output[], flags: ScanFlags, bill: () => Promise<Bill>): Promise<void> => {
  for (const output of outputs) {
    const { format, file } = output;
    const terminal =
      file === undefined
        ? terminalOf(process.stdout, process.env, !flags.color)
        : { columns: 100, colour: false, unicode: true, interactive: false };
    const text =
      format === 'pretty'
        ? renderPretty(run, styleOf(terminal), { all: flags.all === true, quiet: flags.quiet === true })
        : await renderFormat(run, output, bill);
    if (text === undefined) process.stderr.write(nothingStated(run, file));
    else if (file === undefined) process.stdout.write(text);
    else writeReport(file, text);
  }
};
