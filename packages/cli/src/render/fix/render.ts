/** What `fix` says: each step as it ends, the proof before and after, the lines that change, and where the change went. */
import type { RemedyItem, RemedyReport, Step } from '@breakwater/engine/remediation/remedy';
import { padTo, type Style, widthOf, wrap } from '../../terminal/style.ts';
import { count, durationText, list, plural } from '../words/index.ts';

const NAME = 9;
const PROOF = 26;
/** A patch is shown up to here; the rest stands in the files. */
const MOST_PATCH_LINES = 24;
const MOST_ITEMS = 12;

const MARKS = { done: 'ok', failed: 'act', skipped: 'unknown' } as const;

export const stepLine = (step: Step, style: Style): string =>
  `  ${style.mark(MARKS[step.state])} ${padTo(step.step, NAME)} ${durationText(step.durationMs).padStart(7)}   ${style.text(step.note)}`;

/** One package that brings trouble is left out, and the rest is tried again. */
export const retryLines = (reasons: readonly string[], style: Style): readonly string[] =>
  reasons.flatMap((reason) =>
    wrap(style.text(`left out: ${reason}`), style.columns - 4).map(
      (line, index) => `  ${index === 0 ? style.mark('unknown') : ' '} ${line}`,
    ),
  );

export const totalLine = (report: RemedyReport, style: Style): string =>
  `    ${padTo('', NAME)} ${style.paint('dim', durationText(report.durationMs).padStart(7))}`;

/** One line a package: what changes to what and why, or what stands in the way. */
export const itemLines = (items: readonly RemedyItem[], style: Style): readonly string[] => {
  const shown = items.slice(0, MOST_ITEMS);
  const more = items.length - shown.length;
  const lines = shown.flatMap((item) => {
    const mark = item.kind === 'patch' ? style.mark('rail') : style.mark('unknown');
    const text =
      item.kind === 'suggest-only' && !item.advice.startsWith(item.summary)
        ? `${item.summary}: ${item.advice}`
        : item.kind === 'suggest-only'
          ? item.advice
          : item.summary;
    return wrap(style.text(text), style.columns - 4).map((line, index) => `  ${index === 0 ? mark : ' '} ${line}`);
  });
  return more > 0 ? [...lines, `  ${style.mark('track')} ${style.text(`and ${count(more)} more`)}`] : lines;
};

const GATE_NAMES: Readonly<Record<string, string>> = {
  parses: 'edits',
  'finding-gone': 'these findings',
  'nothing-new': 'new alerts',
  tests: 'tests',
  lockfile: 'lockfile',
  idempotent: 'a second run',
  policy: 'policy files',
};

export const proofLines = (report: RemedyReport, style: Style): readonly string[] => {
  const { proof } = report;
  if (proof === undefined) return [];
  const gates = proof.gates.map((gate) => {
    const mark = { ok: 'ok', failed: 'act', 'not-run': 'unknown', none: 'unknown' } as const;
    const lead = `  ${style.mark(mark[gate.result])} ${padTo(GATE_NAMES[gate.name] ?? gate.name, PROOF)}`;
    const lines = wrap(style.text(gate.detail), Math.max(20, style.columns - widthOf(lead) - 1));
    return lines.map((line, index) => (index === 0 ? `${lead}${line}` : `${' '.repeat(PROOF + 4)}${line}`)).join('\n');
  });
  const alerts = `  ${style.mark('ok')} ${padTo('alerts', PROOF)}${style.text(`${count(proof.alerts.before)} before, ${count(proof.alerts.after)} after`)}`;
  return [`  ${style.paint('dim', 'proof')}`, ...gates, alerts];
};

/** Lines of the diff that change, by file, checksums left out; contexts and heads are left to `git diff`. */
export const patchLines = (report: RemedyReport, style: Style): readonly string[] => {
  const changed = report.patch.split('\n').filter((line) => /^(\+\+\+ |[-+](?![-+]{2} ))/.test(line) && !line.includes('"integrity":'));
  const shown = changed
    .slice(0, MOST_PATCH_LINES)
    .map((line) =>
      line.startsWith('+++ ')
        ? `  ${style.text(line.replace(/^\+\+\+ (b\/)?/, ''))}`
        : `  ${style.text(`${line[0]}   ${line.slice(1).trim()}`)}`,
    );
  const more = changed.length - shown.length;
  return more > 0 ? [...shown, `  ${style.paint('dim', `… ${plural(more, 'more line')}`)}`] : shown;
};

export interface Delivered {
  readonly record: number | undefined;
  readonly ids: readonly string[];
  readonly dryRun: boolean;
}

/** What was asked for and is not in the change: the lines marked `?` say why. */
const leftLine = (report: RemedyReport, { ids }: Delivered, style: Style): readonly string[] => {
  const fixed = new Set(report.fixes.filter((fix) => fix.kind === 'patch').flatMap((fix) => fix.findings)).size;
  return fixed < ids.length
    ? [`  ${style.text(`fixes ${count(fixed)} of ${plural(ids.length, 'finding')}; what is marked ? needs a person`)}`]
    : [];
};

export const endLines = (report: RemedyReport, delivered: Delivered, style: Style): readonly string[] => [
  ...verdictLines(report, delivered, style),
  ...(report.outcome === 'proven' ? leftLine(report, delivered, style) : []),
];

const verdictLines = (report: RemedyReport, { record, ids, dryRun }: Delivered, style: Style): readonly string[] => {
  const evidence = record === undefined ? '' : `, evidence record ${record}`;
  if (report.outcome === 'planned-only')
    return [`${style.mark('unknown')} ${style.paint('unknown', 'nothing to write:')} ${style.text('no change could be made and proven')}`];
  if (report.outcome === 'not-proven') return notProven(report, dryRun, evidence, style);
  if (dryRun)
    return [
      `${style.mark('ok')} ${style.paint('ok', 'proven:')} ${style.text(`a dry run, so nothing was written${evidence}`)}`,
      `  to write it: ${style.paint('bold', `breakwater fix ${ids.length > 4 ? '--all' : ids.join(' ')}`)}`,
    ];
  const { delivered } = report;
  if (delivered?.kind === 'branch') return onBranch(delivered, evidence, style);
  const files = report.files.map((file) => file.uri).join(' ');
  const undo = delivered?.kind === 'tree' && delivered.versioned ? [`  undo: ${style.paint('bold', `git checkout ${files}`)}`] : [];
  return [`${style.mark('ok')} ${style.paint('ok', 'proven:')} ${style.text(`written to your tree${evidence}`)}`, ...undo];
};

const onBranch = (
  delivered: { readonly name: string; readonly commit: string; readonly unchanged: boolean },
  evidence: string,
  style: Style,
): readonly string[] => [
  `${style.mark('ok')} ${style.paint('ok', 'proven:')} ${style.text(`${delivered.unchanged ? 'already on' : 'committed to'} ${delivered.name} (${delivered.commit.slice(0, 7)})${evidence}`)}`,
  `  look at it: ${style.paint('bold', `git show ${delivered.name}`)}`,
];

const notProven = (report: RemedyReport, dryRun: boolean, evidence: string, style: Style): readonly string[] => {
  const failed =
    report.proof?.gates
      .filter((gate) => gate.result === 'failed' || gate.result === 'not-run')
      .map((gate) => GATE_NAMES[gate.name] ?? gate.name) ?? [];
  const output = report.proof?.tests?.broken.length
    ? report.proof.tests.output
        .split('\n')
        .slice(-12)
        .map((line) => `  ${style.text(line)}`)
    : [];
  const kept =
    report.patchFile === undefined || dryRun
      ? []
      : [`  the change is kept; to try it by hand: ${style.paint('bold', `git apply ${report.patchFile}`)}`];
  return [
    ...(output.length > 0 ? [...output, ''] : []),
    `${style.mark('act')} ${style.paint('act', 'not proven:')} ${style.text(`${list(failed)}; nothing was written${evidence}`)}`,
    ...kept,
  ];
};
