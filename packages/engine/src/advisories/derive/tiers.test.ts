import { describe, expect, it } from 'vitest';
import type { Candidate } from './compare.ts';
import type { Pair } from './pairs.ts';
import { rankFunctions } from './tiers.ts';

const pair = (distance: Pair['distance'] = 'patch'): Pair => ({ vulnerable: '1.0.0', fixed: '1.0.1', distance, earlier: [] });
const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  file: 'index.js',
  name,
  kind: 'changed',
  edit: `edit of ${name}`,
  score: 0,
  before: { file: 'index.js', start: 0, end: 1 },
  ...more,
});
const many = (count: number, more: Partial<Candidate> = {}) =>
  Array.from({ length: count }, (_, at) => candidate(`f${String(at).padStart(2, '0')}`, more));
const tiers = (...args: Parameters<typeof rankFunctions>) => rankFunctions(...args).functions.map((item) => `${item.tier} ${item.name}`);

describe('how much a changed function says', () => {
  it('few in a patch release are the fix', () => {
    expect(tiers([{ pair: pair(), candidates: many(5) }])).toEqual(many(5).map((item) => `core ${item.name}`));
    expect(tiers([{ pair: pair(), candidates: many(6) }]).every((item) => item.startsWith('wide'))).toBe(true);
    for (const distance of ['minor', 'major', 'inexact'] as const) {
      expect(tiers([{ pair: pair(distance), candidates: many(1) }])).toEqual(['wide f00']);
    }
  });

  it('the same edit in many is a sweep, unless it looks like a fix', () => {
    const swept = many(4, { edit: 'the same' });
    const candidates = [...swept, candidate('g')];
    expect(tiers([{ pair: pair(), candidates }])).toEqual(['core g', 'swept f00', 'swept f01', 'swept f02', 'swept f03']);
    const fix = many(4, { edit: 'the same', score: 3 });
    expect(tiers([{ pair: pair(), candidates: fix }]).every((item) => item.startsWith('core'))).toBe(true);
    expect(tiers([{ pair: pair(), candidates: swept.slice(1) }]).every((item) => item.startsWith('core'))).toBe(true);
  });

  it('what every branch changed is the fix; where they share nothing, each counts by itself', () => {
    const first = { pair: pair('minor'), candidates: [candidate('a'), candidate('b')] };
    const other = { pair: pair('minor'), candidates: [candidate('b', { file: 'old.js' }), candidate('c')] };
    const { functions } = rankFunctions([first, other]);
    expect(functions.map((item) => `${item.tier} ${item.file} ${item.name}`)).toEqual([
      'core index.js b',
      'core old.js b',
      'wide index.js a',
      'wide index.js c',
    ]);
    expect(tiers([first, { pair: pair(), candidates: [candidate('x')] }])).toEqual(['core x', 'wide a', 'wide b']);
  });

  it('too many say only that the package is meant, and stay as hints', () => {
    expect(rankFunctions([{ pair: pair(), candidates: many(20) }]).moduleOnly).toBeUndefined();
    const { moduleOnly, functions } = rankFunctions([{ pair: pair(), candidates: many(60) }]);
    expect(moduleOnly).toBe('60 functions changed');
    expect(functions.length).toBeGreaterThan(0);
    expect(functions.length).toBeLessThan(60);
    const common = rankFunctions([
      { pair: pair(), candidates: many(60) },
      { pair: pair('minor'), candidates: [candidate('f07')] },
    ]);
    expect(common.moduleOnly).toBeUndefined();
    expect(common.functions[0]).toEqual({ file: 'index.js', name: 'f07', kind: 'changed', tier: 'core' });
  });

  it('other builds of the same function do not count again', () => {
    const twins = many(5).map((item) => ({ ...item, file: 'esm.js', twin: true as const }));
    expect(tiers([{ pair: pair(), candidates: [...many(5), ...twins] }]).filter((item) => item.startsWith('core'))).toHaveLength(10);
  });
});
