/** `--all`: everything else, one line a group, under the word that was decided of it. */
import type { Run } from '@breakwater/model';
import type { Mark, Style } from '../../terminal/style.ts';
import { padTo, widthOf, wrap } from '../../terminal/style.ts';
import type { Judged } from '../words/index.ts';
import { askedOf, judged, placeOf, plural, reachText, shortIds } from '../words/index.ts';

const SECTIONS: readonly { readonly asked: ReturnType<typeof askedOf>; readonly mark: Mark; readonly title: string }[] = [
  { asked: 'attend', mark: 'attend', title: 'attend' },
  { asked: 'track', mark: 'track', title: 'track' },
  { asked: 'not affected', mark: 'ok', title: 'not affected' },
];

export const listBlocks = (run: Run, style: Style): readonly (readonly string[])[] => {
  const ids = shortIds(run.findings);
  const sections = SECTIONS.map(({ asked, mark, title }) => {
    const alerts = judged(run).filter((alert) => askedOf(alert) === asked);
    if (alerts.length === 0) return [];
    const lines = alerts.flatMap((alert) => entry(alert, ids.get(alert.finding.fingerprint) ?? '', mark, style));
    return [style.paint('bold', `${title}, ${plural(alerts.length, 'alert')}`), ...lines];
  });
  return [...sections, undecided(run, style)];
};

/** No alerts and no pass either: checks that could not be told, and exceptions to look at again. */
const undecided = (run: Run, style: Style): readonly string[] => {
  const open = run.findings.filter((finding) => finding.kind === 'open' || finding.kind === 'review');
  if (open.length === 0) return [];
  const lines = open.flatMap((finding) => {
    const text = `${placeOf(finding.locations[0])}  ${finding.message}`;
    return wrap(style.text(text), style.columns - 2).map((line, index) => `${index === 0 ? style.mark('unknown') : ' '} ${line}`);
  });
  return [style.paint('bold', `could not be told, ${plural(open.length, 'check')}`), ...lines];
};

const entry = (alert: Judged, id: string, mark: Mark, style: Style): readonly string[] => {
  const { finding } = alert;
  const detail = `${finding.severity}, ${reachText(alert)} · ${placeOf(finding.locations[0])}`;
  const [line = '', ...more] = wrap(style.text(finding.message), style.columns - 12);
  const indent = ' '.repeat(2 + widthOf(id) + 2);
  return [
    `${style.mark(mark)} ${style.paint('dim', id)}  ${line}`,
    ...more.map((text) => indent + text),
    `${padTo('', indent.length)}${style.paint('dim', detail)}`,
  ];
};
