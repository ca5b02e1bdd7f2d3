import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byText } from '../lib/order.ts';
import type { TableRow } from './table.ts';
import { openTable, tableKey, tableLine } from './table.ts';

const hash = 'a'.repeat(32);
const textOf = (rows: readonly TableRow[]): string =>
  [...rows]
    .sort((a, b) => byText(tableKey(a.ecosystem, a.name), tableKey(b.ecosystem, b.name)))
    .map(tableLine)
    .join('');

describe('openTable', () => {
  it('finds every row that was written and no other', () => {
    const word = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', '@', '/', '-', '.', 'é') });
    const rows = fc.uniqueArray(fc.tuple(fc.constantFrom('npm', 'npm2', 'Go'), word), { selector: (key) => key.join('\t') });
    fc.assert(
      fc.property(rows, word, (keys, other) => {
        const written = keys.map(([ecosystem, name], index): TableRow => ({ ecosystem, name, offset: index, length: 1, hash }));
        const table = openTable(textOf(written));
        for (const row of written) expect(table.find(row.ecosystem, row.name)).toEqual(row);
        expect(table.find('npm', other)).toEqual(written.find((row) => row.ecosystem === 'npm' && row.name === other));
      }),
    );
  });

  it.each([
    'npm\ta\t0\t1',
    'npm\ta\t0\t1\tshort\n',
    `npm\ta\t-1\t1\t${hash}\n`,
    `npm\ta\t0\tx\t${hash}\n`,
    `npm\ta\t0\t1\t${hash}\tmore\n`,
  ])('refuses the damaged line %j', (text) => {
    expect(() => openTable(text).find('npm', 'a')).toThrow(expect.objectContaining({ code: 'BW4002' }));
  });
});
