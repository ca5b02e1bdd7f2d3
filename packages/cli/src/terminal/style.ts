/** Four hues, dim and bold, and the marks that carry the same meaning without colour (terminal.md, palette). */
import { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { visible } from '../render/words/visible.ts';
import type { Terminal } from './terminal.ts';

export type Role = 'act' | 'attend' | 'ok' | 'unknown' | 'dim' | 'bold' | 'title' | 'plain';
export type Mark = 'act' | 'attend' | 'ok' | 'unknown' | 'track' | 'rail' | 'end';

const MARKS: Readonly<Record<Mark, readonly [unicode: string, ascii: string]>> = {
  act: ['✖', 'x'],
  attend: ['▲', '!'],
  ok: ['✔', '+'],
  unknown: ['?', '?'],
  track: ['·', '-'],
  rail: ['│', '|'],
  end: ['◆', '*'],
};

const ASCII: Readonly<Record<string, string>> = {
  '✖': 'x',
  '▲': '!',
  '✔': '+',
  '·': '-',
  '│': '|',
  '◆': '*',
  '→': '->',
  '−': '-',
  '…': '...',
  '•': '*',
  '─': '-',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  ' ': ' ',
};

export interface Style {
  readonly columns: number;
  /** Letters this terminal can show, control characters made visible; no colour. */
  text(value: string): string;
  paint(role: Role, value: string): string;
  mark(mark: Mark): string;
}

export const styleOf = (terminal: Terminal): Style => {
  const c = createColors(terminal.colour);
  const paints: Readonly<Record<Role, (value: string) => string>> = {
    act: c.red,
    attend: c.yellow,
    ok: c.cyan,
    unknown: c.magenta,
    dim: c.dim,
    bold: c.bold,
    title: (value) => c.bold(value),
    plain: (value) => value,
  };
  const words = (value: string): string => visible(value).replace(/`([^`]*)`/g, '$1'); // marks of code, for pages
  const text = terminal.unicode ? words : (value: string): string => toAscii(words(value));
  const markRole = { act: 'act', attend: 'attend', ok: 'ok', unknown: 'unknown', track: 'dim', rail: 'dim', end: 'act' } as const;
  return {
    columns: terminal.columns,
    text,
    paint: (role, value) => (value === '' ? '' : paints[role](text(value))),
    mark: (mark) => paints[markRole[mark]](MARKS[mark][terminal.unicode ? 0 : 1]),
  };
};

/** Letters without an ASCII form are shown as `?`: a wrong letter would be a wrong name. */
export const toAscii = (value: string): string =>
  Array.from(value, (letter) => ASCII[letter] ?? (letter.charCodeAt(0) < 0x80 ? letter : '?')).join('');

/** Columns that a text takes on the screen; escape codes take none. */
export const widthOf = (value: string): number => stringWidth(value);

export const padTo = (value: string, width: number): string => value + ' '.repeat(Math.max(0, width - widthOf(value)));

export const padStartTo = (value: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(value))) + value;

/** Breaks at spaces, and inside a word only when it is wider than the line. Plain text in, plain lines out. */
export const wrap = (value: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of value.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width || line === '') line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
};
