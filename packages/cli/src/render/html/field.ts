/** Fields of dots drawn to one scale: a dot is the same number of alerts, and has the same size, in every zone of the funnel. */
import { html, type Markup } from './template.ts';

export interface Scale {
  /** Alerts for each dot: 1 as long as they fit; the last dot of a field may stand for fewer. */
  readonly perDot: number;
  /** Distance of two dots in CSS pixels. */
  readonly pitch: number;
  /** Dots in a full column. */
  readonly rows: number;
  /** Width that each zone needs in CSS pixels, its padding included. */
  readonly zones: readonly number[];
}

export interface Zone {
  /** Alerts of each part of its field. */
  readonly parts: readonly number[];
  /** Width that its numbers and words need. */
  readonly least: number;
}

const PITCHES = [18, 15, 12, 10, 9, 8.2, 7.4, 6.8, 6.2];
/** Widest field that a screen of 390 px shows at full size, so that fields stay to scale there. */
const WIDEST = 324;
const TALLEST = 215;
const PADDING = 32;
const PAGE = 1056;
/** A little wider than tall. */
const SHAPE = 1.9;

/** The largest dots that fit the page; when the smallest do not, a dot is 2, 5, 10, 20 … alerts. */
export const scaleOf = (zones: readonly Zone[]): Scale => {
  for (let power = 0; ; power++) {
    for (const step of [1, 2, 5]) {
      const fits = PITCHES.map((pitch) => scaleWith(zones, step * 10 ** power, pitch)).find(fitting);
      if (fits !== undefined) return fits;
    }
  }
};

const scaleWith = (zones: readonly Zone[], perDot: number, pitch: number): Scale => {
  const dots = zones.map((zone) => dotsFor(zone.parts, perDot));
  const most = Math.max(1, ...dots);
  const rows = Math.max(Math.ceil(most / Math.floor(WIDEST / pitch)), Math.ceil(Math.sqrt(most / SHAPE)));
  const widths = dots.map((n, index) => Math.max(zones[index]?.least ?? 0, Math.ceil(Math.ceil(n / rows) * pitch) + PADDING));
  return { perDot, pitch, rows, zones: widths };
};

const fitting = ({ rows, pitch, zones }: Scale): boolean => rows * pitch <= TALLEST && zones.reduce((sum, width) => sum + width, 0) <= PAGE;

export interface Part {
  readonly alerts: number;
  readonly kind: 'sea' | 'open' | 'red';
}

/** Columns from the left, each from the top; `open` dots are rings, so that unknown differs without colour. */
export const fieldOf = (parts: readonly Part[], scale: Scale): Markup | undefined => {
  const ends = parts.map((_, index) =>
    dotsFor(
      parts.slice(0, index + 1).map((part) => part.alerts),
      scale.perDot,
    ),
  );
  const dots = ends.at(-1) ?? 0;
  if (dots === 0) return undefined;
  const width = rounded(Math.ceil(dots / scale.rows) * scale.pitch);
  const height = rounded(Math.min(dots, scale.rows) * scale.pitch);
  const drawn = parts.map((part, index) => dotsOf(part.kind, ends[index - 1] ?? 0, ends[index] ?? 0, scale));
  return html`<svg class="field" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${drawn}</svg>`;
};

/** CSS pixels that a field of these parts takes at full size. */
export const fieldWidth = (parts: readonly number[], { perDot, rows, pitch }: Scale): number =>
  Math.ceil(dotsFor(parts, perDot) / rows) * pitch;

/** Each part is rounded up by itself: a single unknown never disappears among others. */
const dotsFor = (parts: readonly number[], perDot: number): number => parts.reduce((sum, alerts) => sum + Math.ceil(alerts / perDot), 0);

const dotsOf = (kind: Part['kind'], from: number, to: number, { pitch, rows }: Scale): Markup => {
  const dots: string[] = [];
  for (let dot = from; dot < to; dot++) {
    const x = (Math.floor(dot / rows) + 0.5) * pitch;
    const y = ((dot % rows) + 0.5) * pitch;
    dots.push(`M${rounded(x)} ${rounded(y)}h0`);
  }
  if (dots.length === 0) return html``;
  const path = dots.join('');
  const ring = kind === 'open' && html`<path class="dots hole" stroke-width="${rounded(pitch * 0.26)}" d="${path}"/>`;
  return html`<path class="dots ${kind}" stroke-width="${rounded(pitch * 0.6)}" d="${path}"/>${ring}`;
};

const rounded = (n: number): number => Math.round(n * 100) / 100;
