/** Text of a run inside GitHub-flavoured Markdown: it may not become markup, a link, a mention or a reference to another issue. */
import { clipped, pieces, visible } from '../words/index.ts';

/** Beyond so many characters a text is cut: one finding must not use up the comment. */
const LONGEST = 300;

/** As entities, because a backslash is read differently inside tables, code and HTML. */
const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;
const MARKUP = /[&<>`|\\*_~[\]$]/g;

/** Breaks what the forge would link after rendering: @team, #12, GH-12, https://, www. */
const LINKED = /@(?=[\p{L}\p{N}_])|#(?=\d)|\bGH(?=-\d)|:(?=\/\/)|\bwww(?=\.)/gu;

/** Plain text for a cell or a sentence. */
export const text = (raw: string): string => broken(clipped(visible(raw), LONGEST));

/** A sentence of ours that may hold code between backticks. */
export const sentence = (raw: string): string =>
  pieces(clipped(visible(raw), LONGEST))
    .map((piece) => (piece.code ? code(piece.text) : broken(piece.text)))
    .join('');

/** A code span; as HTML where backticks or the bars of a table would end it early. Mentions and links do not work inside. */
export const code = (raw: string): string => {
  const shown = clipped(visible(raw), LONGEST);
  if (shown.trim() === '') return '';
  if (!/[`|\\]/.test(shown) && shown === shown.trim()) return `\`${shown}\``;
  return `<code>${shown.replace(/[!-/:-@[-`{-~]/g, entity)}</code>`;
};

const broken = (shown: string): string => {
  const safe = shown.replace(MARKUP, entity);
  return safe.replace(LINKED, (found, index: number) => (found === '#' && safe[index - 1] === '&' ? found : `${found}&#8203;`));
};
