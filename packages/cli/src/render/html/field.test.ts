import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOf, scaleOf } from './field.ts';
import { html, textOf } from './template.ts';

const zonesOf = (counts: readonly number[]) => counts.map((alerts) => ({ parts: [alerts], least: 150 }));
const drawn = (markup: ReturnType<typeof fieldOf>): string => textOf(html`${markup}`);
const dots = (svg: string): number => (svg.match(/M[\d.]+ [\d.]+h0/g) ?? []).length;

describe('the scale', () => {
  it('draws one dot for one alert as long as they fit', () => {
    expect(scaleOf(zonesOf([1_202, 466, 134])).perDot).toBe(1);
    expect(scaleOf(zonesOf([0, 0, 0])).perDot).toBe(1);
  });

  it('lets a dot stand for more when they do not', () => {
    expect(scaleOf(zonesOf([40_000, 3_000, 12])).perDot).toBe(50);
    expect(scaleOf(zonesOf([9_000_000, 3_000, 12])).perDot).toBe(10_000);
  });

  it('never needs more room than a page and a small screen have', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000_000), { minLength: 1, maxLength: 5 }), (counts) => {
        const scale = scaleOf(zonesOf(counts));
        expect(scale.rows * scale.pitch).toBeLessThanOrEqual(215);
        expect(scale.zones.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(1_056);
        for (const alerts of counts)
          expect(Math.ceil(Math.ceil(alerts / scale.perDot) / scale.rows) * scale.pitch).toBeLessThanOrEqual(324);
      }),
    );
  });
});

describe('a field', () => {
  const scale = scaleOf(zonesOf([1_202, 466, 134]));

  it('has one dot for each alert, each at a place of its own', () => {
    const svg = drawn(fieldOf([{ alerts: 1_202, kind: 'sea' }], scale));
    expect(dots(svg)).toBe(1_202);
    expect(new Set(svg.match(/M[\d.]+ [\d.]+h0/g)).size).toBe(1_202);
  });

  it('draws unknown as rings after the rest', () => {
    const parts = [
      { alerts: 118, kind: 'sea' },
      { alerts: 16, kind: 'open' },
    ] as const;
    const [sea = '', open = '', hole = ''] = drawn(fieldOf(parts, scale)).match(/<path[^>]+>/g) ?? [];
    expect([dots(sea), dots(open), dots(hole)]).toEqual([118, 16, 16]);
  });

  it('rounds up, so that nothing disappears', () => {
    const coarse = { ...scale, perDot: 100 };
    const parts = [
      { alerts: 150, kind: 'sea' },
      { alerts: 1, kind: 'open' },
    ] as const;
    expect(dots(drawn(fieldOf([{ alerts: 101, kind: 'sea' }], coarse)))).toBe(2);
    expect(drawn(fieldOf(parts, coarse))).toContain('dots open');
  });

  it('is nothing for no alerts', () => expect(fieldOf([{ alerts: 0, kind: 'sea' }], scale)).toBeUndefined());
});
