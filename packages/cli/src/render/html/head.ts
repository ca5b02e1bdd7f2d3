/** The top of the report: whose it is, the verdict, and the facts that date it. */
import type { Outcome, Run } from '@breakwater/model';
import {
  ageText,
  canFix,
  controlsText,
  count,
  dateText,
  durationText,
  type Group,
  instantText,
  plural,
  unfinished,
  verdictSentence,
  verdictWord,
} from '../words/index.ts';
import { logo, type Role, tag } from './marks.ts';
import { html, type Markup, type Value } from './template.ts';

export interface Part {
  readonly id: string;
  readonly name: string;
}

export const topBar = (run: Run, parts: readonly Part[]): Markup => html`<header class="top">
<span class="brand">${logo}Breakwater</span>
<span>${run.application.name}</span>
<nav aria-label="Report">${parts.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav>
</header>`;

const ROLES: Readonly<Record<Outcome, Role>> = { passed: 'ok', blocked: 'act', incomplete: 'unknown', nothing: 'unknown' };

export const verdictBlock = (run: Run, groups: readonly Group[]): Markup => {
  const word = verdictWord(run);
  return html`<div class="verdict">
${tag(ROLES[run.outcome], `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)}
<h1>${verdictSentence(run)}</h1>
<p>${summary(run, groups)}</p>
<dl class="facts">${facts(run).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>`;
};

/** What there is to do, in the order in which to do it. */
const summary = (run: Run, groups: readonly Group[]): Value => {
  const { funnel } = run;
  const fixable = groups.flatMap((group) => group.findings).filter(canFix).length;
  const missing = unfinished(run);
  const unknown = funnel.buckets.unknown;
  return [
    missing > 0 && html`<strong>${plural(missing, 'thing')}</strong> could not be looked at; see <a href="#coverage">coverage</a>. `,
    fixable > 0 &&
      html`${count(fixable)} of ${count(funnel.act)} ${fixable === 1 ? 'has' : 'have'} a fix that <code>breakwater fix --all</code> can try and prove. `,
    funnel.attend > 0 &&
      html`${count(funnel.attend)} more ${funnel.attend === 1 ? 'needs' : 'need'} a person; for these the gate only warns. `,
    unknown > 0 && html`${count(unknown)} could not be told and ${unknown === 1 ? 'is' : 'are'} shown as such. `,
    run.outcome === 'nothing' && 'No code, lockfile, image or infrastructure was found there. ',
    run.outcome === 'passed' && funnel.act + funnel.attend + unknown + missing === 0 && 'Nothing is asked of anyone. ',
  ];
};

const facts = (run: Run): readonly (readonly [string, Value])[] => {
  const { target, application, advisories } = run;
  const age = advisories === undefined ? '' : ageText(advisories.asOf, run.startedAt);
  const missing = unfinished(run);
  const rows: readonly (readonly [string, Value])[] = [
    [target.revision === undefined ? 'branch' : 'revision', revision(target.revision, application.branch)],
    ['scanned', `${instantText(run.startedAt)}, in ${durationText(run.durationMs)}`],
    [
      'advisories',
      advisories === undefined ? html`<span class="unknown">none</span>` : [dateText(advisories.asOf), age !== '' && `, ${age}`],
    ],
    ['gate', run.decision.policy.uri],
    [
      'complete',
      run.steps.length === 0 ? '' : html`${missing === 0 ? 'yes' : html`<span class="unknown">no</span>`}, ${controlsText(run)} finished`,
    ],
  ];
  return rows.filter(([, value]) => value !== '');
};

const revision = (full: string | undefined, branch: string | undefined): Value => {
  const on = branch === undefined ? '' : ` on ${branch}`;
  if (full === undefined) return branch ?? '';
  return html`<code>${/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(full) ? full.slice(0, 7) : full}</code>${on}`;
};
