import type { Reachability } from '@breakwater/model';
import { expect, it } from 'vitest';
import { reachLine, reasonsOf } from './reach.ts';

it.each<readonly [Reachability['status'], Reachability['granularity'], string]>([
  ['executed', 'function', 'executed, by evidence of run time at function level'],
  ['executed', 'module', 'executed, by evidence of run time at module level'],
  ['reachable', 'module', 'reachable, by static analysis at module level'],
  ['loaded', 'function', 'loaded, no path found by static analysis at function level'],
  ['unknown', 'function', 'unknown, static analysis at function level could not tell'],
  ['unreachable', 'module', 'unreachable, proven by static analysis at module level'],
])('says how %s at %s level is known', (status, granularity, line) => {
  expect(reachLine({ status, granularity, because: [] })).toBe(line);
});

it('says so when no function is known', () => {
  const reach = { status: 'reachable', granularity: 'module', because: [] } as const;
  expect(reasonsOf(reach)).toEqual(['no vulnerable function is known, so loading it counts']);
  expect(reasonsOf({ ...reach, because: ['21 functions changed'] })).toEqual(['21 functions changed']);
  expect(reasonsOf({ ...reach, granularity: 'function' })).toEqual([]);
});
