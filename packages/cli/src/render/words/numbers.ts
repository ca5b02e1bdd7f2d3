/** Numbers as every surface writes them: thousands separated by a comma, whatever the locale of the machine. */

/** 1811 → `1,811`. Fractions are cut: what is counted is whole. */
export const count = (n: number): string => {
  const digits = String(Math.trunc(Math.abs(n)));
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return `${n <= -1 ? '-' : ''}${groups.join(',')}`;
};

/** `1 alert`, `1,811 alerts`; the second form is given where adding an s is wrong. */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** Milliseconds → `850 ms`, `18.4 s`, `2 min 5 s`. */
export const durationText = (ms: number): string => {
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${count(Math.floor(seconds / 60))} min ${seconds % 60} s`;
};

/** Words joined for a sentence: `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
