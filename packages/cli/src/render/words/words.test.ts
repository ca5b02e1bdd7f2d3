import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageText,
  chanceText,
  clipped,
  count,
  dateText,
  durationText,
  instantText,
  lastWord,
  list,
  pieces,
  plural,
  visible,
} from './index.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [1_811, '1,811'],
    [-1_202, '-1,202'],
    [12_345_678, '12,345,678'],
  ])('%d is %s', (n, expected) => expect(count(n)).toBe(expected));

  it('groups three digits from the right and keeps the number', () => {
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(count(n)).toMatch(/^-?\d{1,3}(?:,\d{3})*$/);
        expect(Number(count(n).replaceAll(',', ''))).toBe(n);
      }),
    );
  });

  it('knows one from many', () => {
    expect([plural(1, 'alert'), plural(0, 'alert'), plural(1_811, 'alert'), plural(2, 'entry', 'entries')]).toEqual([
      '1 alert',
      '0 alerts',
      '1,811 alerts',
      '2 entries',
    ]);
  });

  it.each([
    [4, '4 ms'],
    [900, '0.9 s'],
    [18_400, '18.4 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms is %s', (ms, expected) => expect(durationText(ms)).toBe(expected));

  it('joins words for a sentence', () => expect([list([]), list(['a']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']));
});

describe('dates', () => {
  it('writes them out', () => {
    expect(dateText('2026-11-22T08:00:00Z')).toBe('22 Nov 2026');
    expect(dateText('2027-02-03')).toBe('3 Feb 2027');
    expect(instantText('2026-11-23T09:14:07.123Z')).toBe('23 Nov 2026, 09:14 UTC');
  });

  it('leaves what is no date as it is', () => expect([dateText('soon'), dateText('2026-13-01')]).toEqual(['soon', '2026-13-01']));

  it('gives an age in whole days', () => {
    const at = '2026-11-23T09:00:00Z';
    expect(ageText('2026-11-23T08:00:00Z', at)).toBe('less than a day old');
    expect(ageText('2026-11-22T08:00:00Z', at)).toBe('1 day old');
    expect(ageText('2025-11-23T09:00:00Z', at)).toBe('365 days old');
    expect(ageText('2026-11-24T09:00:00Z', at)).toBe('newer than this run');
    expect(ageText('never', at)).toBe('');
  });

  it('never rounds a chance to zero', () =>
    expect([chanceText(0.0004), chanceText(0.934), chanceText(1)]).toEqual(['under 1 %', '93 %', '100 %']));
});

describe('hidden characters', () => {
  it('shows what would turn or hide text', () => {
    expect(visible('a\u202eb')).toBe('a⟨U+202E⟩b');
    expect(visible('\u2066x\u2069 \u2028 \u0000 \u200b \ufeff \u{e0041}')).toBe(
      '⟨U+2066⟩x⟨U+2069⟩ ⟨U+2028⟩ ⟨U+0000⟩ ⟨U+200B⟩ ⟨U+FEFF⟩ ⟨U+E0041⟩',
    );
    expect(visible('\u001b[31m')).toBe('⟨U+001B⟩[31m');
    expect(visible('half \ud800')).toBe('half ⟨U+D800⟩');
  });

  it('makes one line of many', () => expect(visible('a\nb\tc')).toBe('a b c'));

  it('leaves the scripts of the world alone', () => {
    for (const text of ['grün', '日本語', 'می‌خواهم', '👩‍💻', 'עברית']) expect(visible(text)).toBe(text);
  });

  it('is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it('cuts between characters, never inside one', () => {
    expect(clipped('👩👩👩', 2)).toBe('👩…');
    expect(clipped('abc', 3)).toBe('abc');
  });
});

describe('code between backticks', () => {
  it('splits', () => {
    expect(pieces('run `a` now')).toEqual([
      { code: false, text: 'run ' },
      { code: true, text: 'a' },
      { code: false, text: ' now' },
    ]);
  });

  it('takes a lone one as text', () => expect(pieces('it`s')).toEqual([{ code: false, text: 'it`s' }]));

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const joined = pieces(text)
          .map((piece) => piece.text)
          .join('');
        expect(joined.replaceAll('`', '')).toBe(text.replaceAll('`', ''));
      }),
    );
  });

  it('names a control by its last word', () =>
    expect([lastWord('build/dependencies'), lastWord('dast')]).toEqual(['dependencies', 'dast']));
});
