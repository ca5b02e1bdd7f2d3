/** Shell text → the commands in it, as words; enough to see which program is started with which file, never executed. */

const MOST_WORDS = 10_000;

/** `a=1 node x.js && b` → [['a=1', 'node', 'x.js'], ['b']]. Quotes are taken off; variables stay as written. */
export const commandsIn = (text: string): readonly (readonly string[])[] => {
  const commands: string[][] = [[]];
  let word: string | undefined;
  let quote = '';
  let words = 0;
  const end = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word);
    if (word !== undefined) words += 1;
    word = undefined;
  };
  for (let at = 0; at < text.length && words < MOST_WORDS; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
      else word = (word ?? '') + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (letter === '\\') {
      at += 1;
      if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else if (/[\s;&|()]/.test(letter)) {
      end();
      if (letter !== ' ' && letter !== '\t' && (commands.at(-1)?.length ?? 0) > 0) commands.push([]);
    } else word = (word ?? '') + letter;
  }
  end();
  return commands.filter((command) => command.length > 0);
};
