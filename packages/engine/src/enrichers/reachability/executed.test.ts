import type { Location } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import type { ExecutedFunction, FunctionGraph, ModuleGraph, PlacedFunction } from '../../extractors/facts.ts';
import { executedOf } from './executed.ts';
import type { Wanted } from './wanted.ts';

const PLACE = 'node_modules/a';
const parse: PlacedFunction = { uri: `${PLACE}/index.js`, name: 'parse', place: [3, 1, 5, 2], body: [3, 20] };
const way: readonly Location[] = [{ uri: 'index.js', region: { startLine: 1 } }];
const ran: ExecutedFunction = { name: 'parse', start: [3, 1], end: [5, 2], seen: 'coverage/1.json' };

const calls = (path?: readonly Location[]): FunctionGraph => ({
  functions: 1,
  reached: 0,
  unusable: undefined,
  notFollowed: () => [],
  named: (place, name) => (place === PLACE && name === 'parse' ? [parse] : []),
  isLoaded: () => true,
  runs: () => true,
  pathTo: () => path,
});

const graph = (extra: Partial<ModuleGraph> = {}): ModuleGraph => ({
  manifest: 'package-lock.json',
  entries: [],
  modules: 1,
  loaded: new Map(),
  maybe: new Map(),
  open: [],
  places: new Map(),
  relied: [],
  ...extra,
});

const functions: Wanted = { kind: 'functions', functions: [{ name: 'parse' }], source: 'named by GHSA-1' };
const whole: Wanted = { kind: 'module' };

const seen = (
  wanted: Wanted,
  executed: Readonly<Record<string, readonly ExecutedFunction[]>>,
  of: ModuleGraph = graph({ calls: calls() }),
) => executedOf({ graph: of, name: 'a', places: [PLACE] }, wanted, { executed: new Map(Object.entries(executed)) });

describe('a vulnerable function that was seen to run', () => {
  it('is executed, with where it was seen', () => {
    expect(seen(functions, { [parse.uri]: [ran] })).toEqual({
      status: 'executed',
      granularity: 'function',
      path: [{ uri: parse.uri, region: { startLine: 3 }, message: 'parse' }],
      because: ['seen to run in coverage/1.json', 'parse, named by GHSA-1'],
    });
  });

  it('has the calls that lead to it as its path, where they are known', () => {
    expect(seen(functions, { [parse.uri]: [ran] }, graph({ calls: calls(way) }))?.path).toEqual(way);
  });
});

describe('what was not seen changes nothing', () => {
  it.each([
    ['no evidence', functions, {}],
    ['no evidence, of the package', whole, {}],
    ['another function of the module', functions, { [parse.uri]: [{ ...ran, start: [9, 1], end: [11, 2] }] }],
    ['the same place of another module', functions, { [`${PLACE}/other.js`]: [ran] }],
    ['evidence without an end', functions, { [parse.uri]: [{ name: 'parse', start: [3, 1], seen: 'x' }] }],
    ['another package', whole, { 'node_modules/ab/index.js': [ran] }],
    ['a package inside of it', whole, { [`${PLACE}/node_modules/b/index.js`]: [ran] }],
    ['a module of which nothing ran', whole, { [parse.uri]: [] }],
  ] satisfies [string, Wanted, Record<string, ExecutedFunction[]>][])('%s', (_, wanted, executed) => {
    expect(seen(wanted, executed)).toBeUndefined();
  });

  it('and neither does what was seen when functions were not followed', () => {
    expect(seen(functions, { [parse.uri]: [ran] }, graph())).toBeUndefined();
  });
});

describe('a package of which no function is known', () => {
  it('is executed when any of its functions ran, along the imports that lead to it', () => {
    expect(seen(whole, { [parse.uri]: [ran] }, graph({ loaded: new Map([[PLACE, way]]) }))).toEqual({
      status: 'executed',
      granularity: 'module',
      path: way,
      because: ['seen to run in coverage/1.json'],
    });
  });

  it('is executed even if nothing was found that loads it', () => {
    expect(seen(whole, { [parse.uri]: [ran] })?.path).toEqual([{ uri: parse.uri, region: { startLine: 3 }, message: 'parse' }]);
  });

  it('is found where it lies from the root', () => {
    const inShop = graph({ keyOf: (place) => `shop/${place}` });
    expect(seen(whole, { [`shop/${parse.uri}`]: [ran] }, inShop)?.status).toBe('executed');
    expect(seen(whole, { [parse.uri]: [ran] }, inShop)).toBeUndefined();
  });
});
