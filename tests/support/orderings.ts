/** What every ordering of versions must hold: its own vectors, the laws of a total order, and a bounded time on hostile text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** The shape of `ecosystems/versions/order.ts`. */
interface Ordering<V> {
  readonly parse: (text: string) => V | undefined;
  readonly compare: (a: V, b: V) => number;
}

export interface OrderingVectors {
  /** Groups of equal versions, lowest first. */
  readonly ascending: readonly (readonly string[])[];
  readonly unorderable: readonly string[];
  /** Pieces that versions of the ecosystem are made of. */
  readonly pieces: readonly string[];
  /** Where the reference itself is no total order over any text: what its users write. */
  readonly realistic?: fc.Arbitrary<string>;
}

const MEGABYTE = 1 << 20;

const placed = <V>({ parse }: Ordering<V>, { ascending }: OrderingVectors) =>
  ascending.flatMap((group, rank) =>
    group.map((text) => {
      const version = parse(text);
      if (version === undefined) throw new Error(`cannot be ordered: ${text}`);
      return { text, rank, version };
    }),
  );

/** -0 is 0 here. */
const sign = (order: number): number => Math.sign(order) + 0;

const itKnows = <V>(ordering: Ordering<V>, vectors: OrderingVectors): void => {
  it('orders every pair of its vectors', () => {
    const all = placed(ordering, vectors);
    const wrong = all.flatMap((a) =>
      all.flatMap((b) => {
        const order = sign(ordering.compare(a.version, b.version));
        return order === sign(a.rank - b.rank) ? [] : [`${a.text} against ${b.text}: ${order}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('restores its vectors from any order', () => {
    const all = placed(ordering, vectors);
    fc.assert(
      fc.property(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), (shuffled) => {
        const sorted = shuffled.flatMap((at) => all[at] ?? []).sort((a, b) => ordering.compare(a.version, b.version));
        const ranks = sorted.map(({ rank }) => rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  it('does not guess what it cannot order', () => {
    expect(vectors.unorderable.filter((text) => ordering.parse(text) !== undefined)).toEqual([]);
  });
};

const itIsAnOrder = <V>({ parse, compare }: Ordering<V>, { pieces, realistic }: OrderingVectors): void => {
  it('is a total order', () => {
    const anyText = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 }).map((list) => list.join(''));
    const version = (realistic ?? anyText).map(parse).filter((one) => one !== undefined);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(sign(compare(a, a))).toBe(0);
        expect(sign(compare(a, b))).toBe(sign(-compare(b, a)));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
        if (compare(a, b) === 0) expect(sign(compare(a, c))).toBe(sign(compare(b, c)));
      }),
      { numRuns: 2000 },
    );
  });
};

const itIsBounded = <V>({ parse, compare }: Ordering<V>, { pieces }: OrderingVectors): void => {
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parse(text)));
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (list) => void parse(list.join(''))));
  });

  it('is done with a megabyte of any of its pieces', () => {
    for (const unit of [...pieces, '.1', '-1', 'a1', pieces.join('')]) {
      const version = parse(`1${unit.repeat(MEGABYTE / unit.length)}!`);
      if (version !== undefined) expect(sign(compare(version, version))).toBe(0);
    }
  });
};

export const describeOrdering = <V>(name: string, ordering: Ordering<V>, vectors: OrderingVectors): void => {
  describe(name, () => {
    itKnows(ordering, vectors);
    itIsAnOrder(ordering, vectors);
    itIsBounded(ordering, vectors);
  });
};
