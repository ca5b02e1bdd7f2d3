/** One file that shows a run to people: loads nothing, opens anywhere, prints. */
import { createHash } from 'node:crypto';
import type { Run } from '@breakwater/model';
import { groupFindings, verdictSentence, verdictWord } from '../words/index.ts';
import { actSection } from './card.ts';
import { coverageSection } from './coverage.ts';
import { funnelSection } from './funnel.ts';
import { type Part, topBar, verdictBlock } from './head.ts';
import { symbols } from './marks.ts';
import { measuredSection } from './measured.ts';
import { restSection } from './rest.ts';
import { script } from './script.ts';
import { mediaStyle } from './style-media.ts';
import { pageStyle } from './style-page.ts';
import { partsStyle } from './style-parts.ts';
import { html, type Markup, textOf, trusted } from './template.ts';
import { tokens } from './tokens.ts';

/** Shown when no script may run: all rows open, no filter that would do nothing. */
const NO_SCRIPT = 'tr.more[hidden]{display:table-row}.filters,[data-copy]{display:none}';

/** Same run, same bytes. Never throws for a run of the schema; sums that do not add up are said on the page. */
export const renderHtml = (run: Run): string => {
  const groups = groupFindings(run, 'act');
  const funnel = funnelSection(run, groups);
  const style = `${tokens}${pageStyle}${partsStyle}${funnel.style}${mediaStyle}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${verdictSentence(run)} · Breakwater</title>
<style>${trusted(style)}</style>
<noscript><style>${trusted(NO_SCRIPT)}</style></noscript>
</head>
<body>
<a class="skip" href="#${groups.length > 0 ? 'act' : 'coverage'}">Skip to ${groups.length > 0 ? 'the findings to act on' : 'what was looked at'}</a>
${symbols}
${topBar(run, partsOf(run))}
<main>
${verdictBlock(run, groups)}
${funnel.markup}
${groups.length > 0 ? actSection(run, groups) : run.outcome !== 'nothing' && nothingToAct(run)}
${restSection(run)}
${coverageSection(run)}
${measuredSection(run)}
</main>
<footer>Made by Breakwater ${run.tool.version}; verdict: ${verdictWord(run)}. This file loads nothing from anywhere and holds no secret in clear.</footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return textOf(page);
};

/** Only these very bytes of style and script may run; no form is sent, no base is set, nothing is loaded. */
const policy = (style: string): string =>
  [
    "default-src 'none'",
    `style-src ${hash(style)} ${hash(NO_SCRIPT)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const partsOf = (run: Run): readonly Part[] => [
  ...(run.funnel.alerts > 0 ? [{ id: 'funnel', name: 'Funnel' }] : []),
  ...(run.outcome === 'nothing' && run.funnel.act === 0 ? [] : [{ id: 'act', name: 'To act on' }]),
  ...(run.funnel.alerts > run.funnel.act ? [{ id: 'else', name: 'Everything else' }] : []),
  { id: 'coverage', name: 'Coverage' },
  { id: 'measured', name: 'How it was measured' },
];

/** Empty because all is well, or because not all was looked at: the two read differently. */
const nothingToAct = (run: Run): Markup => {
  const open = run.outcome === 'incomplete';
  return html`<section id="act" aria-labelledby="act-h"><h2 id="act-h">Nothing to act on${open && ' so far'}</h2>
<p class="lead">${
    open
      ? html`That is no pass: <a href="#coverage">not everything was looked at</a>.`
      : html`Everything that was looked at is under <a href="#coverage">coverage</a>.`
  }</p></section>`;
};
