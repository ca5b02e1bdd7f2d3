/** A few lines of a text around a place, the place underlined: what a person needs to see to correct it. */

/** `line` and `column` are 1-based; the advice stands behind the underline. */
export const frame = (text: string, line: number, column: number, advice: string): string => {
  const lines = text.split(/\r?\n/);
  const shown = [line - 1, line].filter((n) => n >= 1 && n <= lines.length);
  const width = String(line).length;
  const quoted = shown.map((n) => `${String(n).padStart(width)} │ ${(lines[n - 1] ?? '').slice(0, 120)}`);
  const word = /^\S*/.exec((lines[line - 1] ?? '').slice(column - 1))?.[0].length ?? 0;
  const mark = `${' '.repeat(width)} │ ${' '.repeat(column - 1)}${'─'.repeat(Math.max(1, Math.min(word, 60)))} ${advice}`;
  return [...quoted, mark].join('\n');
};
