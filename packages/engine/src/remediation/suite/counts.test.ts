import { describe, expect, it } from 'vitest';
import type { SuiteRun } from './compare.ts';
import { compare } from './compare.ts';
import { readCounts } from './counts.ts';

const OUTPUTS: readonly (readonly [string, string, number, number, readonly string[]])[] = [
  ['node:test, TAP', 'TAP version 13\nnot ok 2 - refunds\nok 1 - pays\n# tests 3\n# pass 2\n# fail 1\n# skipped 0\n', 2, 1, ['refunds']],
  ['node:test, spec', '✔ pays (1.2ms)\n✖ refunds (0.9ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\nℹ skipped 0\n', 1, 1, ['refunds']],
  [
    'mocha',
    '  cart\n    ✓ adds\n\n  2 passing (12ms)\n  1 pending\n  1 failing\n\n  1) cart\n       with gifts\n         removes:\n     Error: x\n',
    2,
    1,
    ['cart › with gifts › removes:'],
  ],
  ['jest', '  ● cart › removes\n\nTests:       1 failed, 2 skipped, 47 passed, 50 total\n', 47, 1, ['cart › removes']],
  [
    'vitest',
    ' FAIL  src/a.test.ts > cart > removes\n\n      Tests  1 failed | 47 passed (48)\n',
    47,
    1,
    ['src/a.test.ts > cart > removes'],
  ],
  ['vitest, all pass', ' Test Files  1 passed (1)\n      Tests  47 passed | 2 skipped (49)\n', 47, 0, []],
  ['ava', '  ✘ cart removes\n\n  1 test failed\n  3 tests passed\n', 3, 1, ['cart removes']],
  ['node-tap', 'not ok 1 - x\n# { total: 4, pass: 3, fail: 1 }\n', 3, 1, ['x']],
  ['two workspaces', '# pass 2\n# fail 0\nagain\n# pass 3\n# fail 1\n', 5, 1, []],
  ['colours', '\u001b[32m  3 passing\u001b[0m (1s)\n', 3, 0, []],
];

describe('readCounts', () => {
  it.each(OUTPUTS)('%s', (_, output, passed, failed, failing) => {
    expect(readCounts(output)).toMatchObject({ passed, failed, failing });
  });

  it('says nothing of what it does not know', () => {
    expect(readCounts('all good\n12 passing thoughts\n')).toBeUndefined();
  });

  it('reads a megabyte of the worst repeat', () => {
    for (const line of ['Tests: ', '# { ', '  ● a › ', 'not ok 1 ', '✖ ('])
      expect(readCounts(`${line.repeat(1_000_000 / line.length)}\n${' ✖ x ('.repeat(250)}`)).toBeUndefined();
  });
});

const run = (exit: number, output: string, ended: SuiteRun['ended'] = 'by-itself'): SuiteRun => {
  const counts = readCounts(output);
  return { exit, ended, durationMs: 1, output, ...(counts && { counts }) };
};
const tap = (pass: number, ...failing: readonly string[]): string =>
  `${failing.map((f) => `not ok 1 - ${f}\n`).join('')}# pass ${pass}\n# fail ${failing.length}\n`;

describe('compare', () => {
  it.each([
    ['all pass', run(0, tap(3)), run(0, tap(3)), true],
    ['one breaks', run(0, tap(3)), run(1, tap(2, 'a')), false],
    ['one vanishes', run(0, tap(3)), run(0, tap(2)), false],
    ['the same one fails', run(1, tap(2, 'a')), run(1, tap(2, 'a')), true],
    ['another one fails', run(1, tap(2, 'a')), run(1, tap(2, 'b')), false],
    ['one is mended', run(1, tap(2, 'a')), run(0, tap(3)), true],
    ['claims success, exits with an error', run(0, tap(3)), run(1, tap(3)), false],
    ['no counts, both pass', run(0, ''), run(0, ''), true],
    ['no counts, breaks', run(0, ''), run(1, ''), false],
    ['no counts, both fail', run(1, ''), run(1, ''), false],
    ['never ends', run(0, tap(3)), run(0, tap(3), 'timeout'), false],
    ['never ended before', run(0, tap(3), 'timeout'), run(0, tap(3)), false],
  ])('%s', (_, before, after, ok) => {
    expect(compare(before, after).ok).toBe(ok);
  });

  it('names what broke', () => {
    expect(compare(run(1, tap(2, 'a')), run(1, tap(1, 'a', 'b'))).broken).toEqual(['b']);
  });
});
