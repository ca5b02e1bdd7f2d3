import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keywordIndex } from './keywords.ts';

const found = (keywords: readonly string[], text: string): string[] => {
  const hits: string[] = [];
  keywordIndex(keywords).scan(text, (keyword, start) => hits.push(`${keyword}@${start}`));
  return hits.sort();
};

const naive = (keywords: readonly string[], text: string): string[] => {
  const folded = text.replace(/[A-Z]/g, (c) => c.toLowerCase());
  return keywords.flatMap((k, i) => [...folded].flatMap((_, at) => (folded.startsWith(k, at) ? [`${i}@${at}`] : []))).sort();
};

it('finds what a plain search finds, overlapping and nested keywords too', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 5 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_', 'A', 'B', 'x', 'é', ' '), maxLength: 60 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), text, (k, t) => {
      expect(found(k, t)).toEqual(naive(k, t));
    }),
  );
});

it('folds the letters of ASCII only', () => {
  expect(found(['sk_'], 'SK_ sk_ \u017Fk_ s\u212A_')).toEqual(['0@0', '0@4']);
});

it.each([
  [['']],
  [['Key']],
  [['clé']],
  [
    [
      Array.from({ length: 64 }, (_, i) => String.fromCharCode(i + 32))
        .join('')
        .toLowerCase(),
    ],
  ],
])('refuses keywords that it cannot hold: %j', (keywords) => {
  expect(() => keywordIndex(keywords)).toThrow(RangeError);
});
