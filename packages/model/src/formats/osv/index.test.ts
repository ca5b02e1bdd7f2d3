import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOsv } from './index.ts';

const record = {
  schema_version: '1.6.0',
  id: 'GHSA-xxxx-0000-0001',
  modified: '2024-01-02T03:04:05Z',
  aliases: ['CVE-2024-0001'],
  summary: 'not needed for matching',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'a', purl: 'pkg:npm/a' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }],
      versions: ['1.0.0'],
      ecosystem_specific: { affected_functions: ['a.parse'], other: 1 },
      database_specific: { source: 'x' },
    },
  ],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-79'], reviewed: true },
};

describe('parseOsv', () => {
  it('keeps what matching needs and drops the prose', () => {
    const parsed = parseOsv(record);
    expect(parsed).toMatchObject({
      ok: true,
      value: { id: record.id, aliases: record.aliases, affected: record.affected, database_specific: record.database_specific },
    });
    expect(parsed.ok && 'summary' in parsed.value).toBe(false);
  });

  it('needs no more than an id and a date', () => {
    expect(parseOsv({ id: 'X-1', modified: '2024-01-02T03:04:05Z' })).toEqual({
      ok: true,
      value: { id: 'X-1', modified: '2024-01-02T03:04:05Z' },
    });
  });

  it('takes a git range without a package', () => {
    const affected = [{ ranges: [{ type: 'GIT', repo: 'https://example.test/a', events: [{ introduced: '0' }] }] }];
    expect(parseOsv({ id: 'X-1', modified: 'm', affected })).toMatchObject({
      ok: true,
      value: { affected: [{ ranges: [{ type: 'GIT' }] }] },
    });
  });

  it.each([
    [{ ...record, id: '' }, /^id: /],
    [{ id: 'X-1' }, /^modified: /],
    [{ ...record, affected: [{ ranges: [{ type: 'OTHER', events: [{}] }] }] }, /^affected\.0\.ranges\.0\.type: /],
    [{ ...record, affected: [{ ranges: [{ type: 'SEMVER', events: [] }] }] }, /^affected\.0\.ranges\.0\.events: /],
    [{ ...record, aliases: 'CVE-2024-0001' }, /^aliases: /],
    [null, /^: /],
  ])('%# names the first field that does not fit', (json, place) => {
    expect(parseOsv(json)).toEqual({ ok: false, error: expect.stringMatching(place) });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof parseOsv(json).ok === 'boolean'));
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof parseOsv({ ...record, affected: [json] }).ok === 'boolean'));
  });
});
