/** The last line: how it ends, the four counts that add up to the alerts, and what to type next. */
import type { Outcome, Run } from '@breakwater/model';
import type { Mark, Role, Style } from '../../terminal/style.ts';
import { padTo, widthOf, wrap } from '../../terminal/style.ts';
import { controlsText, count, durationText, groupFindings, verdictWord } from '../words/index.ts';

const MARK: Readonly<Record<Outcome, Mark & Role>> = { passed: 'ok', blocked: 'act', incomplete: 'unknown', nothing: 'unknown' };

export const verdict = (run: Run, style: Style): readonly string[] => {
  const { act, attend, track, notAffected } = run.funnel;
  const mark = MARK[run.outcome];
  const soFar = run.outcome === 'incomplete' ? ' so far' : '';
  const counts = [
    `${count(act)} to act on${soFar}`,
    `${count(attend)} attend`,
    `${count(track)} track`,
    `${count(notAffected)} not affected`,
  ];
  const tail = [...(style.columns >= 96 ? [controlsText(run)] : []), durationText(run.durationMs)];
  const [line = '', ...more] = wrap(style.text(`${verdictWord(run)}: ${[...counts, ...tail].join(' · ')}`), style.columns - 2);
  const coloured = line.replace(/^[^:]+:/, (word) => style.paint(mark, word));
  return [`${style.mark(mark)} ${coloured}`, ...more.map((text) => `  ${text}`), ...next(run, style)];
};

/** Two commands at most; only those that lead on from here. */
const next = (run: Run, style: Style): readonly string[] => {
  const groups = groupFindings(run, 'act');
  const first = groups[0];
  if (run.outcome !== 'blocked' || first === undefined) return [];
  const fixable = groups.filter((group) => group.fixCommand !== undefined).length;
  const explain = `one in full: ${style.paint('bold', `breakwater explain ${first.id}`)}`;
  if (fixable === 0) return [`  ${explain}`];
  const fix = `${count(fixable)} ${fixable === 1 ? 'has' : 'have'} a fix to prove: ${style.paint('bold', 'breakwater fix --all')}`;
  const beside = `  ${padTo(fix, 48)} ${explain}`;
  return widthOf(beside) <= style.columns ? [beside] : [`  ${fix}`, `  ${explain}`];
};
