import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from './nearest.ts';

describe('nearest', () => {
  it('finds the word that was meant', () => {
    expect(nearest('--fial-on', ['--fail-on', '--format', '--offline'])).toBe('--fail-on');
    expect(nearest('secret', ['secrets', 'dependencies'])).toBe('secrets');
  });
  it('makes no wild guess', () => expect(nearest('xyzzy', ['secrets', 'dependencies'])).toBeUndefined());
  it('measures like a metric', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      }),
    );
  });
});
