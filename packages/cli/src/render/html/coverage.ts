/** What was looked at and what was not, side by side. */
import type { Run } from '@breakwater/model';
import { type Looked, looked, plural, type Unseen, unseen } from '../words/index.ts';
import { type Role, tag } from './marks.ts';
import { html, type Markup, type Value } from './template.ts';
import { rich } from './text.ts';

/** A run that could not read thousands of files says so once a file in the machine formats. */
const MOST = 200;

export const coverageSection = (run: Run): Markup => {
  const missing = unseen(run);
  return html`<section id="coverage" aria-labelledby="cov-h">
<h2 id="cov-h">Coverage</h2>
<p class="lead">A pass says something only about what was looked at. This is all of it, and what was not.</p>
<div class="two">
<div class="table"><table class="cover"><thead><tr><th scope="col">looked at</th><th scope="col">how much</th></tr></thead><tbody>${lookedRows(looked(run))}</tbody></table></div>
<div class="table"><table class="cover"><thead><tr><th scope="col">not looked at</th><th scope="col">why, and how to change it</th></tr></thead><tbody>${missing
    .slice(0, MOST)
    .map(
      unseenRow,
    )}${missing.length > MOST && html`<tr><td></td><td>${plural(missing.length - MOST, 'more')} in the JSON output</td></tr>`}${
    missing.length === 0 && html`<tr><td colspan="2" class="how">nothing that this run knows of</td></tr>`
  }</tbody></table></div>
</div>
</section>`;
};

const lookedRows = (rows: readonly Looked[]): Value =>
  rows.length === 0
    ? html`<tr><td colspan="2" class="how">nothing</td></tr>`
    : rows.map(
        ({ name, how, whole }) =>
          html`<tr><td>${tag(whole ? 'ok' : 'unknown', name)}</td><td class="how">${how}${!whole && `${how === '' ? '' : ', '}not all of it`}</td></tr>`,
      );

const ROLES: Readonly<Record<Unseen['mark'], Role>> = { off: 'off', unknown: 'unknown', note: 'track' };

const unseenRow = ({ name, why, place, hint, mark }: Unseen): Markup =>
  html`<tr><td>${tag(ROLES[mark], name)}</td><td class="how">${place !== undefined && html`<span class="at">${place}</span> `}${rich(why)}${
    hint !== undefined && html`<br>${rich(hint)}`
  }</td></tr>`;
