/** `breakwater fix`: plans, applies in a copy, proves, and writes only what is proven. */
import type { Fixed, FixRequest } from '@breakwater/engine/pipeline/fix';
import { fix, recordFix } from '@breakwater/engine/pipeline/fix';
import { scan } from '@breakwater/engine/pipeline/scan';
import { rememberRun } from '@breakwater/engine/pipeline/state';
import type { Finding, Run } from '@breakwater/model';
import { BreakwaterError, shortId } from '@breakwater/model';
import { now } from '../clock.ts';
import { keyFolder } from '../folders.ts';
import { endLines, itemLines, patchLines, proofLines, retryLines, stepLine, totalLine } from '../render/fix/render.ts';
import { plural, shortIds } from '../render/words/index.ts';
import { EXIT, UsageError } from '../terminal/exit.ts';
import { progressOf } from '../terminal/progress.ts';
import { type Style, styleOf } from '../terminal/style.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { findingOf, lastRun } from './explain.ts';
import type { Invocation } from './invocation.ts';
import { scanOptions } from './scan.ts';
import { folderOf } from './target.ts';

interface Flags {
  readonly target: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly branch?: boolean;
  readonly major?: boolean;
  readonly tests: boolean;
  readonly trust?: boolean;
  readonly advisories?: string;
  readonly offline?: boolean;
  readonly color: boolean;
}

const STEP_SECONDS = 300;

const write = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));

export const fixAction = async (ids: readonly string[], flags: Flags, { signal, exit }: Invocation): Promise<void> => {
  const style = styleOf(terminalOf(process.stdout, process.env, !flags.color));
  const root = folderOf(flags.target);
  if (ids.length === 0 && flags.all !== true)
    throw new UsageError('fix needs to know what', [
      ['one finding', 'breakwater fix 7c1fe0'],
      ['all that block', 'breakwater fix --all'],
    ]);
  const before = await fresh(root, flags, signal);
  const findings = await wanted(before, root, ids, flags);
  const names = findings.map((finding) => shortIds(before.findings).get(finding.fingerprint) ?? '');
  write([style.text(`${plural(findings.length, 'finding')}, in a copy; your tree is not touched until the change is proven`), '']);
  const request: FixRequest = {
    scan: await scanOptions({ root }, flags.target, { ...flags, timeout: STEP_SECONDS }, signal, () => undefined),
    before,
    findings,
    options: optionsOf(flags),
    onStep: (event) => event.state !== 'started' && write([stepLine(event, style)]),
    onRetry: (reasons) => write(['', ...retryLines(reasons, style)]),
  };
  const fixed = await fix(request);
  const record = await recordFix(request, fixed, keyFolder(process.env), now);
  report(fixed, { record, ids: names, dryRun: flags.dryRun === true }, style);
  if (fixed.report.outcome === 'proven' && flags.dryRun !== true && flags.branch !== true && fixed.after !== undefined)
    await rememberRun(root, { ...fixed.after, target: before.target });
  exit(fixed.report.outcome === 'proven' ? EXIT.passed : EXIT.blocked);
};

const optionsOf = (flags: Flags): FixRequest['options'] => ({
  dryRun: flags.dryRun === true,
  branch: flags.branch === true,
  allowMajor: flags.major === true,
  noTests: !flags.tests,
  trust: flags.trust === true,
});

/** The proof compares with the tree as it is now, not as it was when the last report was written. */
const fresh = async (root: string, flags: Flags, signal: AbortSignal): Promise<Run> => {
  const terminal = terminalOf(process.stderr, process.env, !flags.color);
  const progress = progressOf(process.stderr, terminal, styleOf(terminal), false);
  try {
    return await scan(await scanOptions({ root }, flags.target, { ...flags, timeout: STEP_SECONDS }, signal, progress.onEvent));
  } finally {
    progress.stop();
  }
};

/** Ids name findings of this tree; one that only the last report had is not there any more. */
const wanted = async (run: Run, root: string, ids: readonly string[], flags: Flags): Promise<readonly Finding[]> => {
  if (flags.all === true) return blocking(run);
  const isHere = (id: string): boolean => run.findings.some((finding) => shortId(finding.fingerprint, id.length) === id);
  const gone = ids.find((id) => !isHere(id));
  if (gone === undefined) return ids.map((id) => findingOf(run, id));
  findingOf(await lastRun(root, flags.target), gone); // a word that never named a finding is said so
  throw new BreakwaterError('BW6003', `${gone} is not there any more`, 'Scan again to see what is.');
};

const blocking = (run: Run): readonly Finding[] => {
  const acts = new Set(run.decision.verdicts.filter((verdict) => verdict.action === 'act').map((verdict) => verdict.fingerprint));
  const findings = run.findings.filter((finding) => acts.has(finding.fingerprint));
  if (findings.length === 0)
    throw new BreakwaterError('BW6001', 'nothing blocks, so there is nothing to fix with --all', 'Name a finding: breakwater fix ID');
  return findings;
};

const report = (fixed: Fixed, delivered: Parameters<typeof endLines>[1], style: Style): void => {
  const { report: remedy } = fixed;
  const blocks = [
    [totalLine(remedy, style)],
    itemLines(
      remedy.items.filter((item) => item.kind !== 'nothing-to-do'),
      style,
    ),
    proofLines(remedy, style),
    remedy.outcome === 'planned-only' ? [] : patchLines(remedy, style),
    endLines(remedy, delivered, style),
  ];
  write(blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block])));
};
