/** The marks of the roles, the same in every surface: each has a shape, colour never stands alone. */
import { html, type Markup, trusted, type Value } from './template.ts';

export type Role = 'act' | 'attend' | 'track' | 'ok' | 'unknown' | 'off';

/** Drawn once, used by reference. */
export const symbols: Markup = trusted(`<svg width="0" height="0" class="symbols" aria-hidden="true">
<symbol id="m-act" viewBox="0 0 16 16"><path d="m4 4 8 8m0-8-8 8" stroke-width="2.4"/></symbol>
<symbol id="m-attend" viewBox="0 0 16 16"><path d="M8 3.2 13.6 13H2.4z" fill="currentColor"/></symbol>
<symbol id="m-track" viewBox="0 0 16 16"><circle cx="8" cy="8" r="1.6" fill="currentColor"/></symbol>
<symbol id="m-ok" viewBox="0 0 16 16"><path d="m3 8.5 3.4 3.4L13 4.8" stroke-width="2.2"/></symbol>
<symbol id="m-unknown" viewBox="0 0 16 16"><path d="M5.4 6a2.6 2.6 0 1 1 3.8 2.3c-.8.4-1.2.9-1.2 1.7M8 12.7v.1" stroke-width="2"/></symbol>
<symbol id="m-off" viewBox="0 0 16 16"><circle cx="8" cy="8" r="4.6" stroke-dasharray="2 2.4"/></symbol>
</svg>`);

export const logo: Markup = trusted(
  '<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><path d="M2 7c1.6-2 3.2-2 4.8 0M2 11.5c1.6-2 3.2-2 4.8 0M2 16c1.6-2 3.2-2 4.8 0"/>' +
    '<path d="M10.5 2.5v15" stroke-width="2.6"/><path d="M14.5 11.5h3.6M14.5 16h3.6" opacity=".6"/></svg>',
);

/** A word with its mark; `off` has the colour of unknown and a dashed ring: it was no part of the run. */
export const tag = (role: Role, text: Value): Markup =>
  html`<span class="tag ${role === 'off' ? 'unknown' : role}"><svg class="i" aria-hidden="true"><use href="#m-${role}"/></svg>${text}</span>`;
