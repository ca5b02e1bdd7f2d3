import type { Context, Finding } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../../../../tests/support/finding.ts';
import { exploitation } from './exploitation/enricher.ts';
import { exposure } from './exposure/enricher.ts';
import { introduced } from './introduced/enricher.ts';
import { ownership } from './ownership/enricher.ts';
import { vex } from './vex/enricher.ts';

const target = { kind: 'directory', uri: '.' } as const;
const context: Context = { signal: new AbortController().signal, now: () => timestamp('2026-11-24T00:00:00Z'), log: () => undefined };

describe('exploitation', () => {
  it('is active by any alias that CISA lists, and silent on what is no vulnerability', async () => {
    const exploited = { since: new Map([['CVE-2020-7598', '2022-03-03']]), epss: () => undefined };
    const ask = await exploitation.open({ exploited }, target, context);
    expect(await ask(aFinding())).toEqual({ ssvc: 'active', kev: true });
    expect(await ask(aFinding({ vulnerability: { id: 'CVE-1', aliases: [] } }))).toEqual({ ssvc: 'none', kev: false });
    const { vulnerability: _none, ...secret } = aFinding();
    expect(await ask(secret)).toBeUndefined();
  });
  it('has the highest chance of its CVE ids, and none where none is published', async () => {
    const chances = new Map([
      ['CVE-1', 0.02],
      ['CVE-2', 0.9],
      ['CVE-3', 0],
    ]);
    const exploited = { since: new Map(), epss: (cve: string) => chances.get(cve) };
    const ask = await exploitation.open({ exploited }, target, context);
    const of = (id: string, ...aliases: readonly string[]) => ask(aFinding({ vulnerability: { id, aliases } }));
    expect(await of('GHSA-1', 'CVE-1', 'CVE-2')).toEqual({ ssvc: 'none', kev: false, epss: 0.9 });
    expect(await of('CVE-3')).toEqual({ ssvc: 'none', kev: false, epss: 0 });
    expect(await of('CVE-4')).toEqual({ ssvc: 'none', kev: false });
  });
});

describe('vex', () => {
  const statement = (product: string, more: object = {}) => ({
    vulnerability: 'CVE-2020-7598',
    aliases: [],
    products: [product] as const,
    status: 'not_affected' as const,
    author: 'Vendor',
    ...more,
  });
  const ask = async (finding: Finding, ...statements: readonly ReturnType<typeof statement>[]) =>
    (await vex.open({ vex: statements }, target, context))(finding);

  it.each([
    ['the very version', 'pkg:npm/minimist@1.2.0', true],
    ['every version', 'pkg:npm/minimist', true],
    ['with qualifiers', 'pkg:npm/minimist@1.2.0?arch=x#lib', true],
    ['another version', 'pkg:npm/minimist@1.2.1', false],
    ['another package', 'pkg:npm/minimist2@1.2.0', false],
    ['a scoped namesake', 'pkg:npm/%40a/minimist@1.2.0', false],
  ])('of %s', async (_what, product, counts) => {
    expect(await ask(aFinding(), statement(product))).toEqual(counts ? { status: 'not_affected', author: 'Vendor' } : undefined);
  });
  it('of another flaw does not count, and the first document that speaks of it does', async () => {
    const own = statement('pkg:npm/minimist', { author: 'team', status: 'affected' });
    expect(await ask(aFinding(), statement('pkg:npm/minimist', { vulnerability: 'CVE-1' }))).toBeUndefined();
    expect(await ask(aFinding(), own, statement('pkg:npm/minimist'))).toEqual({ status: 'affected', author: 'team' });
  });
  it('of one version says nothing of a finding that stands for two', async () => {
    const [location] = aFinding().locations;
    const two = aFinding({
      locations: [
        { ...location, fullyQualifiedName: 'minimist@1.2.0' },
        { ...location, fullyQualifiedName: 'minimist@1.1.0' },
      ],
    });
    expect(await ask(two, statement('pkg:npm/minimist@1.2.0'))).toBeUndefined();
    expect(await ask(two, statement('pkg:npm/minimist'))).toBeDefined();
  });
});

describe('exposure', () => {
  it('is what the control saw, else what the team declares, else not known', async () => {
    const ask = async (declared: 'internal' | undefined, finding: Finding) =>
      (await exposure.open({ exposure: { declared } }, target, context))(finding);
    expect(await ask('internal', aFinding({ opensTo: 'internet' }))).toBe('internet');
    expect(await ask('internal', aFinding())).toBe('internal');
    expect(await ask(undefined, aFinding())).toBeUndefined();
  });
});

describe('ownership', () => {
  it('of a package goes to whoever owns the code that reaches it', async () => {
    const rules = [
      { pattern: '*', owners: ['@platform'], line: 1 },
      { pattern: '/src/receipts/', owners: ['@receipts'], line: 2 },
    ];
    const ask = await ownership.open({ codeowners: { uri: 'CODEOWNERS', rules } }, target, context);
    const path = [{ uri: 'src/server.js' }, { uri: 'src/receipts/routes.js' }, { uri: 'lib/ejs.js', fullyQualifiedName: 'ejs 3.1.6' }];
    const reached = aFinding({ properties: { reachability: { status: 'reachable', granularity: 'module', because: [], path } } });
    expect(await ask(reached)).toMatchObject({ owner: '@receipts', at: 'CODEOWNERS:2' });
    expect(await ask(aFinding())).toMatchObject({ owner: '@platform' });
  });
});

describe('introduced', () => {
  it('asks git for the line of an alert and for nothing else', async () => {
    const asked: string[] = [];
    const blame = async (uri: string, line: number) => {
      asked.push(`${uri}:${line}`);
      return undefined;
    };
    const ask = await introduced.open({ history: { blame } }, target, context);
    await ask(aFinding());
    await ask(aFinding({ kind: 'open' }));
    expect(asked).toEqual(['package-lock.json:10']);
  });
});
