/** What to act on and what to attend to, as tables that stay within their share of a comment. */
import { type Group, named, plural, type Step, severitiesOf } from '../words/index.ts';
import { code, sentence, text } from './escape.ts';

/** A row for each group, most urgent first. */
export const actTable = (groups: readonly Group[], budget: number): readonly string[] =>
  table(['what', 'why it blocks', 'owner', 'fix'], groups, budget, (group) => [
    `${isNew(group) ? '**new** ' : ''}${sentence(group.title)} ${code(group.id)}<br>${way(group)}`,
    `${code(group.verdict.rule)}${group.because.includes(severity(group)) ? '' : ` ${severity(group)}`}${group.because.length === 0 ? '' : `: ${sentence(group.because.join('; '))}`}${advisories(group)}`,
    owner(group),
    fix(group),
  ]);

export const attendTable = (groups: readonly Group[], budget: number): readonly string[] =>
  table(['what', 'severity', 'where', 'owner', 'finding'], groups, budget, (group) => [
    `${sentence(group.title)}${advisories(group)}`,
    severity(group),
    places(group.path.steps.slice(0, 1)),
    owner(group),
    code(group.id),
  ]);

const table = (
  columns: readonly string[],
  groups: readonly Group[],
  budget: number,
  cells: (group: Group) => readonly string[],
): readonly string[] => {
  const lines = [`| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`];
  let used = 0;
  for (const [index, group] of groups.entries()) {
    const line = `| ${cells(group).join(' | ')} |`;
    used += line.length;
    if (used > budget) return [...lines, '', more(groups.slice(index))];
    lines.push(line);
  }
  return lines;
};

const more = (left: readonly Group[]): string => {
  const alerts = left.reduce((sum, group) => sum + group.findings.length, 0);
  return `${plural(alerts, 'more alert')} in the full report.`;
};

const isNew = (group: Group): boolean => group.findings.some((finding) => finding.properties.baseline === 'new');

const severity = (group: Group): string => severitiesOf(group.findings.map((finding) => finding.severity));

/** First and last step; `scan` and the HTML report have the whole way. */
const way = ({ path: { steps } }: Group): string => {
  const between = steps.length - 2;
  const first = places(steps.slice(0, 1));
  if (steps.length < 2) return first;
  return `${first} → ${between > 0 ? `${plural(between, 'step')} → ` : ''}${places(steps.slice(-1))}`;
};

const places = (steps: readonly Step[]): string =>
  steps
    .map(({ text: what, place, whose }) =>
      [code(what), whose === undefined ? '' : text(whose), code(place)].filter((part) => part !== '').join(' '),
    )
    .join('');

const MOST_IDS = 6;

/** What the title does not say already. */
const advisories = ({ advisories: ids, component, title }: Group): string => {
  const unsaid = ids.filter((id) => !title.includes(id));
  if (component === undefined || unsaid.length === 0) return '';
  const name = named(component).text;
  const rest = unsaid.length - MOST_IDS;
  const words = [...(title.includes(name) ? [] : [name]), ...unsaid.slice(0, MOST_IDS)].map(text);
  return `<br>${[...words, ...(rest > 0 ? [plural(rest, 'more')] : [])].join(', ')}`;
};

/** As code: the comment must not call the team. */
const owner = (group: Group): string => (group.owner === undefined ? 'nobody is named' : code(group.owner));

const fix = ({ fixHint, fixCommand }: Group): string =>
  [fixCommand === undefined ? '' : code(fixCommand), sentence(fixHint)].filter((part) => part !== '').join('<br>');
