/** Sentences with code between backticks, as markup. */
import { pieces } from '../words/index.ts';
import { html, type Markup } from './template.ts';

export const rich = (text: string): readonly Markup[] =>
  pieces(text).map((piece) => (piece.code ? html`<code>${piece.text}</code>` : html`${piece.text}`));

/** Facts as a sentence: joined by semicolons, with one full stop. */
export const sentence = (facts: readonly string[]): string => {
  const joined = facts.map((fact) => fact.replace(/\.$/, '')).join('; ');
  return joined === '' ? '' : `${joined}.`;
};
