/** Everything that does not stop the release, a row for each cause; a number opens its alerts. */
import { BUCKETS, type Run } from '@breakwater/model';
import {
  type Asked,
  advisoryOf,
  type Cause,
  causesOf,
  count,
  gathered,
  type Judged,
  named,
  placeOf,
  plural,
  reachText,
  reachWord,
  reasonsOf,
  shortIds,
} from '../words/index.ts';
import { type Role, tag } from './marks.ts';
import { html, type Markup } from './template.ts';
import { rich } from './text.ts';

/** Alerts that one row can open, and that all can; the machine formats hold them all. */
const MOST_ALERTS = 2_000;
const MOST_IN_ALL = 20_000;
const LEAST_ALERTS = 20;
const MOST_REASONS = 3;

const ROLES: Readonly<Record<Asked, Role>> = { act: 'act', attend: 'attend', track: 'track', 'not affected': 'ok' };

export const restSection = (run: Run): Markup => {
  const causes = causesOf(run);
  if (causes.length === 0) return html``;
  const alerts = causes.reduce((sum, cause) => sum + cause.alerts.length, 0);
  const ids = shortIds(run.findings);
  const share = alerts <= MOST_IN_ALL ? MOST_ALERTS : Math.max(LEAST_ALERTS, Math.floor(MOST_IN_ALL / causes.length));
  const most = Math.min(MOST_ALERTS, share);
  return html`<section id="else" aria-labelledby="else-h">
<h2 id="else-h">Everything else</h2>
<p class="lead">${plural(alerts, 'alert')} ${alerts === 1 ? 'that does' : 'that do'} not stop the release, grouped by cause. Open a number for its alerts; <code>breakwater scan --format sarif</code> has one row for each.</p>
${filters(causes)}
<div class="table" tabindex="0" role="region" aria-label="Findings that do not stop the release"><table class="causes">
<thead><tr><th scope="col">decision</th><th scope="col">what</th><th scope="col">severity</th><th scope="col">reach</th><th scope="col">where and why</th><th scope="col">owner</th><th scope="col" class="n">alerts</th></tr></thead>
<tbody id="rows">${causes.map((cause, index) => causeRows(cause, index, most, ids))}</tbody></table></div>
</section>`;
};

const filters = (causes: readonly Cause[]): Markup => {
  const asked = [...new Set(causes.map((cause) => cause.asked))];
  const buckets = BUCKETS.filter((bucket) => causes.some((cause) => cause.bucket === bucket)).reverse();
  return html`<form class="filters" role="search" id="filters">
<label><span class="sr">Search</span><input type="search" id="q" placeholder="Package, file, CVE, owner" autocomplete="off"></label>
<label>Decision <select id="f-d"><option value="">all</option>${asked.map((word) => html`<option>${word}</option>`)}</select></label>
<label>Reach <select id="f-r"><option value="">all</option>${buckets.map((bucket) => html`<option value="${bucket}">${reachWord(bucket)}</option>`)}</select></label>
<span id="count" class="soft" role="status"></span>
<button type="button" id="clear" hidden>Clear</button>
</form>`;
};

const causeRows = (cause: Cause, index: number, most: number, ids: ReturnType<typeof shortIds>): Markup => {
  const { asked, bucket, what, severity, reach, where, owner, alerts } = cause;
  const unknown = bucket === 'unknown' && 'unknown';
  const id = `m-${index}`;
  const action = asked === 'not affected' ? asked : alerts[0].verdict.action;
  return html`<tr class="cause" data-d="${asked}" data-r="${bucket}" data-n="${alerts.length}"><td>${tag(ROLES[asked], action)}</td><td class="what">${rich(what)}</td><td>${severity}</td><td class="reach ${unknown}">${reach}</td><td class="soft where">${rich(where)}</td><td class="soft owner">${owner}</td><td class="n"><button type="button" class="n" aria-expanded="false" aria-controls="${id}" aria-label="${plural(alerts.length, 'alert')} of ${what}">${count(alerts.length)}</button></td></tr>
<tr class="more" id="${id}" hidden><td colspan="7">${opened(cause, most, ids)}</td></tr>
`;
};

const opened = ({ alerts }: Cause, most: number, ids: ReturnType<typeof shortIds>): Markup => {
  const shown = alerts.slice(0, most);
  const more = alerts.length - shown.length;
  const packages = gathered(shown, lineOf);
  return html`${sharedVerdict(alerts)}
<ul>${[...packages.values()].map((group) => (group[0].finding.component === undefined ? placeLine(group[0], ids) : packageLine(group, ids)))}</ul>${
    more > 0 && html`<p>${plural(more, 'more alert')} in the JSON and SARIF output.</p>`
  }`;
};

/** One line for the alerts of a package that have the same reason. */
const lineOf = ({ finding }: Judged): string => {
  const { reachability } = finding.properties;
  return finding.component === undefined
    ? finding.fingerprint
    : [finding.component.purl, reachability?.status, ...(reachability?.because ?? [])].join('\0');
};

/** Alerts of one cause may have been decided by different rules; then each alert is best asked with `explain`. */
const sharedVerdict = (alerts: Cause['alerts']): Markup | false => {
  const [{ verdict }] = alerts;
  if (alerts.some((alert) => alert.verdict.rule !== verdict.rule || alert.verdict.because.join() !== verdict.because.join())) return false;
  return html`<p>Rule <code>${verdict.rule}</code>${verdict.because.length > 0 && html`: ${rich(verdict.because.join('; '))}`}</p>`;
};

const packageLine = (group: readonly [Judged, ...Judged[]], ids: ReturnType<typeof shortIds>): Markup => {
  const [{ finding }] = group;
  const { component, properties } = finding;
  const because = properties.reachability === undefined ? [] : reasonsOf(properties.reachability);
  return html`<li><strong>${component !== undefined && named(component).text}</strong> ${group.map(
    (alert, index) =>
      html`${index > 0 && ', '}${advisoryOf(alert.finding).join(' ') || alert.finding.ruleId} <span class="faint">${alert.finding.severity}, ${
        ids.get(alert.finding.fingerprint) ?? ''
      }</span>`,
  )}${because.length > 0 && html`<br>${reachText(group[0])}: ${rich(reasonText(because))}`}</li>`;
};

/** What it rests on; a certificate is long, and `explain` has all of it. */
const reasonText = (because: readonly string[]): string => {
  const more = because.length - MOST_REASONS;
  const all = more > 0 ? [...because.slice(0, MOST_REASONS), `${count(more)} more in \`breakwater explain\``] : because;
  return all.join('; ');
};

const placeLine = ({ finding }: Judged, ids: ReturnType<typeof shortIds>): Markup =>
  html`<li><span class="at">${placeOf(finding.locations[0])}</span> ${rich(finding.message)} <span class="faint">${finding.severity}, ${
    ids.get(finding.fingerprint) ?? ''
  }</span></li>`;
