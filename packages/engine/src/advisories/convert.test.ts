import { parseOsv } from '@breakwater/model/formats/osv';
import { describe, expect, it } from 'vitest';
import { packageFactsOf } from './convert.ts';

const facts = (id: string, ecosystem: string, more: object = {}, affected: object = {}, within?: string) => {
  const range = { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] };
  const record = {
    id,
    modified: '2026-01-01T00:00:00Z',
    affected: [{ package: { ecosystem, name: 'A_b' }, ...range, ...affected }],
    ...more,
  };
  const parsed = parseOsv(record);
  if (!parsed.ok) throw new Error(parsed.error);
  return packageFactsOf(parsed.value, within);
};
const functions = (ecosystem: string, specific: object) =>
  facts('X-1', ecosystem, {}, { ecosystem_specific: specific })[0]?.facts.functions;

describe('packageFactsOf', () => {
  it('spells names as the index does', () =>
    expect(['PyPI', 'npm', 'NuGet', 'Debian:12'].map((e) => facts('X-1', e)[0]?.name)).toEqual(['a-b', 'A_b', 'a_b', 'A_b']));

  it.each([
    ['MAL-2026-1', []],
    ['GHSA-1', ['MAL-2026-1']],
  ])('takes %s with %j for malicious, whatever it scores', (id, aliases) => {
    const low = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L' };
    const [one] = facts(id, 'npm', { aliases, severity: [low] }, { ranges: undefined, versions: ['1.0.0'] });
    expect(one?.facts).toMatchObject({ malicious: true, severity: 'critical', severityStated: true, versions: ['1.0.0'] });
  });
  it('takes nothing else for malicious', () => expect(facts('GHSA-1', 'npm', { aliases: ['CVE-1'] })[0]?.facts.malicious).toBeUndefined());

  it('knows the CVE that a record of a distribution is named after, and takes related ones for no alias', () => {
    const more = { related: ['DSA-1-1'], upstream: ['CVE-2024-2000'] };
    expect(facts('DEBIAN-CVE-2024-1000', 'Debian:12', more)[0]?.facts.aliases).toEqual(['CVE-2024-1000']);
    expect(facts('DSA-5191-1', 'Debian:12', more)[0]?.facts.aliases).toEqual([]);
  });

  it('says of notices that there is nothing to attack, and of unsound code only what it is', () => {
    const of = (informational: unknown) => facts('RUSTSEC-1', 'crates.io', {}, { database_specific: { informational } })[0]?.facts;
    expect(of('unmaintained')).toMatchObject({ informational: 'unmaintained', severity: 'low', severityStated: true });
    expect(of('unsound')).toMatchObject({ informational: 'unsound', severity: 'medium', severityStated: false });
    for (const odd of [undefined, null, 7, 'Long text of others']) expect(of(odd)?.informational).toBeUndefined();
  });

  it('leaves out other ecosystems than the one of the archive', () => {
    expect(facts('X-1', 'Debian:12', {}, {}, 'Debian').length).toBe(1);
    expect(facts('X-1', 'Debian:12', {}, {}, 'Debian:12').length).toBe(1);
    expect(facts('X-1', 'Debian:12', {}, {}, 'Debian:1').length).toBe(0);
    expect(facts('X-1', 'Maven', {}, {}, 'npm').length).toBe(0);
  });
});

describe('functions', () => {
  it('of Go are package and symbol', () =>
    expect(functions('Go', { imports: [{ path: 'x/net/http2', symbols: ['Server.ServeConn', 'Frame'], goos: ['linux'] }] })).toEqual([
      'x/net/http2.Server.ServeConn',
      'x/net/http2.Frame',
    ]));
  it('of Go are not known when a whole package is affected besides', () =>
    expect(functions('Go', { imports: [{ path: 'a', symbols: ['F'] }, { path: 'b' }] })).toEqual([]));
  it('of Rust are paths', () =>
    expect(functions('crates.io', { affects: { functions: ['a::b::c'], arch: [] }, affected_functions: undefined })).toEqual(['a::b::c']));
  it.each([{ imports: 'x' }, { imports: [{ symbols: ['F'] }] }, { affects: null }, { affects: { functions: [1] } }])(
    'of %j are not known',
    (specific) => expect(functions('Go', specific)).toEqual([]),
  );
});
