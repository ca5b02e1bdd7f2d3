/** What was looked at, and with which facts: `checkout 1.42.0 · 3f9c2e1 on main · advisories 22 Nov 2026, 1 day old`. */
import type { Run } from '@breakwater/model';
import type { Style } from '../../terminal/style.ts';
import { widthOf } from '../../terminal/style.ts';
import { ageText, applicationText, dateText } from '../words/index.ts';

export const heading = (run: Run, style: Style): readonly string[] => {
  const parts = [applicationText(run), revision(run), advisories(run)].filter((part) => part !== '');
  const line = parts.join(' · ');
  if (widthOf(line) <= style.columns) return [style.text(line)];
  return [style.text(parts.slice(0, -1).join(' · ')), style.text(parts[parts.length - 1] ?? '')];
};

const revision = ({ target, application }: Run): string => {
  if (target.revision === undefined) return '';
  const commit = target.revision.slice(0, 7);
  return application.branch === undefined ? commit : `${commit} on ${application.branch}`;
};

const advisories = (run: Run): string => {
  if (run.advisories === undefined) return '';
  return `advisories ${dateText(run.advisories.asOf)}, ${ageText(run.advisories.asOf, run.startedAt)}`;
};
