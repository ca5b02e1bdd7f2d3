/** What was looked at and what was not: a pass speaks only about the first. */
import type { Finding, Problem, Run, StepOutcome } from '@breakwater/model';
import { gathered } from './gather.ts';
import { lastWord } from './inline.ts';
import { judged } from './judged.ts';
import { count, plural } from './numbers.ts';
import { placeOf } from './path.ts';

export interface Looked {
  readonly name: string;
  /** `412 packages` */
  readonly how: string;
  /** partial: some of it could not be read, which stands among what was not looked at. */
  readonly whole: boolean;
}

export interface Unseen {
  readonly name: string;
  readonly why: string;
  readonly place?: string;
  /** The next step, an imperative. */
  readonly hint?: string;
  /** off: was no part of this run. unknown: should have been looked at. note: worth knowing only. */
  readonly mark: 'off' | 'unknown' | 'note';
}

/** Most causes of `unknown` and most open places that a report lists one by one. */
const MOST = 8;

export const looked = (run: Run): readonly Looked[] =>
  run.steps
    .filter((step) => step.status === 'complete' || step.status === 'partial')
    .map((step) => ({ name: lastWord(step.id), how: step.looked, whole: step.status === 'complete' }));

/** Controls that finished, of those that had something to look at. */
export const controlsDone = (run: Run): { readonly done: number; readonly all: number } => {
  const controls = run.steps.filter((s) => s.kind === 'control' && s.status !== 'skipped' && s.status !== 'not-applicable');
  return { done: controls.filter((s) => s.status === 'complete').length, all: controls.length };
};

/** `9 of 9 controls` */
export const controlsText = (run: Run): string => {
  const { done, all } = controlsDone(run);
  return `${count(done)} of ${plural(all, 'control')}`;
};

/** Things that stand between this run and a pass. */
export const unfinished = (run: Run): number => run.problems.filter((p) => p.incomplete).length + silentSteps(run).length;

/** Worst first: what should have been looked at, what could not be told, what was no part of the run, what is worth knowing. */
export const unseen = (run: Run): readonly Unseen[] => [
  ...run.problems.filter((p) => p.incomplete).map(problemRow),
  ...silentSteps(run).map(stepRow),
  ...openRows(run),
  ...unknownRows(run),
  ...run.notLookedAt.map(leftOut),
  ...absent(run),
  ...run.problems.filter((p) => !p.incomplete).map(problemRow),
];

/** `dast (no address)` → name and reason. */
export const leftOut = (text: string): Unseen => {
  const open = text.indexOf(' (');
  if (open < 1 || !text.endsWith(')')) return { name: text, why: '', mark: 'off' };
  return { name: text.slice(0, open), why: text.slice(open + 2, -1), mark: 'off' };
};

const problemRow = ({ source, uri, line, message, hint, code, incomplete }: Problem): Unseen => ({
  name: lastWord(source),
  why: `${withoutPlace(message, uri)} (${code})`,
  ...(uri === undefined ? {} : { place: line === undefined ? uri : `${uri}:${line}` }),
  ...(hint === '' ? {} : { hint }),
  mark: incomplete ? 'unknown' : 'note',
});

/** The place stands before the sentence: `a/poetry.lock could not be read` is `could not be read` there. */
const withoutPlace = (message: string, uri: string | undefined): string => {
  const name = uri?.slice(uri.lastIndexOf('/') + 1);
  const said = [uri, name].find((one) => one !== undefined && message.startsWith(`${one} `));
  return said === undefined ? message : message.slice(said.length + 1);
};

/** A step that ended badly and gave no reason must not go under. */
const silentSteps = (run: Run): readonly StepOutcome[] => {
  const told = new Set(run.problems.filter((p) => p.incomplete).map((p) => lastWord(p.source)));
  return run.steps.filter(
    (s) => (s.status === 'failed' || s.status === 'timed-out' || s.status === 'partial') && !told.has(lastWord(s.id)),
  );
};

const ENDS: Readonly<Record<string, string>> = {
  failed: 'failed before it was done',
  'timed-out': 'was stopped: it took too long',
  partial: 'could not look at everything',
};

const stepRow = (step: StepOutcome): Unseen => ({ name: lastWord(step.id), why: ENDS[step.status] ?? step.status, mark: 'unknown' });

const absent = (run: Run): readonly Unseen[] => {
  const named = new Set(run.notLookedAt.map((text) => leftOut(text).name));
  return run.steps
    .filter((s) => s.kind === 'control' && (s.status === 'skipped' || s.status === 'not-applicable') && !named.has(lastWord(s.id)))
    .map((s) => ({
      name: lastWord(s.id),
      why: s.status === 'skipped' ? 'left out of this run' : 'nothing of its kind was found',
      mark: 'off',
    }));
};

/** Findings that say `could not tell` or ask for a review: no alerts, and no pass either. */
const openRows = (run: Run): readonly Unseen[] => {
  const open = run.findings.filter((f) => f.kind === 'open' || f.kind === 'review');
  const rows = [...gathered(open, (f) => f.ruleId).values()].map(openRow);
  return cut(rows, (more) => `${plural(more, 'other rule')} could not be told everywhere`);
};

const openRow = ([first, ...others]: readonly [Finding, ...Finding[]]): Unseen => ({
  name: lastWord(first.ruleId),
  why: others.length === 0 ? first.message : `${first.message}, and ${plural(others.length, 'other place')}`,
  place: placeOf(first.locations[0]),
  mark: 'unknown',
});

/** The open sites that keep alerts unknown; each says what would settle it. */
const unknownRows = (run: Run): readonly Unseen[] => {
  const alerts = judged(run).filter((alert) => alert.bucket === 'unknown');
  const sites = gathered(alerts, ({ finding }) => finding.properties.reachability?.because[0] ?? 'could not be told');
  const rows = [...sites].map(
    ([site, { length }]): Unseen => ({ name: `${count(length)} unknown`, why: site, hint: settledBy(site), mark: 'unknown' }),
  );
  return cut(rows, (more) => `${plural(more, 'other cause')} of unknown`);
};

const settledBy = (site: string): string => SETTLED.find(([cause]) => cause.test(site))?.[1] ?? PIN;

const PIN = 'Say what it loads under `reachability.pins` in `breakwater.yaml`';
const SETTLED: readonly (readonly [cause: RegExp, hint: string])[] = [
  [/which function is called/, 'Merge evidence of run time: `breakwater scan --coverage FOLDER`'],
  [/source missing/, 'Install the packages, or scan without `--offline`'],
  [/^no entry point/, 'Name them under `application.entries` in `breakwater.yaml`'],
];

const cut = (rows: readonly Unseen[], rest: (more: number) => string): readonly Unseen[] =>
  rows.length <= MOST ? rows : [...rows.slice(0, MOST), { name: 'more', why: rest(rows.length - MOST), mark: 'unknown' }];
