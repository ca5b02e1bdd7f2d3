import { describe, expect, it } from 'vitest';
import { COST, Edges } from './edges.ts';

describe('the way to a function', () => {
  it('is sure when a call that was first not known turns out to be known', () => {
    const edges = new Edges();
    edges.add(0, 1, 5, COST.some);
    edges.add(0, 1, 7, COST.known);
    expect(edges.path([0], 1, true)).toEqual([{ from: 0, line: 7 }]);
  });

  it('takes known calls before a shorter way over names, and says when none is sure', () => {
    const edges = new Edges();
    edges.add(0, 3, 1, COST.named);
    for (const at of [0, 1, 2]) edges.add(at, at + 1, 10 + at);
    edges.add(3, 4, 20, COST.some);
    expect(edges.path([0], 3, true)?.map(({ line }) => line)).toEqual([10, 11, 12]);
    expect(edges.path([0], 4, true)).toBeUndefined();
    expect(edges.path([0], 4, false)?.at(-1)).toEqual({ from: 3, line: 20 });
    expect(edges.path([0], 9, false)).toBeUndefined();
  });
});
