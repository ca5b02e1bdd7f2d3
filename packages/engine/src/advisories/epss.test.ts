import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceIn, epssTable } from './epss.ts';

const csv = (rows: readonly string[], head = '#model_version:v2025.03.14,score_date:2026-11-22T00:00:00+0000\ncve,epss,percentile\n') =>
  Buffer.from(head + rows.map((row) => `${row}\n`).join(''));

describe('EPSS', () => {
  it('gives every score that was written and no other, packed or not', () => {
    const cve = fc.tuple(fc.integer({ min: 1999, max: 2003 }), fc.integer({ min: 1000, max: 30_000 })).map(([y, n]) => `CVE-${y}-${n}`);
    const scores = fc.uniqueArray(fc.tuple(cve, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, selector: ([id]) => id });
    fc.assert(
      fc.property(scores, cve, fc.boolean(), (written, other, packed) => {
        const bytes = csv(written.map(([id, chance]) => `${id},${chance},0.5`));
        const table = epssTable(packed ? gzipSync(bytes) : bytes);
        const ask = chanceIn(table.text);
        expect([table.count, table.asOf]).toEqual([written.length, '2026-11-22']);
        for (const [id, chance] of written) expect(ask(id)).toBe(chance + 0);
        expect(ask(other)).toBe(written.find(([id]) => id === other)?.[1]);
      }),
    );
  });

  it('takes columns by name, the highest of two scores, and no date where there is none', () => {
    const table = epssTable(csv(['0.1,x,CVE-2024-1000', '3e-05,x,CVE-2024-1001', '0.4,x,CVE-2024-1000\r', ''], 'EPSS,percentile,cve\r\n'));
    expect(table).toEqual({ text: 'CVE-2024-1000\t0.4\nCVE-2024-1001\t0.00003\n', count: 2 });
  });

  it.each([
    ['no header', Buffer.from('CVE-2024-1000,0.1,0.2\n'), /columns/],
    ['no rows', csv([]), /no scores/],
    ['a chance above one', csv(['CVE-2024-1000,1.5,0.2']), /line 3/],
    ['no number', csv(['CVE-2024-1000,,0.2']), /line 3/],
    ['no CVE', csv(['CVE-2024-1000,0.1,0.2', 'GHSA-1,0.1,0.2']), /line 4/],
    ['a login page', Buffer.from('<html>'), /columns/],
    ['a cut archive', gzipSync(csv(['CVE-2024-1000,0.1,0.2'])).subarray(0, 40), /./],
  ])('refuses a file with %s', (_, bytes, reason) => expect(() => epssTable(bytes)).toThrow(reason));

  it('asks for nothing but CVE ids, and notices a line of others', () => {
    const ask = chanceIn('CVE-2024-1000\tmuch\n');
    expect(['', 'CVE-2024-100', 'CVE-2024-10000', 'CVE-2024-1000\t', 'x'].map(ask)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => ask('CVE-2024-1000')).toThrow(expect.objectContaining({ code: 'BW4002' }));
  });

  it('packs no more out than a limit', () => {
    const bomb = gzipSync(Buffer.alloc(300 << 20), { level: 9 });
    expect(() => epssTable(bomb)).toThrow();
  });
});
