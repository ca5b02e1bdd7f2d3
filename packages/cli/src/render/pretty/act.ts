/** One block for each thing to act on: title, path from the outside in, why it blocks, who can act, what to type. */
import type { Run } from '@breakwater/model';
import type { Style } from '../../terminal/style.ts';
import { padTo, widthOf, wrap } from '../../terminal/style.ts';
import type { Group, Step } from '../words/index.ts';
import { groupFindings, list, placeText, plural } from '../words/index.ts';

/** From here on the place stands beside its step; below it moves under it. */
const WIDE = 96;
const PLACE_COLUMN = 44;
const LABEL_WIDTH = 8;
/** A longer way keeps its ends; `explain` has all of it. */
const MOST_STEPS = 7;
const MOST_IDS = 4;
const MOST_PACKAGES = 2;

/** Beyond these a block is one line: what to do stays in sight, the proof is one `explain` away. */
const MOST_BLOCKS = 8;

export const actBlocks = (run: Run, style: Style, all: boolean): readonly (readonly string[])[] => {
  const groups = groupFindings(run, 'act');
  const full = all || groups.length <= MOST_BLOCKS + 2 ? groups.length : MOST_BLOCKS;
  return [...groups.slice(0, full).map((group) => block(group, style)), rest(groups.slice(full), style)];
};

const rest = (groups: readonly Group[], style: Style): readonly string[] => {
  if (groups.length === 0) return [];
  const heading = `${style.text(`${groups.length} more to act on; in full with`)} ${style.paint('bold', 'breakwater scan --all')}`;
  return [heading, ...groups.flatMap((group) => oneLine(group, style))];
};

const oneLine = (group: Group, style: Style): readonly string[] => {
  const several = group.findings.length > 1 ? ` (${group.findings.length} alerts)` : '';
  const lines = wrap(style.text(`${group.title}${several}`), style.columns - 10);
  return lines.map((line, index) => (index === 0 ? `${style.mark('act')} ${style.paint('dim', group.id)}  ${line}` : `          ${line}`));
};

const block = (group: Group, style: Style): readonly string[] => [
  ...title(group, style),
  ...shortened(group.path.steps).flatMap((step, index, steps) => pathLines(step, index === steps.length - 1, style)),
  ...labelled('blocks', because(group), style),
  ...labelled('owner', owner(group), style),
  ...fix(group, style),
];

const title = (group: Group, style: Style): readonly string[] => {
  const fresh = group.findings[0].properties.baseline === 'new' ? 'new  ' : '';
  if (style.columns < WIDE) {
    const [line = '', ...more] = wrap(style.text(group.title), style.columns - 10);
    return [
      `${style.mark('act')} ${style.paint('dim', group.id)}  ${style.paint('title', line)}`,
      ...more.map((text) => `          ${style.paint('title', text)}`),
    ];
  }
  const tail = `${fresh}${group.id}`;
  const room = style.columns - 2 - widthOf(tail) - 2;
  const [line = '', ...more] = wrap(style.text(group.title), room);
  return [
    `${style.mark('act')} ${padTo(style.paint('title', line), room)}  ${style.paint('dim', tail)}`,
    ...more.map((text) => `  ${style.paint('title', text)}`),
  ];
};

interface Shown {
  readonly step?: Step;
  /** Steps left out here. */
  readonly skipped?: readonly Step[];
}

const shortened = (steps: readonly Step[]): readonly Shown[] => {
  if (steps.length <= MOST_STEPS) return steps.map((step) => ({ step }));
  const head = steps.slice(0, 3).map((step) => ({ step }));
  const tail = steps.slice(-2).map((step) => ({ step }));
  return [...head, { skipped: steps.slice(3, -2) }, ...tail];
};

/** `… 8 more steps through pdfkit 0.13.0 and crypto-js 4.1.1` */
const skippedText = (steps: readonly Step[]): string => {
  const packages = [...new Set(steps.flatMap((step) => step.whose ?? []))];
  const more = packages.length - MOST_PACKAGES;
  const named = more > 0 ? [...packages.slice(0, MOST_PACKAGES), `${more} more`] : packages;
  return `… ${plural(steps.length, 'more step')}${named.length === 0 ? '' : ` through ${list(named)}`}`;
};

const pathLines = ({ step, skipped }: Shown, isLast: boolean, style: Style): readonly string[] => {
  const mark = style.mark(isLast ? 'end' : 'rail');
  if (step === undefined) return [`  ${mark} ${style.paint('dim', style.text(skippedText(skipped ?? [])))}`];
  const text = style.text(step.text);
  const place = style.text(placeText(step));
  if (place === '') return [`  ${mark} ${text}`];
  if (style.columns >= WIDE && widthOf(text) <= PLACE_COLUMN - 6 && widthOf(place) <= style.columns - PLACE_COLUMN)
    return [`  ${mark} ${padTo(text, PLACE_COLUMN - 4)}${place}`];
  return [`  ${mark} ${text}`, `  ${isLast ? ' ' : style.mark('rail')}   ${place}`];
};

const because = ({ verdict, because: reasons, advisories }: Group): string => {
  const others = advisories.slice(1, MOST_IDS);
  const more = advisories.length - 1 - others.length;
  const also = others.length === 0 ? [] : [`also ${[...others, ...(more > 0 ? [`${more} more`] : [])].join(', ')}`];
  return `${verdict.rule}: ${[...reasons, ...also].join(', ')}`;
};

const owner = (group: Group): string => {
  const ownership = group.findings[0].properties.ownership;
  return ownership === undefined ? '' : `${ownership.owner}${ownership.at === undefined ? '' : ` (${ownership.at})`}`;
};

const labelled = (label: string, value: string, style: Style): readonly string[] => {
  if (value === '') return [];
  const lines = wrap(style.text(value), style.columns - LABEL_WIDTH - 4);
  return lines.map((line, index) => `  ${padTo(index === 0 ? style.paint('dim', label) : '', LABEL_WIDTH)}${line}`);
};

const fix = (group: Group, style: Style): readonly string[] => {
  if (group.fixCommand === undefined) return labelled('fix', group.fixHint, style);
  const hint = style.text(group.fixHint);
  const command = style.paint('bold', group.fixCommand);
  const line = `  ${padTo(style.paint('dim', 'fix'), LABEL_WIDTH)}${command}`;
  if (hint === '') return [line];
  const beside = `${padTo(line, PLACE_COLUMN - 1)} ${hint}`;
  return widthOf(beside) <= style.columns && style.columns >= WIDE
    ? [beside]
    : [line, ...wrap(hint, style.columns - LABEL_WIDTH - 4).map((text) => `  ${' '.repeat(LABEL_WIDTH)}${text}`)];
};
