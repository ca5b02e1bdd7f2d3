/** A run as a pull-request comment or a job summary: verdict, funnel, what to act on, what was not looked at; the rest folded away. */
import { BUCKETS, type Outcome, type Run } from '@breakwater/model';
import {
  applicationText,
  bucketCaption,
  bucketLabel,
  controlsText,
  count,
  durationText,
  funnelLine,
  type Group,
  groupFindings,
  plural,
  sumsDefect,
  unseen,
  verdictSentence,
} from '../words/index.ts';
import { code, sentence, text } from './escape.ts';
import { actTable, attendTable } from './tables.ts';

/** GitHub refuses comments of more than 65,536 characters; each part has its share of less than that. */
const SHARE = { act: 30_000, attend: 14_000, unseen: 10_000 } as const;

const MARKS: Readonly<Record<Outcome, string>> = { blocked: '✖', passed: '✔', incomplete: '?', nothing: '?' };

/** Ends with a line feed; at most about 60,000 characters, what is left out is counted. */
export const renderMarkdown = (run: Run): string => {
  const act = groupFindings(run, 'act');
  const parts = [
    `## ${MARKS[run.outcome]} ${text(verdictSentence(run))}`,
    run.funnel.alerts > 0 ? funnelPart(run) : '',
    act.length > 0 ? actPart(run, act) : '',
    missingPart(run),
    attendPart(run),
    footer(run),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const funnelPart = (run: Run): string => {
  const rows = BUCKETS.filter((bucket) => bucket !== 'act' && run.funnel.buckets[bucket] > 0).map(
    (bucket) => `| −${count(run.funnel.buckets[bucket])} | ${text(bucketLabel(run, bucket))} | ${sentence(bucketCaption(run, bucket))} |`,
  );
  const defect = sumsDefect(run);
  return [
    `**${text(funnelLine(run))}**`,
    ...(defect === '' ? [] : ['', `? ${text(defect)}`]),
    '',
    '<details><summary>How it adds up</summary>',
    '',
    '| alerts | what | how it is known |',
    '|---:|---|---|',
    `| ${count(run.funnel.alerts)} | found | ${text(controlsText(run))} |`,
    ...rows,
    `| **= ${count(run.funnel.act)}** | **to act on** | |`,
    '',
    '</details>',
  ].join('\n');
};

const actPart = (run: Run, groups: readonly Group[]): string =>
  [`### ${count(run.funnel.act)} to act on`, '', ...actTable(groups, SHARE.act)].join('\n');

const attendPart = (run: Run): string => {
  const groups = groupFindings(run, 'attend');
  if (groups.length === 0) return '';
  const title = `${count(run.funnel.attend)} ${run.funnel.attend === 1 ? 'needs' : 'need'} a person; the gate only warns`;
  return [`<details><summary>${title}</summary>`, '', ...attendTable(groups, SHARE.attend), '', '</details>'].join('\n');
};

/** What keeps this from being a pass stands open; what was never part of the run is one line. */
const missingPart = (run: Run): string => {
  const rows = unseen(run);
  const open = rows.filter((row) => row.mark === 'unknown');
  const notes = rows.filter((row) => row.mark === 'note');
  const off = rows.filter((row) => row.mark === 'off');
  const lines = [...open, ...notes].map(({ name, why, place, hint, mark }) => {
    const where = place === undefined ? '' : ` ${code(place)}`;
    return `- ${mark === 'unknown' ? '? ' : ''}**${text(name)}**${where} ${sentence(why)}${hint === undefined ? '' : `. ${sentence(hint)}`}`;
  });
  const names = off.map(({ name, why }) => (why === '' ? text(name) : `${text(name)} (${sentence(why)})`));
  return [
    ...(lines.length === 0 ? [] : ['### Not looked at, or not told', '', ...within(lines, SHARE.unseen, '- ')]),
    ...(names.length === 0
      ? []
      : [...(lines.length === 0 ? [] : ['']), `Not part of this run: ${within(names, SHARE.unseen).join(', ')}.`]),
  ].join('\n');
};

const footer = (run: Run): string =>
  `<sub>${[
    text(applicationText(run)),
    ...(run.target.revision === undefined ? [] : [text(run.target.revision.slice(0, 12))]),
    `${controlsText(run)} finished`,
    durationText(run.durationMs),
    `Breakwater ${text(run.tool.version)}`,
  ].join(' · ')}</sub>`;

const within = (lines: readonly string[], budget: number, start = ''): readonly string[] => {
  const kept: string[] = [];
  for (const line of lines) {
    if (kept.join('\n').length + line.length > budget) break;
    kept.push(line);
  }
  return kept.length === lines.length ? lines : [...kept, `${start}${plural(lines.length - kept.length, 'more')} in the full report`];
};
