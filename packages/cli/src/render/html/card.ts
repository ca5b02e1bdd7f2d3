/** A card for each thing to act on: what happens, the way to it, why it blocks, whose it is, and the command that ends it. */
import type { Finding, Rule, Run, Verdict } from '@breakwater/model';
import {
  advisoryOf,
  chanceText,
  count,
  dateText,
  exposureText,
  type Group,
  named,
  plural,
  reachLine,
  reasonsOf,
  ruleFinder,
  severitiesOf,
  shortIds,
} from '../words/index.ts';
import { pathList, pathTitle } from './path.ts';
import { html, type Markup, type Value } from './template.ts';
import { rich, sentence } from './text.ts';

/** Beyond so many, a row of a table is enough to find one by. */
const MOST_CARDS = 60;

export const actSection = (run: Run, groups: readonly Group[]): Markup => {
  const { act } = run.funnel;
  const cards = groups.slice(0, MOST_CARDS);
  const rest = groups.slice(MOST_CARDS);
  const ruleOf = ruleFinder(run);
  const ids = shortIds(run.findings);
  if (groups.length === 0) return html``;
  return html`<section id="act" aria-labelledby="act-h">
<h2 id="act-h">${count(act)} to act on</h2>
<p class="lead">Most urgent first.${groups.length < act && ` ${plural(act, 'alert')} with ${plural(groups.length, 'cause')}.`}${
    run.outcome === 'blocked' && ` ${act === 1 ? 'This stops' : 'These stop'} the release; nothing else does.`
  }</p>
${cards.map((group) => card(group, ruleOf(group.findings[0].ruleId), ids))}
${rest.length > 0 && restTable(rest)}
</section>`;
};

const card = (group: Group, rule: Rule | undefined, ids: ReturnType<typeof shortIds>): Markup => {
  const isNew = group.findings.some((f) => f.properties.baseline === 'new');
  return html`<article class="card" id="f-${group.id}">
<header><h3>${rich(group.title)}</h3><span class="id">${isNew && 'new '}<code>${group.id}</code></span>${
    rule !== undefined && html`<p>${rich(rule.help.why)}</p>`
  }</header>
<div class="cols"><div class="way"><h4>${pathTitle(group.path)}</h4>${pathList(group.path)}${group.findings.length > 1 && together(group, ids)}</div>
<aside><p class="why"><strong>${group.verdict.action === 'act' ? 'Why it blocks.' : 'Why.'}</strong> ${why(group.verdict)}</p><dl>${facts(group, rule)}</dl></aside></div>
${command(group)}
</article>
`;
};

const why = ({ rule, because, wouldChange }: Verdict): Markup =>
  html`Rule <code>${rule}</code>${because.length > 0 && html`: ${rich(sentence(because))}`}${
    wouldChange !== undefined && html` What would change it: ${rich(sentence([wouldChange]))}`
  }`;

/** One card may settle several alerts; each keeps its own id. */
const together = (group: Group, ids: ReturnType<typeof shortIds>): Markup =>
  html`<h4 class="also">${plural(group.findings.length, 'alert')}, one cause</h4><ul class="also">${group.findings.map(
    (finding) =>
      html`<li><span>${advisoryOf(finding).join(' ') || finding.ruleId}</span><span class="soft">${finding.severity}</span><code class="faint">${
        ids.get(finding.fingerprint) ?? ''
      }</code></li>`,
  )}</ul>`;

const facts = (group: Group, rule: Rule | undefined): readonly Markup[] => {
  const [first] = group.findings;
  const { vulnerability, confidence } = first;
  const severity = severitiesOf(group.findings.map((f) => f.severity));
  const rows: readonly (readonly [string, Value])[] = [
    ['owner', ownerFact(first)],
    ['advisory', advisoryFact(group)],
    ['package', group.component === undefined ? '' : named(group.component).text],
    ['weakness', rule === undefined ? '' : rule.taxa.slice(0, 3).join(', ')],
    ['severity', `${severity}, confidence ${confidence}`],
    ['CVSS', vulnerability?.cvss === undefined ? '' : html`<code>${vulnerability.cvss}</code>`],
    ['exploited', exploitedFact(first)],
    ['reach', reachFact(first)],
    ['since', sinceFact(first)],
    ['more', references(rule)],
  ];
  return rows.filter(([, value]) => value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
};

const advisoryFact = ({ advisories }: Group): Value =>
  advisories.length === 0 ? '' : advisories.map((id, index) => html`${index > 0 && ', '}<span class="nb">${id}</span>`);

const ownerFact = ({ properties: { ownership } }: Finding): Value => {
  if (ownership === undefined) return html`<span class="unknown">nobody is named; add a line to CODEOWNERS</span>`;
  return html`${ownership.owner} <span class="faint">${ownership.at ?? ownership.source}</span>`;
};

const EXPLOITED = { none: '', poc: 'proof of concept', active: 'seen in use' } as const;

const exploitedFact = ({ properties: { exploitation } }: Finding): string => {
  if (exploitation === undefined) return '';
  const { kev, epss, ssvc } = exploitation;
  const parts = [kev ? 'known exploited (KEV)' : '', epss === undefined ? '' : `EPSS ${chanceText(epss)}`, EXPLOITED[ssvc]];
  return parts.filter((part) => part !== '').join(', ');
};

const reachFact = ({ component, properties: { reachability, exposure } }: Finding): string => {
  const unasked = component === undefined ? '' : 'not analysed';
  const reach = reachability === undefined ? unasked : [reachLine(reachability), ...reasonsOf(reachability).slice(0, 1)].join(': ');
  return [reach, exposure === undefined ? '' : exposureText(exposure)].filter((part) => part !== '').join(', ');
};

const sinceFact = ({ properties: { introduced } }: Finding): Value =>
  introduced === undefined ? '' : html`${dateText(introduced.at)}, <code>${introduced.commit.slice(0, 7)}</code>`;

/** Links of others are followed only over https. */
const references = (rule: Rule | undefined): Value => {
  const safe = (rule?.help.references ?? []).filter((url) => /^https:\/\/[\w.-]+(?:[/?#]|$)/.test(url)).slice(0, 3);
  return safe.length === 0
    ? ''
    : safe.map((url, index) => html`${index > 0 && ', '}<a href="${url}" rel="noreferrer noopener">${url.slice('https://'.length)}</a>`);
};

const command = (group: Group): Markup => {
  const words = group.fixCommand ?? `breakwater explain ${group.id}`;
  return html`<div class="cmd"><code>${words}</code><button type="button" data-copy="${words}" aria-label="Copy ${words}">Copy</button><span class="note">${rich(group.fixHint)}${
    group.fixCommand !== undefined && ' The command proves it in a copy before it writes.'
  }</span></div>`;
};

const restTable = (groups: readonly Group[]): Markup =>
  html`<h3>${plural(groups.length, 'more cause')}, in the same order</h3>
<div class="table" tabindex="0" role="region" aria-label="More to act on"><table><thead><tr><th scope="col">what</th><th scope="col">severity</th><th scope="col">where</th><th scope="col">owner</th><th scope="col">finding</th></tr></thead>
<tbody>${groups.map(
    (group) =>
      html`<tr id="f-${group.id}"><td>${rich(group.title)}</td><td>${severitiesOf(group.findings.map((f) => f.severity))}</td><td class="at">${
        group.path.steps[0]?.place || group.path.steps[0]?.text || ''
      }</td><td class="soft">${group.owner ?? ''}</td><td><code>${group.id}</code></td></tr>`,
  )}</tbody></table></div>`;
