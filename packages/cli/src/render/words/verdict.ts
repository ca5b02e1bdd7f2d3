/** The verdict of a run: one word, one sentence, and the line of the funnel. */
import type { Outcome, Run } from '@breakwater/model';
import { unfinished } from './coverage.ts';
import { count, plural } from './numbers.ts';
import { walls } from './walls.ts';

const WORDS: Readonly<Record<Outcome, string>> = {
  passed: 'passed',
  blocked: 'blocked',
  incomplete: 'incomplete',
  nothing: 'nothing to scan',
};

/** `blocked`, as the last line of a terminal and the tag of a report say it. */
export const verdictWord = (run: Run): string => WORDS[run.outcome];

/** `checkout 1.42.0` */
export const applicationText = ({ application: { name, version } }: Run): string => (version === undefined ? name : `${name} ${version}`);

/** The answer of the run in one sentence without a full stop: `checkout 1.42.0 is blocked by 4 of 1,811 alerts`. */
export const verdictSentence = (run: Run): string => {
  const who = applicationText(run);
  const { act, alerts } = run.funnel;
  switch (run.outcome) {
    case 'blocked':
      return `${who} is blocked by ${count(act)} of ${plural(alerts, 'alert')}`;
    case 'incomplete':
      return `${who} is not fully looked at: ${plural(unfinished(run), 'thing')} left out, so this is not a pass`;
    case 'nothing':
      return `There is nothing to scan in ${run.target.uri}`;
    default:
      return passedSentence(who, act, alerts);
  }
};

const passedSentence = (who: string, act: number, alerts: number): string => {
  if (act > 0) return `${who} is not blocked, and ${count(act)} of ${plural(alerts, 'alert')} ${act === 1 ? 'is' : 'are'} to act on`;
  return alerts === 0 ? `${who} passed: no alerts in what was looked at` : `${who} passed: 0 of ${plural(alerts, 'alert')} to act on`;
};

/** `1,811 alerts → 609 in what is shipped → 143 in what is loaded → 9 reachable → 4 to act on`; marked when the run is not complete. */
export const funnelLine = (run: Run, wide = true): string => {
  const partial = unfinished(run) > 0;
  const steps = walls(run).map(({ n, name, short }) => `${count(n)} ${wide ? name : short}`);
  return `${partial ? 'at least ' : ''}${steps.join(' → ')}${partial ? ' so far' : ''}`;
};
