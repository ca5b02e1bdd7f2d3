import { expect, it } from 'vitest';
import { at, flaw, judge, runOf } from '../../../../../tests/golden/report/build.ts';
import { styleOf } from '../../terminal/style.ts';
import { actBlocks } from './act.ts';

const block = (packages: readonly string[]): string => {
  const inside = packages.map((name, index) => at(`lib/x.js:${index + 1}`, `f${index} → f${index + 1}`, name));
  const path = [at('src/a.js:1', 'node src/a.js'), at('src/a.js:2', 'a.js → b'), at('src/b.js:3', 'b → f0'), ...inside];
  const reachability = { status: 'reachable', granularity: 'function', because: [], path } as const;
  const run = runOf([judge(flaw('ejs', '3.1.6', 'CVE-1', { properties: { reachability } }), 'act', 'r')], 'blocked');
  const style = styleOf({ columns: 100, colour: false, unicode: true, interactive: false });
  return actBlocks(run, style, true).flat().join('\n');
};

it('keeps the ends of a long path and names the packages between', () => {
  const text = block([...Array.from({ length: 6 }, () => 'express@4.17.1'), 'ejs@3.1.6', 'ejs@3.1.6']);
  expect(text).toContain('│ … 6 more steps through express 4.17.1\n');
  expect(text).toContain('◆ f7 → f8');
});

it('counts packages when there are many', () => {
  expect(block(['a@1.0.0', 'b@1.0.0', 'c@1.0.0', 'd@1.0.0', 'ejs@3.1.6', 'ejs@3.1.6'])).toContain(
    '… 4 more steps through a 1.0.0, b 1.0.0 and 2 more\n',
  );
});

it('shows a short path whole', () => {
  expect(block(['express@4.17.1', 'ejs@3.1.6'])).not.toContain('more step');
});
