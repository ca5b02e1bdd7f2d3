import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { maven } from './maven.ts';

const orNothing = (...texts: readonly string[]) => fc.constantFrom('', '', ...texts);
const number = fc.constantFrom('0', '1', '2', '10', '007');
const realistic = fc
  .tuple(
    fc.array(number, { minLength: 1, maxLength: 4 }).map((list) => list.join('.')),
    orNothing('-rc', '-alpha', '.Final', '.RELEASE', '-jre', '-M', '.beta', '-GA', '-sp', '-android', 'b'),
    orNothing('1', '-2', '10'),
    orNothing('-SNAPSHOT'),
  )
  .map((parts) => parts.join(''));

describeOrdering('Maven', maven, {
  ascending: [
    ['1-alpha-SNAPSHOT'],
    ['1-alpha', '1.0-ALPHA', '1.alpha'],
    ['1-alpha2', '1-alpha-2', '1a2', '1.0.0a2'],
    ['1-alpha-123'],
    ['1-beta-2', '1b2', '1-b2'],
    ['1-beta123'],
    ['1-m2', '1-milestone-2'],
    ['1-m11'],
    ['1-rc', '1-cr', '1.0-CR'],
    ['1-rc2', '1-cr2'],
    ['1-rc123'],
    ['1-SNAPSHOT'],
    ['1', '1.0', '1.0.0', '1-0', '1.0-0', '1-ga', '1.ga', '1-final', '1.0.FINAL', '1-release', '1.0.RELEASE', '01', '1.0.0-0.0'],
    ['1-sp'],
    ['1-sp2'],
    ['1-sp123'],
    ['1-abc'],
    ['1-def'],
    ['1-jre8'],
    ['1-pom-1'],
    ['1-1-snapshot'],
    ['1-1', '1.0-1'],
    ['1-2'],
    ['1-123'],
    ['1.1-SNAPSHOT'],
    ['1.1'],
    ['1.2'],
    ['1.10'],
    ['2.0.0.RC1'],
    ['2.0.0.SNAPSHOT'],
    ['2.0.0', '2'],
    ['2.0.1.Final', '2.0.1'],
    ['2.0.1.xyz'],
    ['2.0.1-123'],
    ['2.0.2'],
    ['20050331'],
    ['20050331.1'],
    ['20190126.230843'], // longer than 32 bits as one number
    ['9223372036854775808'],
    ['99999999999999999999999999999999999'],
  ],
  unorderable: ['', '${project.version}', '[1.0,2.0)', '(,1.0]', '1.0 2.0', 'LATEST', 'RELEASE', '@{v}'],
  pieces: ['0', '1', '2', '10', '.', '-', 'a', 'rc', 'sp', 'ga', 'final', 'snapshot', 'x'],
  realistic,
});

describe('Maven, pairs that surprise', () => {
  it.each([
    ['1.0.0.x', '1.0.0-x', 0], // text at the end is a list of its own
    ['1x', '1-x', 0],
    ['2.0.1.MR', '2.0.1', 1],
    ['2.0.1.MR', '2.0.1.1', -1],
    ['1-0.alpha', '1', -1],
    ['1a', '1a1', 1], // a letter without a number is no alpha
    ['1.0.0-M1', '1.0.0-MYBUILD', -1],
    ['5.3.0.Final', '5.3.0', 0],
    ['31.1-jre', '31.1-android', 1],
    ['2.13.4', '2.13.4.2', -1],
    ['1..2', '1.0.2', 0],
    ['4.1.86.Final', '4.1.100.Final', -1],
  ])('%s against %s is %i', (a, b, expected) => {
    const [x, y] = [maven.parse(a), maven.parse(b)];
    if (x === undefined || y === undefined) throw new Error('unordered');
    expect(Math.sign(maven.compare(x, y)) + 0).toBe(expected);
  });
});
