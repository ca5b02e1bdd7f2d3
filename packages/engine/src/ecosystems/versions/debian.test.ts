import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { debian } from './debian.ts';

const pieces = ['0', '1', '2', '10', '00', '.', '.', '-', '~', '+', ':', 'a', 'Z', 'deb', 'rc', '1:'];

describeOrdering('Debian', debian, {
  ascending: [
    ['0', '0-0', '0:0', '00-00', '0:0-0'],
    ['0-0-0'],
    ['1.0~~'],
    ['1.0~~a'],
    ['1.0~'],
    ['1.0~rc1-1'],
    ['1.0~rc1-2'],
    ['1.0', '1.0-0', '1.00', '0:1.0', '1.'],
    ['1.0-1~bpo11+1'],
    ['1.0-1', '1.0-01'],
    ['1.0-1a'],
    ['1.0-1+b1'],
    ['1.0-1.1'],
    ['1.0a'],
    ['1.0b'],
    ['1.0+dfsg-1'],
    ['1.0.1'],
    ['1.1.1n-0+deb11u3'],
    ['1.1.1n-0+deb11u5'],
    ['1.1.1w-0+deb11u1'],
    ['1.9'],
    ['1.10'],
    ['2.0-1-1'],
    ['20230101'],
    ['1:0'],
    ['1:0.5'],
    ['2:0:0-0'],
    ['10:0'],
  ],
  unorderable: ['', ' ', '0:', '-0', '0:-0', 'a:0-0', '-1:0-1', '1.0-', '0:0 0-1', '0:0-0:0', '1.0_1', '1.0/2', '<unfixed>', '1.0\n'],
  pieces,
});

const compared = (a: string, b: string): number => {
  const holds = (relation: string): boolean => {
    try {
      execFileSync('dpkg', ['--compare-versions', a, relation, b], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return holds('lt') ? -1 : holds('eq') ? 0 : 1;
};

it.skipIf(!existsSync('/usr/bin/dpkg'))('agrees with dpkg', () => {
  const version = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 7 }).map((list) => `1${list.join('')}`);
  fc.assert(
    fc.property(version, version, (a, b) => {
      const [x, y] = [debian.parse(a), debian.parse(b)];
      fc.pre(x !== undefined && y !== undefined);
      if (x !== undefined && y !== undefined) expect(Math.sign(debian.compare(x, y)) + 0, `${a} against ${b}`).toBe(compared(a, b));
    }),
    { numRuns: 100 },
  );
});
