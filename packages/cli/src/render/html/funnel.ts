/** The funnel: a picture to scale, then the same numbers as arithmetic. */
import { BUCKETS, type Bucket, type Run } from '@breakwater/model';
import {
  type Asked,
  applicationText,
  bucketDecided,
  bucketLabel,
  bucketReason,
  type Cause,
  causesOf,
  count,
  type Group,
  type Judged,
  judged,
  named,
  plural,
  reachedWord,
  ruleFinder,
  sumsDefect,
  unfinished,
} from '../words/index.ts';
import { fieldOf, fieldWidth, type Scale, scaleOf } from './field.ts';
import { tag } from './marks.ts';
import { html, type Markup } from './template.ts';
import { rich } from './text.ts';

/** Up to so many alerts are named instead of drawn. */
const FEW = 6;

export interface Funnelled {
  readonly markup: Markup;
  /** Rules for the style sheet: the zones are as wide as what they hold. */
  readonly style: string;
}

export const funnelSection = (run: Run, groups: readonly Group[]): Funnelled => {
  const { alerts, act } = run.funnel;
  if (alerts === 0) return { markup: html``, style: '' };
  const scale = scaleFor(run);
  const defect = sumsDefect(run);
  const partial = unfinished(run) > 0 ? 'at least ' : '';
  const markup = html`<section id="funnel" aria-labelledby="funnel-h">
<h2 id="funnel-h">From ${partial}${plural(alerts, 'alert')} to ${count(act)}${partial !== '' && ' so far'}</h2>
<p class="lead">${dotWords(scale)} Each wall asks one question; what cannot answer it with yes stays behind it.</p>
<div class="harbour" role="group" aria-label="The funnel; the table after it has the same numbers">${zones(run, groups, scale)}</div>
${defect !== '' && html`<p class="defect">${tag('unknown', defect)}</p>`}
${sumTable(run)}
</section>`;
  return { markup, style: zoneStyle(run, scale) };
};

const dotWords = ({ perDot }: Scale): string =>
  perDot === 1 ? 'Each dot is one alert.' : `Each dot is ${count(perDot)} alerts, the last one of a field may be fewer.`;

const LEAST = [150, 150, 150, 150, 190];

/** Alerts that stay in each zone, by part of its field. */
const staying = ({ funnel: { buckets } }: Run): readonly (readonly number[])[] => [
  [buckets['not-shipped']],
  [buckets['never-loaded']],
  [buckets.unreachable + buckets.loaded, buckets.unknown],
  [many(buckets.reachable)],
  [many(buckets.act)],
];

const scaleFor = (run: Run): Scale => scaleOf(staying(run).map((parts, index) => ({ parts, least: LEAST[index] ?? 0 })));

const many = (alerts: number): number => (alerts > FEW ? alerts : 0);

/** Where the full size does not fit, all fields shrink by the same factor, so that the picture stays to scale. */
const SMALL = 0.6;

/** On paper the zones keep their proportions; on a narrow screen they stand below one another. */
const zoneStyle = (run: Run, scale: Scale): string => {
  const columns = scale.zones.map((width) => `minmax(${width}px,1fr)`).join(' ');
  const print = scale.zones.map((width) => `minmax(0,${width}fr)`).join(' ');
  const fields = staying(run).map(
    (parts, index) => `.zone:nth-child(${index + 1}) .field{width:${(fieldWidth(parts, scale) * SMALL).toFixed(1)}px}`,
  );
  return [
    `@media screen and (min-width:1061px){.harbour{grid-template-columns:${columns}}}`,
    `@media print{.harbour{grid-template-columns:${print}}}`,
    `@media print,screen and (max-width:389px){${fields.join('')}}`,
  ].join('');
};

const zones = (run: Run, groups: readonly Group[], scale: Scale): readonly Markup[] => {
  const { alerts, shipped, loaded, reachable, act, buckets } = run.funnel;
  const closed = buckets.unreachable + buckets.loaded;
  return [
    zone(alerts, alerts === 1 ? 'alert a plain scanner lists' : 'alerts a plain scanner lists', [
      fieldOf([{ alerts: buckets['not-shipped'], kind: 'sea' }], scale),
      stay(buckets['not-shipped'], 'not in what ships'),
    ]),
    zone(shipped, 'in what is shipped', [
      fieldOf([{ alerts: buckets['never-loaded'], kind: 'sea' }], scale),
      stay(buckets['never-loaded'], 'never loaded'),
    ]),
    zone(loaded, 'in what is loaded', [
      fieldOf(
        [
          { alerts: closed, kind: 'sea' },
          { alerts: buckets.unknown, kind: 'open' },
        ],
        scale,
      ),
      html`<span class="stay">${closed > 0 && `${count(closed)} ${closed === 1 ? 'has' : 'have'} no path`}${
        buckets.unknown > 0 &&
        html`<br><span class="unknown">${count(buckets.unknown)} ${buckets.unknown === 1 ? 'is' : 'are'} unknown</span>`
      }</span>`,
    ]),
    zone(reachable, reachedWord(run), [few(run, buckets.reachable, scale), stay(buckets.reachable, 'not to act on')]),
    html`<div class="zone last${act > 0 && ' red'}"><b>${count(act)}</b><span class="name">to act on</span>${actList(run, groups, scale)}<span class="stay">${
      run.outcome === 'blocked'
        ? `${act === 1 ? 'this blocks' : 'these block'} ${applicationText(run)}`
        : act === 0 && (run.outcome === 'incomplete' ? 'nothing so far' : 'nothing blocks')
    }</span></div>`,
  ];
};

const zone = (n: number, name: string, body: readonly (Markup | undefined)[]): Markup =>
  html`<div class="zone"><b>${count(n)}</b><span class="name">${name}</span>${body}</div>`;

const stay = (n: number, words: string): Markup =>
  html`<span class="stay">${n > 0 && `${count(n)} ${n === 1 ? 'is' : 'are'} ${words}`}</span>`;

/** Reachable, not to act on: names where they fit, dots where not. */
const few = (run: Run, n: number, scale: Scale): Markup | undefined => {
  if (n > FEW) return fieldOf([{ alerts: n, kind: 'sea' }], scale);
  const alerts = judged(run).filter((alert) => alert.bucket === 'reachable');
  return n === 0 || alerts.length > FEW
    ? undefined
    : html`<ul class="few">${alerts.map((alert) => html`<li>${shortName(run, alert)}</li>`)}</ul>`;
};

const actList = (run: Run, groups: readonly Group[], scale: Scale): Markup | undefined => {
  const { act } = run.funnel;
  if (act === 0) return undefined;
  if (act > FEW) return fieldOf([{ alerts: act, kind: 'red' }], scale);
  const links = groups.flatMap((group) => group.findings.map((finding) => ({ group, finding })));
  const alerts = new Map(judged(run).map((alert) => [alert.finding.fingerprint, alert]));
  return html`<ul class="few red">${links.map(({ group, finding }) => {
    const alert = alerts.get(finding.fingerprint);
    return alert !== undefined && html`<li><a href="#f-${group.id}">${shortName(run, alert)}</a></li>`;
  })}</ul>`;
};

/** A few words for a narrow zone: the package, else the name of the rule. */
const shortName = (run: Run, { finding }: Judged): string =>
  finding.component === undefined ? (ruleFinder(run)(finding.ruleId)?.name ?? finding.message) : named(finding.component).text;

const sumTable = (run: Run): Markup => {
  const { funnel } = run;
  const controls = run.steps.filter((step) => step.kind === 'control' && (step.status === 'complete' || step.status === 'partial')).length;
  const causes = causesOf(run);
  return html`<table class="sum"><caption class="sr">The same funnel as arithmetic</caption>
<thead><tr><th scope="col" class="n">alerts</th><th scope="col">what</th><th scope="col">how it is known</th><th scope="col">counted as</th></tr></thead>
<tbody>
<tr class="rest"><td class="n">${count(funnel.alerts)}</td><td>found by ${plural(controls, 'control')}</td><td></td><td></td></tr>
${BUCKETS.filter((bucket) => bucket !== 'act' && funnel.buckets[bucket] > 0).map((bucket) => sumRow(run, bucket, causes))}
<tr class="rest"><td class="n${funnel.act > 0 && ' act'}">= ${count(funnel.act)}</td><td>to act on</td><td></td><td>${
    funnel.act > 0 && html`<a href="#act">${count(funnel.act)} act</a>`
  }</td></tr>
</tbody></table>`;
};

const sumRow = (run: Run, bucket: Bucket, causes: readonly Cause[]): Markup => {
  const unknown = bucket === 'unknown';
  const label = bucketLabel(run, bucket);
  const asked: Asked | undefined = causes.find((cause) => cause.bucket === bucket)?.asked;
  const counted = asked === 'not affected' ? asked : bucketDecided(run.funnel, bucket);
  return html`<tr><td class="n${unknown && ' unknown'}">−${count(run.funnel.buckets[bucket])}</td><td>${unknown ? tag('unknown', label) : label}</td><td class="soft">${rich(
    bucketReason(run, bucket) || (bucket === 'reachable' ? 'a path exists; the gate lets them pass and watches them' : ''),
  )}</td><td><a href="#else" data-show="${bucket}">${counted}</a></td></tr>
`;
};
