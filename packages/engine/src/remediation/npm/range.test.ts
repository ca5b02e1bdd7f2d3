import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { admits, distance, rangeFor } from './range.ts';

const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.'));

describe('rangeFor', () => {
  it.each([
    ['^3.1.6', '^3.1.10'],
    ['~3.1.6', '~3.1.10'],
    ['3.1.6', '3.1.10'],
    ['=3.1.6', '=3.1.10'],
    ['3.x', '^3.1.10'],
    ['>=3 <3.1.7', '^3.1.10'],
    ['npm:other@^3.1.6', 'npm:other@^3.1.10'],
    ['npm:@a/b@3.1.6', 'npm:@a/b@3.1.10'],
  ])('%s becomes %s', (old, next) => {
    expect(rangeFor(old, '3.1.10')).toBe(next);
  });

  it('admits the version it was made for', () => {
    fc.assert(
      fc.property(fc.constantFrom('^', '~', '', '=', '>='), version, version, (mark, old, next) => {
        expect(admits(rangeFor(`${mark}${old}`, next), next)).toBe(true);
      }),
    );
  });
});

describe('admits', () => {
  it.each(['latest', 'git+ssh://git@x/y.git', 'file:../x', 'https://x/y.tgz', 'workspace:*', '1.0.0beta'])(
    'nothing through %s',
    (range) => {
      expect(admits(range, '1.0.0')).toBe(false);
    },
  );
});

describe('distance', () => {
  it.each([
    ['1.2.3', '1.2.9', 'patch'],
    ['1.2.3', '1.3.0', 'minor'],
    ['1.2.3', '2.0.0', 'major'],
    ['0.2.3', '0.2.9', 'patch'],
    ['0.2.3', '0.3.0', 'major'],
    ['0.0.3', '0.0.4', 'major'],
  ])('%s to %s is %s', (from, to, far) => {
    expect(distance(from, to)).toBe(far);
  });

  it('is major exactly where a caret would not go', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        fc.pre(semver.gt(b, a));
        expect(distance(a, b) === 'major').toBe(!semver.satisfies(b, `^${a}`));
      }),
    );
  });
});
