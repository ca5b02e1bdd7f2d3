/** The funnel: one line of what is left, then each subtraction in sight, down to what to act on. */
import type { Bucket, Run } from '@breakwater/model';
import { BUCKETS } from '@breakwater/model';
import type { Style } from '../../terminal/style.ts';
import { padStartTo, padTo, widthOf, wrap } from '../../terminal/style.ts';
import { bucketCaption, bucketLabel, controlsText, count, funnelLine, sumsDefect } from '../words/index.ts';

const NUMBER_WIDTH = 7;
const LABEL_WIDTH = 26;
/** Below this the second column goes: captions may be dropped, titles and paths never. */
const CAPTION_FROM = 96;

export const funnelBlock = (run: Run, style: Style): readonly string[] => {
  if (run.funnel.alerts === 0)
    return [`  ${style.text('0 alerts')} ${style.paint('dim', `in what was looked at by ${controlsText(run)}`)}`];
  const lines = heading(run, style);
  if (run.outcome === 'passed' && run.funnel.act === 0) return [...lines, ...defect(run, style)];
  const shown = BUCKETS.filter((bucket) => bucket !== 'act' && run.funnel.buckets[bucket] > 0);
  const widest = Math.max(...shown.map((bucket) => widthOf(style.text(bucketLabel(run, bucket)))), LABEL_WIDTH - 2);
  const labels = style.columns >= CAPTION_FROM ? widest + 2 : 0;
  return [
    ...lines,
    '',
    first(run, style),
    ...shown.map((bucket) => row(run, bucket, style, labels)),
    last(run, style),
    ...defect(run, style),
  ];
};

/** In full where it fits on one line, else in short words, and only then over two lines. */
const heading = (run: Run, style: Style): readonly string[] => {
  const room = style.columns - 2;
  const full = style.text(funnelLine(run, true));
  const line = widthOf(full) <= room && style.columns >= CAPTION_FROM ? full : style.text(funnelLine(run, false));
  return wrap(line, room).map((part) => `  ${part}`);
};

const defect = (run: Run, style: Style): readonly string[] => {
  const text = sumsDefect(run);
  return text === '' ? [] : ['', style.paint('unknown', text)];
};

const cell = (style: Style, role: 'plain' | 'unknown' | 'act', text: string): string =>
  style.paint(role, padStartTo(style.text(text), NUMBER_WIDTH));

const first = (run: Run, style: Style): string =>
  `  ${cell(style, 'plain', count(run.funnel.alerts))}  ${style.text(`found by ${controlsText(run).replace(/^(\d+) of \1 /, '$1 ')}`)}`;

/** `labels`: width of the first column, 0 when there is no room for a second. */
const row = (run: Run, bucket: Bucket, style: Style, labels: number): string => {
  const unknown = bucket === 'unknown';
  const number = cell(style, unknown ? 'unknown' : 'plain', `−${count(run.funnel.buckets[bucket])}`);
  const lead = unknown ? `${style.mark('unknown')} ` : '  ';
  const label = style.text(bucketLabel(run, bucket));
  if (labels === 0) return `${lead}${number}  ${wrap(label, style.columns - NUMBER_WIDTH - 4).join(`\n${' '.repeat(NUMBER_WIDTH + 4)}`)}`;
  const room = style.columns - NUMBER_WIDTH - labels - 6;
  const caption = style.text(bucketCaption(run, bucket));
  const [line = '', ...more] = wrap(caption, room);
  const rest = more.map((text) => `\n${' '.repeat(NUMBER_WIDTH + 4 + labels)}${style.paint('dim', text)}`).join('');
  return `${lead}${number}  ${padTo(label, labels)}${style.paint('dim', line)}${rest}`;
};

const last = (run: Run, style: Style): string => {
  const acts = run.funnel.act > 0;
  const lead = acts ? `${style.mark('act')} ` : '  ';
  return `${lead}${cell(style, acts ? 'act' : 'plain', `=${count(run.funnel.act)}`)}  ${style.text('to act on')}`;
};
