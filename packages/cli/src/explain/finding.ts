/** `explain` of a finding: what, why it matters here, the path, why it blocks, who, and how to fix it. */
import type { Finding, Rule, Run, Verdict } from '@breakwater/model';
import type { Group, Step } from '../render/words/index.ts';
import {
  applicationText,
  chanceText,
  dateText,
  fixHint,
  judged,
  pathOf,
  plural,
  reachLine,
  reachText,
  reasonsOf,
} from '../render/words/index.ts';
import { padTo, type Style, widthOf, wrap } from '../terminal/style.ts';
import { type FrameReader, frameLines } from './frame.ts';

export interface Explained {
  readonly run: Run;
  readonly finding: Finding;
  /** Short form, as the report shows it. */
  readonly id: string;
  readonly verdict: Verdict | undefined;
  readonly rule: Rule | undefined;
  readonly command: Group['fixCommand'];
}

const LABEL = 16;
/** Of names of packages beside a path. */
const WIDEST_LABEL = 28;

export const explainFinding = (explained: Explained, style: Style, readFrame: FrameReader): readonly string[] => {
  const sections = [
    title(explained, style),
    what(explained, style),
    why(explained, style, readFrame),
    path(explained, style),
    decision(explained, style),
    who(explained, style),
    fix(explained, style),
  ];
  return sections.filter((section) => section.length > 0).flatMap((section, index) => (index === 0 ? section : ['', ...section]));
};

const head = (text: string, style: Style): string => style.paint('bold', text);
const body = (text: string, style: Style): readonly string[] => wrap(style.text(text), style.columns - 4).map((line) => `  ${line}`);
const row = (label: string, text: string, style: Style): readonly string[] =>
  text === ''
    ? []
    : wrap(style.text(text), Math.max(20, style.columns - LABEL - 6)).map(
        (line, index) => `  ${padTo(index === 0 ? style.paint('dim', label) : '', LABEL)} ${line}`,
      );

const MARKS = { act: 'act', attend: 'attend', track: 'track', 'track*': 'track' } as const;

const title = ({ run, finding, id, verdict }: Explained, style: Style): readonly string[] => {
  const mark = style.mark(verdict === undefined ? 'unknown' : MARKS[verdict.action]);
  const room = style.columns - 2 - widthOf(id) - 2;
  const lines = wrap(style.text(finding.message), room);
  const first = `${mark} ${padTo(style.paint('title', lines[0] ?? ''), room)}  ${style.paint('dim', id)}`;
  const word =
    verdict === undefined ? 'could not be told' : verdict.action === 'act' ? `act: blocks ${applicationText(run)}` : verdict.action;
  return [first, ...lines.slice(1).map((line) => `  ${style.paint('title', line)}`), `  ${style.text(word)}`];
};

const what = ({ finding, rule }: Explained, style: Style): readonly string[] => {
  const { vulnerability } = finding;
  const facts =
    vulnerability === undefined
      ? `${rule?.name ?? finding.ruleId}. Severity ${finding.severity}, confidence ${finding.confidence}.`
      : `${[vulnerability.id, ...vulnerability.aliases].join(', ')}${vulnerability.fixed?.length ? `, fixed in ${vulnerability.fixed.join(' or ')}` : ', no fixed version is known'}. Severity ${finding.severity}.`;
  return [head('What', style), ...body(facts, style), ...(vulnerability?.cvss === undefined ? [] : body(vulnerability.cvss, style))];
};

const why = ({ finding, rule }: Explained, style: Style, readFrame: FrameReader): readonly string[] => {
  const frame = frameLines(finding, readFrame, style);
  return [
    head('Why it matters', style),
    ...body(rule?.help.why ?? 'The rule of this finding is not part of this version.', style),
    ...(frame.length > 0 ? ['', ...frame] : []),
  ];
};

const KIND_OF_PATH = {
  calls: 'Path',
  loads: 'How it is loaded',
  flow: 'How the value travels',
  origin: 'How it came in',
  places: 'Where',
} as const;

const path = ({ run, finding }: Explained, style: Style): readonly string[] => {
  const { kind, steps } = pathOf(finding);
  const reach = finding.properties.reachability;
  const alert = judged(run).find((one) => one.finding.fingerprint === finding.fingerprint);
  // a certificate is shown whole: it is there to be checked
  const because = (reach === undefined ? [] : reasonsOf(reach)).flatMap((line) => row('', line, style));
  const shipped = alert?.bucket === 'not-shipped' ? `${reachText(alert)}; ` : '';
  const status = reach === undefined ? [] : row('reach', shipped + reachLine(reach), style);
  return [
    head(steps.length > 1 ? `${KIND_OF_PATH[kind]}, ${plural(steps.length, 'step')}` : KIND_OF_PATH[kind], style),
    ...steps.flatMap((step, index) => stepLines(steps, step, index, style)),
    ...status,
    ...because,
  ];
};

const stepLines = (steps: readonly Step[], step: Step, index: number, style: Style): readonly string[] => {
  const whose = step.whose ?? (steps.some((one) => one.whose !== undefined) ? 'your code' : '');
  const label = Math.min(WIDEST_LABEL, Math.max(LABEL, ...steps.map((one) => widthOf(style.text(one.whose ?? '')))));
  const before = steps[index - 1];
  const repeated = before !== undefined && (before.whose ?? 'your code') === (step.whose ?? 'your code');
  const mark = index === steps.length - 1 ? `${style.mark('end')} ` : '  ';
  const text = style.text(step.text);
  const lead = `  ${padTo(repeated ? '' : style.text(whose), label)} ${mark}`;
  const beside = `${padTo(lead + text, 60)} ${style.text(step.place)}`;
  if (step.place === '') return [lead + text];
  return widthOf(beside) <= style.columns && widthOf(lead + text) < 60
    ? [beside]
    : [lead + text, `  ${' '.repeat(label + 3)}${style.text(step.place)}`];
};

const decision = ({ finding, verdict }: Explained, style: Style): readonly string[] => {
  if (verdict === undefined) return [];
  const { exploitation, exposure } = finding.properties;
  const chance = exploitation?.epss === undefined ? '' : `EPSS ${chanceText(exploitation.epss)}, `;
  return [
    head(verdict.action === 'act' ? 'Why it blocks' : 'Why it does not block', style),
    ...row('gate rule', `${verdict.rule}: ${verdict.because.join(', ')}`, style),
    ...row('what changes it', verdict.wouldChange ?? '', style),
    ...(verdict.exception === undefined
      ? []
      : row('exception', `until ${dateText(verdict.exception.expires)}, ${verdict.exception.owner}: ${verdict.exception.reason}`, style)),
    ...row(
      'exploited',
      exploitation === undefined ? '' : `${chance}${exploitation.kev ? 'known to be exploited (CISA KEV)' : 'not in CISA KEV'}`,
      style,
    ),
    ...row('exposure', exposure ?? '', style),
    ...row(
      'also known as',
      (finding.vulnerability?.aliases.length ?? 0) > 0
        ? [finding.vulnerability?.id ?? '', ...(finding.vulnerability?.aliases ?? [])].join(', ')
        : '',
      style,
    ),
  ];
};

const who = ({ finding }: Explained, style: Style): readonly string[] => {
  const { ownership, introduced } = finding.properties;
  if (ownership === undefined && introduced === undefined) return [];
  return [
    head('Who and since when', style),
    ...row('owner', ownership === undefined ? '' : `${ownership.owner}  ${ownership.at ?? ownership.source}`, style),
    ...row(
      'since',
      introduced === undefined ? '' : `${dateText(introduced.at)}  ${introduced.commit.slice(0, 7)} by ${introduced.author}`,
      style,
    ),
  ];
};

const fix = ({ finding, rule, command }: Explained, style: Style): readonly string[] => {
  const hint = fixHint(finding, rule);
  const line = command === undefined ? [] : [`  ${style.paint('bold', command)}`];
  return [
    head('Fix', style),
    ...line,
    ...body(hint === '' ? 'No fix is known yet.' : hint, style),
    ...(rule?.help.references ?? []).slice(0, 3).map((url) => `  ${style.paint('dim', url)}`),
  ];
};
