import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsPath } from './glob.ts';

describe('patterns of paths', () => {
  it.each([
    ['src/*.js', 'src/a.js', true],
    ['src/*.js', 'src/deep/a.js', false],
    ['src/**/*.js', 'src/a.js', true],
    ['src/**/*.js', 'src/x/y/a.js', true],
    ['**', 'a/b', true],
    ['./jobs/{a,b}.{js,ts}', 'jobs/b.ts', true],
    ['jobs/{a,b}.js', 'jobs/c.js', false],
    ['a/**/b/**/c', 'a/x/b/y/c', true],
    ['a/**/b', 'a/x', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(fitsPath(pattern, path)).toBe(expected);
  });

  it('fits what it was made from, whichever folder is left open', () => {
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), fc.nat(), (parts, at) => {
        const path = parts.join('/');
        expect(fitsPath(path, path)).toBe(true);
        expect(fitsPath(['**', ...parts.slice(at % parts.length)].join('/'), path)).toBe(true);
        expect(fitsPath(`${path}/x`, path)).toBe(false);
      }),
    );
  });

  it('ends on the worst of its kind', () => {
    expect(fitsPath(`${'**/'.repeat(200)}x`, `${'a/'.repeat(200)}y`)).toBe(false);
    expect(fitsPath('{a,b}'.repeat(2_000), 'a')).toBe(false);
  });
});
