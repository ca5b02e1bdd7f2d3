/** Text of a hostile repository made visible: no control, bidi or invisible character may change what the reader sees around it. */

/**
 * Controls, line and paragraph separators, half characters, and format characters: direction marks, embeddings, overrides and
 * isolates (trojan source, CVE-2021-42574), zero-width space, tags. Joiners stay, Persian and emoji need them; Arabic number signs show.
 */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f])\p{Cf}/gu;

/** Line breaks and tabs become one space, other hidden characters their number: `⟨U+202E⟩`. */
export const visible = (text: string): string => text.replace(HIDDEN, shown);

const shown = (character: string): string => {
  if (character === '\n' || character === '\r' || character === '\t') return ' ';
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
};

/** At most `limit` code points, the rest as `…`; never half a character. */
export const clipped = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
};
