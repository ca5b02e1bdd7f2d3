import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryFacts } from '../extractors/facts.ts';
import { mergeAliases } from './closure.ts';

const facts = (id: string, aliases: readonly string[] = [], more: Partial<AdvisoryFacts> = {}): AdvisoryFacts => ({
  id,
  aliases,
  severity: 'medium',
  severityStated: false,
  cwes: [],
  ranges: [],
  versions: [],
  functions: [],
  ...more,
});

const below = (fixed: string): AdvisoryFacts['ranges'] => [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }];

describe('mergeAliases', () => {
  it('joins a GHSA and a CVE record under the GHSA id', () => {
    const cve = facts('CVE-2020-1', [], { severity: 'high', severityStated: true, ranges: below('1.0.0'), cwes: ['CWE-79'] });
    const merged = mergeAliases([cve, facts('GHSA-a', ['CVE-2020-1'], { ranges: below('1.2.0'), published: '2020-01-01T00:00:00Z' })]);
    expect(merged).toEqual([
      facts('GHSA-a', ['CVE-2020-1'], {
        severity: 'high',
        severityStated: true,
        ranges: [...below('1.2.0'), ...below('1.0.0')],
        cwes: ['CWE-79'],
        published: '2020-01-01T00:00:00Z',
      }),
    ]);
  });

  it('is malicious when one says so, and informational only when all do', () => {
    const bad = facts('MAL-2026-1', ['GHSA-a'], { malicious: true, severity: 'critical', severityStated: true });
    expect(mergeAliases([facts('GHSA-a', [], { severity: 'low', severityStated: true }), bad])).toMatchObject([
      { id: 'GHSA-a', aliases: ['MAL-2026-1'], malicious: true, severity: 'critical' },
    ]);
    const note = facts('RUSTSEC-1', ['GHSA-b'], { informational: 'unmaintained', severity: 'low' });
    expect(mergeAliases([note])[0]?.informational).toBe('unmaintained');
    expect(mergeAliases([note, facts('GHSA-b')])[0]?.informational).toBeUndefined();
  });

  it('joins records that only share an alias, through any chain', () => {
    const merged = mergeAliases([facts('GHSA-a', ['X']), facts('GHSA-c', ['Y']), facts('NSWG-ECO-1', ['X', 'Y']), facts('GHSA-b')]);
    expect(merged.map(({ id, aliases }) => [id, aliases])).toEqual([
      ['GHSA-a', ['GHSA-c', 'NSWG-ECO-1', 'X', 'Y']],
      ['GHSA-b', []],
    ]);
  });

  it('writes a range that both records state once', () => {
    expect(
      mergeAliases([facts('A', ['B'], { ranges: below('1.0.0') }), facts('B', [], { ranges: below('1.0.0') })])[0]?.ranges,
    ).toHaveLength(1);
  });

  it('partitions the names, whatever the order of the records', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G');
    const record = fc.tuple(name, fc.uniqueArray(name, { maxLength: 2 })).map(([id, aliases]) =>
      facts(
        id,
        aliases.filter((a) => a !== id),
      ),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), (records) => {
        const merged = mergeAliases(records);
        const names = merged.flatMap(({ id, aliases }) => [id, ...aliases]);
        expect(new Set(names).size).toBe(names.length);
        const shape = (list: readonly AdvisoryFacts[]): unknown => list.map(({ id, aliases }) => [id, [...aliases].sort()]);
        expect(shape(mergeAliases([...records].reverse()))).toEqual(shape(merged));
        for (const { id, aliases } of records) {
          const home = merged.find((m) => [m.id, ...m.aliases].includes(id));
          for (const alias of aliases) expect([home?.id, ...(home?.aliases ?? [])]).toContain(alias);
        }
      }),
    );
  });
});
