import { describe, expect, it } from 'vitest';
import { parsePorcelain } from './history.ts';

const COMMIT = 'c20be41'.padEnd(40, '0');
const header = (commit: string, line: number): string =>
  `${commit} ${line} ${line} 1\nauthor Ann\nauthor-mail <ann@shop.example>\nauthor-time 1741945500\nauthor-tz +0100\nsummary add ejs\nfilename a.js\n\tauthor of this line: 4711\n`;

describe('git blame', () => {
  it('gives commit, author and instant for a line; the text of the line cannot pose as a header', () => {
    expect(parsePorcelain(header(COMMIT, 1) + header(COMMIT, 2)).get(2)).toEqual({
      commit: COMMIT,
      author: 'Ann',
      at: '2025-03-14T09:45:00.000Z',
    });
  });
  it('says nothing of a line that is not committed', () => expect(parsePorcelain(header('0'.repeat(40), 3)).size).toBe(0));
});
