import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wavesOf } from './order.ts';

describe('waves of enrichers', () => {
  it('run what comes after only when it is there', () => {
    const waves = wavesOf([
      { adds: 'ownership', after: ['reachability'] },
      { adds: 'reachability', after: [] },
      { adds: 'exploitation', after: [] },
    ]);
    expect(waves.map((wave) => wave.map((e) => e.adds))).toEqual([['reachability', 'exploitation'], ['ownership']]);
  });

  it('name the members of a circle', () => {
    expect(() =>
      wavesOf([
        { adds: 'a', after: ['b'] },
        { adds: 'b', after: ['a'] },
      ]),
    ).toThrow(/a, b/);
  });

  it('keep every order that is asked for, and lose none', () => {
    const graph = fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(graph, (edges) => {
        // Edges only to earlier ones: no circles.
        const enrichers = edges.map((after, i) => ({ adds: `e${i}`, after: after.filter((n) => n < i).map((n) => `e${n}`) }));
        const waves = wavesOf([...enrichers].reverse());
        const at = new Map(waves.flatMap((wave, n) => wave.map((e) => [e.adds, n] as const)));
        expect(at.size).toBe(enrichers.length);
        for (const { adds, after } of enrichers) for (const before of after) expect(at.get(before)).toBeLessThan(at.get(adds) ?? 0);
      }),
    );
  });
});
