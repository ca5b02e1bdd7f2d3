/** What was not looked at: first what keeps this run from being a pass, each with its place and a next step, then what was no part of it. */
import type { Run } from '@breakwater/model';
import type { Style } from '../../terminal/style.ts';
import { padTo, wrap } from '../../terminal/style.ts';
import type { Unseen } from '../words/index.ts';
import { plural, unfinished, unseen } from '../words/index.ts';

const NAME_WIDTH = 16;

export const missing = (run: Run, style: Style): readonly (readonly string[])[] => [
  unfinishedBlock(run, style),
  notesBlock(run, style),
  outOfScope(run, style),
];

/** Problems only: open findings and unknown reach have their own places. */
const unfinishedBlock = (run: Run, style: Style): readonly string[] => {
  const open = unfinished(run);
  if (open === 0) return [];
  const rows = unseen(run)
    .filter((row) => row.mark === 'unknown')
    .slice(0, open);
  const title = `${plural(open, 'thing')} ${open === 1 ? 'was' : 'were'} not looked at, so this is not a pass`;
  return [`${style.mark('unknown')} ${style.paint('title', title)}`, ...rows.flatMap((row) => lines(row, style))];
};

const notesBlock = (run: Run, style: Style): readonly string[] =>
  unseen(run)
    .filter((row) => row.mark === 'note')
    .flatMap((row) => lines(row, style));

const lines = (row: Unseen, style: Style): readonly string[] => {
  const place = row.place === undefined || row.why.includes(row.place) ? '' : `${row.place} `;
  return [...labelled(row.name, `${place}${row.why}`, style), ...(row.hint === undefined ? [] : labelled('next', row.hint, style))];
};

const labelled = (name: string, text: string, style: Style): readonly string[] => {
  const width = style.columns - NAME_WIDTH - 2;
  return text
    .split('\n')
    .flatMap((part) => wrap(style.text(part), width))
    .map((line, index) => `  ${padTo(index === 0 ? style.paint('dim', name) : '', NAME_WIDTH)}${line}`);
};

const outOfScope = (run: Run, style: Style): readonly string[] => {
  if (run.notLookedAt.length === 0) return [];
  return wrap(style.text(`Not looked at: ${run.notLookedAt.join(', ')}.`), style.columns);
};
