/** Messages may hold code between backticks; each surface shows it in its own way. */
export interface Piece {
  readonly code: boolean;
  readonly text: string;
}

/** Splits at backticks; a lone one is text. */
export const pieces = (text: string): readonly Piece[] => {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [{ code: false, text }];
  return parts.map((part, index) => ({ code: index % 2 === 1, text: part })).filter((piece) => piece.text !== '');
};

/** `build/dependencies` → `dependencies`: the last word names a control for people. */
export const lastWord = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
