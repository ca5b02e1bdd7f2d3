import type { Location } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import type { FunctionGraph, ModuleGraph, OpenSite, PlacedFunction } from '../../extractors/facts.ts';
import { judgeFunctions } from './functions.ts';
import type { Wanted } from './wanted.ts';

const PLACE = 'node_modules/a';
const way: readonly [Location] = [{ uri: 'index.js', region: { startLine: 1 }, message: "require('a')" }];
const placed = (name: string, uri = `${PLACE}/index.js`): PlacedFunction => ({ uri, name, place: [3, 1, 5, 2], body: [3, 20] });
const [parse, read] = [placed('parse'), placed('read')];
const sure: readonly Location[] = [
  { uri: 'index.js', region: { startLine: 2 }, message: 'index.js → parse' },
  { uri: parse.uri, region: { startLine: 3 }, message: 'parse' },
];
const unsure: readonly Location[] = [
  { uri: 'index.js', region: { startLine: 2 } },
  { uri: 'lib/run.js', region: { startLine: 9 }, message: 'run → parse', fullyQualifiedName: 'b 1.0.0' },
  { uri: parse.uri, region: { startLine: 3 } },
];

interface Stub {
  readonly functions?: readonly PlacedFunction[];
  readonly ways?: ReadonlyMap<PlacedFunction, readonly Location[]>;
  readonly unsure?: ReadonlyMap<PlacedFunction, readonly Location[]>;
  readonly notFollowed?: readonly string[];
  readonly unusable?: string;
  readonly loaded?: readonly string[];
  readonly runs?: (site: OpenSite) => boolean;
}

const stub = ({ functions = [], ways, unsure: guessed, notFollowed = [], unusable, loaded = ['index.js'], runs }: Stub): FunctionGraph => ({
  functions: 1200,
  reached: 34,
  unusable,
  notFollowed: () => notFollowed,
  named: (place, name, file) =>
    functions.filter((fn) => fn.uri.startsWith(`${place}/`) && fn.name === name && (file === undefined || fn.uri === `${place}/${file}`)),
  isLoaded: (_, file) => loaded.includes(file),
  runs: runs ?? (() => true),
  pathTo: (fn, isSure = true) => ways?.get(fn) ?? (isSure ? undefined : guessed?.get(fn)),
});

const site = (mayLoad: OpenSite['mayLoad'] = 'any-resolvable'): OpenSite => ({
  location: { uri: 'lib/x.js', region: { startLine: 3 } },
  what: 'require(name)',
  mayLoad,
});

const graph = (calls: FunctionGraph | undefined, open: readonly OpenSite[] = []): ModuleGraph => ({
  manifest: 'package-lock.json',
  entries: [{ uri: 'index.js' }],
  modules: 2,
  loaded: new Map([[PLACE, way]]),
  maybe: new Map(),
  open,
  places: new Map([['a@1.0.0', [PLACE]]]),
  relied: [],
  ...(calls === undefined ? {} : { calls }),
});

const named = (...functions: readonly { readonly name: string; readonly file?: string }[]): Wanted => ({
  kind: 'functions',
  functions,
  source: 'named by GHSA-1',
});
const wanted = named({ name: 'parse' });

const judged = (calls: FunctionGraph | undefined, asked: Wanted = wanted, open: readonly OpenSite[] = [], places = [PLACE]) =>
  judgeFunctions({ graph: graph(calls, open), places, path: way }, asked);
const module = (...because: readonly string[]) => ({ status: 'reachable', granularity: 'module', path: way, because });

describe('a function to which calls lead', () => {
  it('is reachable, with the path', () => {
    expect(judged(stub({ functions: [parse], ways: new Map([[parse, sure]]) }))).toEqual({
      status: 'reachable',
      granularity: 'function',
      path: sure,
      because: ['parse, named by GHSA-1'],
    });
  });

  it('is enough, whichever of them it is, and wherever the package lies', () => {
    const other = placed('parse', 'node_modules/b/node_modules/a/index.js');
    const calls = stub({ functions: [read, parse, other], ways: new Map([[other, sure]]) });
    const places = [PLACE, 'node_modules/b/node_modules/a'];
    expect(judged(calls, named({ name: 'read' }, { name: 'parse' }), [], places)).toMatchObject({ status: 'reachable', path: sure });
  });

  it('wins over open sites, modules that were not followed and unsure ways', () => {
    const calls = stub({ functions: [parse], ways: new Map([[parse, sure]]), notFollowed: ['x.js nests too deep to be read'] });
    expect(judged(calls, wanted, [site()])).toMatchObject({ status: 'reachable', granularity: 'function' });
    const two = stub({ functions: [read, parse], ways: new Map([[parse, sure]]), unsure: new Map([[read, unsure]]) });
    expect(judged(two, named({ name: 'read' }, { name: 'parse' }))).toMatchObject({ status: 'reachable', path: sure });
  });

  it('is unknown when every way has a call of which nothing is known', () => {
    expect(judged(stub({ functions: [parse], unsure: new Map([[parse, unsure]]) }))).toEqual({
      status: 'unknown',
      granularity: 'function',
      because: ['b 1.0.0 lib/run.js:9 (which function is called cannot be told)'],
    });
  });
});

describe('functions to which no call leads', () => {
  it('are loaded, and it says what was asked and how much may run', () => {
    const calls = stub({ functions: [parse, read] });
    expect(judged(calls, named({ name: 'parse' }, { name: 'read' }, { name: 'parse' }))).toEqual({
      status: 'loaded',
      granularity: 'function',
      path: way,
      because: ['no path to parse, read, named by GHSA-1', '34 of 1,200 functions may run'],
    });
  });

  it('lists six of them and counts the rest', () => {
    const all = Array.from({ length: 9 }, (_, at) => placed(`f${at}`));
    expect(judged(stub({ functions: all }), named(...all)).because[0]).toBe(
      'no path to f0, f1, f2, f3, f4, f5 and 3 more, named by GHSA-1',
    );
  });

  it('are never unreachable: the package is loaded', () => {
    expect(judged(stub({ functions: [parse] })).status).not.toBe('unreachable');
  });

  it('are unknown while an open site runs that may load the package', () => {
    const open = { status: 'unknown', granularity: 'function', because: ['lib/x.js:3 require(name)'] };
    expect(judged(stub({ functions: [parse] }), wanted, [site()])).toEqual(open);
    expect(judged(stub({ functions: [parse] }), wanted, [site([PLACE])])).toEqual(open);
  });

  it('are loaded when the open site does not run, or may load others only', () => {
    expect(judged(stub({ functions: [parse], runs: () => false }), wanted, [site()]).status).toBe('loaded');
    expect(judged(stub({ functions: [parse] }), wanted, [site(['node_modules/b'])]).status).toBe('loaded');
  });

  it('are loaded when the file that holds them is not', () => {
    const asked = named({ name: 'parse', file: 'lib/other.js' });
    expect(judged(stub({ functions: [] }), asked).status).toBe('loaded');
  });
});

describe('the module as a whole is judged', () => {
  it('when no function is known', () => {
    expect(judged(stub({}), { kind: 'module' })).toEqual(module());
  });

  it('when none can be told from the fix', () => {
    expect(judged(stub({}), { kind: 'module', because: 'minified' })).toEqual(module('minified'));
  });

  it('when functions were not looked at', () => {
    expect(judged(undefined)).toEqual(module('functions were not followed'));
  });

  it('when the budget is used up, whatever was found', () => {
    const calls = stub({ functions: [parse], ways: new Map([[parse, sure]]), unusable: 'the budget is used up' });
    expect(judged(calls)).toEqual(module('the budget is used up'));
  });

  it('when a module of it was not followed', () => {
    const calls = stub({ functions: [parse], notFollowed: ['dist/x.js larger than 3 MB'] });
    expect(judged(calls)).toEqual(module('functions were not followed: dist/x.js larger than 3 MB'));
  });

  it('when this version has no such function', () => {
    expect(judged(stub({ functions: [read] }))).toEqual(module('this version has no function parse, named by GHSA-1'));
    const asked = named({ name: 'parse', file: 'index.js' });
    expect(judged(stub({ functions: [read] }), asked)).toEqual(module('this version has no function parse, named by GHSA-1'));
  });

  it('when the fix came with much else, unless calls lead to one of them', () => {
    const vague: Wanted = { kind: 'functions', functions: [{ name: 'parse' }], source: 'changed by the fix 1.0.0 → 2.0.0', vague: true };
    const because = 'no path to what was changed by the fix 1.0.0 → 2.0.0, which also changed much else';
    expect(judged(stub({ functions: [parse] }), vague)).toEqual(module(because));
    expect(judged(stub({ functions: [parse], ways: new Map([[parse, sure]]) }), vague)).toMatchObject({
      granularity: 'function',
      path: sure,
    });
  });

  it('not when it has at least one of them', () => {
    expect(judged(stub({ functions: [read] }), named({ name: 'parse' }, { name: 'read' })).status).toBe('loaded');
  });
});
