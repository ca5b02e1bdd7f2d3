import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';

describe('canonical', () => {
  it('sorts keys by UTF-16 code unit, as RFC 8785 §3.2.3 shows', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude02': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.keys(JSON.parse(canonical(value))).filter((k) => k !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude02',
      '\ufb33',
    ]);
  });

  it('writes numbers as ECMAScript does', () => {
    expect(canonical([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]');
  });

  it('leaves undefined members out and refuses what JSON cannot say', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}');
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, [undefined], { a: () => 1 }, new Map(), 1n])
      expect(() => canonical(bad)).toThrow(TypeError);
  });

  it('refuses nesting that would exhaust the stack', () => {
    expect(() => canonical(JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`))).toThrow(TypeError);
  });

  it('is a fixed point, keeps the value, and does not see the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(reversed)).toBe(canonical(value));
      }),
    );
  });
});
