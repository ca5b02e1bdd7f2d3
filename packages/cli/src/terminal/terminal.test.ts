import { describe, expect, it } from 'vitest';
import { styleOf, toAscii, wrap } from './style.ts';
import { terminalOf } from './terminal.ts';

const tty = { isTTY: true, columns: 80 };

describe('the terminal', () => {
  it.each([
    ['a terminal', tty, {}, true],
    ['a pipe', {}, {}, false],
    ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR', tty, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, true],
    ['TERM=dumb', tty, { TERM: 'dumb' }, false],
  ])('%s', (_name, stream, environment, colour) => expect(terminalOf(stream, environment).colour).toBe(colour));

  it('takes its width from the stream, then COLUMNS, then 100', () => {
    expect(terminalOf(tty, { COLUMNS: '120' }).columns).toBe(80);
    expect(terminalOf({}, { COLUMNS: '120' }).columns).toBe(120);
    expect(terminalOf({}, { COLUMNS: 'wide' }).columns).toBe(100);
  });

  it('is UTF-8 unless another charset is stated', () => {
    expect(terminalOf({}, {}).unicode).toBe(true);
    expect(terminalOf({}, { LANG: 'C' }).unicode).toBe(false);
    expect(terminalOf({}, { LANG: 'C', LC_ALL: 'en_GB.UTF-8' }).unicode).toBe(true);
  });
});

describe('style', () => {
  it('loses no meaning without letters of its own', () => {
    const plain = styleOf({ columns: 80, colour: false, unicode: false, interactive: false });
    expect([plain.mark('act'), plain.mark('end'), plain.text('a → b · c')]).toEqual(['x', '*', 'a -> b - c']);
    expect(toAscii('é')).toBe('?');
  });
  it('shows control characters of a hostile name instead of sending them', () => {
    expect(styleOf({ columns: 80, colour: true, unicode: true, interactive: true }).text('a\u001b[31mb\u202e')).toBe(
      'a⟨U+001B⟩[31mb⟨U+202E⟩',
    );
  });
  it('wraps at spaces and cuts nothing', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('averylongpathwithoutspaces b', 10).join(' ')).toBe('averylongpathwithoutspaces b');
  });
});
