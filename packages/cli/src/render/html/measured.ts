/** How it was measured: what an auditor needs to run it again and compare. */
import type { Run, Verdict } from '@breakwater/model';
import { ageText, count, dateText, durationText, instantText, plural } from '../words/index.ts';
import { html, type Markup, type Value } from './template.ts';
import { rich } from './text.ts';

export const measuredSection = (run: Run): Markup => {
  const used = exceptions(run);
  const rows: readonly (readonly [string, Value])[] = [
    ['target', targetFact(run)],
    ['started', `${instantText(run.startedAt)}, ran ${durationText(run.durationMs)}`],
    ['rules', html`${plural(run.rules.length, 'rule')}, <code>${run.rulesDigest}</code>`],
    ['advisories', advisoriesFact(run)],
    ['gate', html`<code>${run.decision.policy.uri}</code> <code>${run.decision.policy.digest}</code>`],
    ['exceptions', used.length === 0 ? 'none used' : html`<ul>${used}</ul>`],
    [
      'what counts as an alert',
      'one advisory on one package, or one rule at one place, before anything is set aside; aliases counted once',
    ],
    ['the questions, by kind', QUESTIONS],
    ['engine', `Breakwater ${run.tool.version}`],
  ];
  return html`<section id="measured" aria-labelledby="mea-h">
<h2 id="mea-h">How it was measured</h2>
<p class="lead">The same target, rules, gate and advisories give the same findings. Run it again to check.</p>
<dl class="data">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</section>`;
};

const QUESTIONS =
  'Dependency and image: is it shipped, does an entry point load it, is there a path to the flaw. Code, settings and secrets: ' +
  'where they stand and to whom it is exposed; they have no walls to pass, so they count as reachable or exposed.';

const targetFact = ({ target, application }: Run): Markup =>
  html`${target.uri}, ${target.kind.replaceAll('-', ' ')}${target.revision !== undefined && html` at <code>${target.revision}</code>`}${
    application.branch !== undefined && html` on ${application.branch}`
  }${target.digest !== undefined && html`<br><code>${target.digest}</code>`}`;

const advisoriesFact = ({ advisories, startedAt }: Run): Value => {
  if (advisories === undefined) return html`<span class="unknown">none were used: no known vulnerability was looked for</span>`;
  const { asOf, records, digest, origin } = advisories;
  const age = ageText(asOf, startedAt);
  const where = origin === 'built' ? 'built on this machine' : 'from the snapshot of this release';
  return html`${dateText(asOf)}${age !== '' && `, ${age}`}; ${count(records)} records, ${where}; <code>${digest}</code>`;
};

/** Each exception once, with how many alerts it lowered. */
const exceptions = (run: Run): readonly Markup[] => {
  const uses = new Map<string, { exception: NonNullable<Verdict['exception']>; alerts: number }>();
  for (const { exception } of run.decision.verdicts) {
    if (exception === undefined) continue;
    const key = JSON.stringify([exception.expires, exception.owner, exception.reason]);
    uses.set(key, { exception, alerts: (uses.get(key)?.alerts ?? 0) + 1 });
  }
  return [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([, { exception, alerts }]) =>
        html`<li>${plural(alerts, 'alert')} until ${dateText(exception.expires)}, ${exception.owner}: ${rich(exception.reason)}</li>`,
    );
};
