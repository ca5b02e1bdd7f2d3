/** A path as a rail with one stop for each step, grouped by whose code it is; the end is a diamond. */
import { count, type Path, plural, type Step } from '../words/index.ts';
import { html, type Markup } from './template.ts';

/** Longer paths show their ends. */
const MOST_STEPS = 24;
const END = 10;

export const pathTitle = ({ kind, steps }: Path): string => {
  if (kind === 'calls' && steps.length > 1) return `Path from the entry point, ${plural(steps.length, 'step')}`;
  if (kind === 'loads') return `How it is loaded, ${plural(steps.length, 'step')}`;
  if (kind === 'flow') return `Path, ${plural(steps.length, 'step')}`;
  if (kind === 'origin') return 'How it comes in';
  return steps.length === 1 ? 'Where it stands' : `Where it stands, ${plural(steps.length, 'place')}`;
};

export const pathList = ({ kind, steps }: Path): Markup => {
  const shown = steps.length <= MOST_STEPS ? steps : [...steps.slice(0, END), gap(steps.length - 2 * END), ...steps.slice(-END)];
  if (kind === 'places') return html`<ul class="path places">${shown.map((step) => stop(step, 'last'))}</ul>`;
  const grouped = shown.some((step) => step.whose !== undefined);
  return html`<ol class="path">${shown.map((step, index) => [
    grouped && (index === 0 || step.whose !== shown[index - 1]?.whose) && html`<li class="whose">${step.whose ?? 'your code'}</li>`,
    stop(step, role(index, shown.length)),
  ])}</ol>`;
};

const gap = (steps: number): Step => ({ text: `… ${count(steps)} steps more`, place: '' });

const role = (index: number, length: number): string => {
  if (index === length - 1) return length === 1 ? 'last only' : 'last';
  return index === 0 ? 'first' : '';
};

const stop = ({ text, place }: Step, end: string): Markup =>
  html`<li class="stop ${end}"><code>${text}</code>${place !== '' && html`<span class="at">${place}</span>`}</li>`;
