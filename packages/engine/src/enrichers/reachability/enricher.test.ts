import type { Context, Finding, Target } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import type { ModuleGraph, OpenSite } from '../../extractors/facts.ts';
import { reachability } from './enricher.ts';

const target: Target = { kind: 'directory', uri: '.' };
const context: Context = { signal: new AbortController().signal, now: () => timestamp('2026-01-01T00:00:00Z'), log: () => undefined };

const finding = (purl: `pkg:${string}`, bomRef: string): Finding => ({
  ruleId: 'build/vulnerable-dependency',
  kind: 'fail',
  severity: 'high',
  confidence: 'high',
  message: 'x',
  target,
  locations: [{ uri: 'package-lock.json' }],
  fingerprint: 'sha256:00',
  component: { purl, bomRef, scope: 'required' },
  properties: {},
});

const site: OpenSite = {
  location: { uri: 'lib/x.js', region: { startLine: 3 }, fullyQualifiedName: 'c 1.0.0', message: 'require(name)' },
  what: 'require(name)',
  mayLoad: 'any-resolvable',
};
const way = [{ uri: 'index.js', region: { startLine: 1 }, message: "require('a')" }];

const graph = (extra: Partial<ModuleGraph> = {}): ModuleGraph => ({
  manifest: 'package-lock.json',
  entries: [{ uri: 'index.js' }],
  modules: 1234,
  loaded: new Map([['node_modules/x/node_modules/a', way]]),
  maybe: new Map(),
  open: [],
  places: new Map([
    ['a@1.0.0', ['node_modules/a', 'node_modules/x/node_modules/a']],
    ['@s/b@1.0.0', ['node_modules/@s/b']],
  ]),
  relied: ['express 4.17.1 lib/view.js:81 require(mod): loads the view engine that the application names'],
  ...extra,
});

const noAdvisories = { advisoriesOf: async () => new Map() };

const judged = async (of: ModuleGraph, asked: Finding) =>
  (await reachability.open({ moduleGraphs: [of], advisories: noAdvisories, runtime: { executed: new Map() } }, target, context))(asked);
const a = finding('pkg:npm/a@1.0.0', 'package-lock.json#node_modules/a');
const b = finding('pkg:npm/%40s/b@1.0.0', 'package-lock.json');

describe('reachability', () => {
  it('is reachable when any of the places of the version is loaded, with the way', async () => {
    expect(await judged(graph(), a)).toEqual({
      status: 'reachable',
      granularity: 'module',
      path: way,
      because: ['which function is vulnerable is not known'],
    });
  });

  it('is unknown while an open site may load it, and says which', async () => {
    const open = graph({ maybe: new Map([['node_modules/@s/b', [site]]]) });
    expect(await judged(open, b)).toEqual({ status: 'unknown', granularity: 'module', because: ['c 1.0.0 lib/x.js:3 require(name)'] });
  });

  it('is unknown when the graph is inconclusive', async () => {
    const open = graph({ inconclusive: 'no entry point found', loaded: new Map() });
    expect(await judged(open, b)).toMatchObject({ status: 'unknown', because: ['no entry point found'] });
  });

  it('is unknown for a package that the lockfile does not have', async () => {
    expect(await judged(graph(), finding('pkg:npm/z@1.0.0', 'package-lock.json#node_modules/z'))).toMatchObject({ status: 'unknown' });
  });

  it('is unreachable with a certificate that names what was trusted', async () => {
    const found = await judged(graph(), b);
    expect(found?.status).toBe('unreachable');
    expect(found?.because).toEqual([
      'no import leads to it from index.js',
      '1,234 modules followed, 1 packages loaded, 0 open sites',
      'express 4.17.1 lib/view.js:81 require(mod): loads the view engine that the application names',
    ]);
  });

  it('says nothing of what is no npm package, or of another lockfile', async () => {
    expect(await judged(graph(), finding('pkg:pypi/a@1.0.0', 'x'))).toBeUndefined();
    expect(await judged(graph(), finding('pkg:npm/a@1.0.0', 'other/package-lock.json#node_modules/a'))).toBeUndefined();
  });

  it('lists eight sites and counts the rest', async () => {
    const sites = Array.from(
      { length: 12 },
      (_, line): OpenSite => ({ ...site, location: { uri: 'x.js', region: { startLine: line + 1 } } }),
    );
    const found = await judged(graph({ maybe: new Map([['node_modules/@s/b', sites]]) }), b);
    expect(found?.because).toHaveLength(9);
    expect(found?.because.at(-1)).toBe('and 4 more open sites');
  });
});
