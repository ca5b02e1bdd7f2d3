/** Shell text → the commands in it, as words; enough to see which program is started with which file, never executed. */

const MOST_WORDS = 10_000;
const PIECE = /\\\n|\\([\s\S])|"([^"]*)"?|'([^']*)'?|([ \t]+)|([\n\r;&|()]+)|([^\s\\"';&|()]+|[\s\\])/g;

/** `a=1 node x.js && b` → [['a=1', 'node', 'x.js'], ['b']]. Quotes are taken off; variables stay as written. */
export const commandsIn = (text: string): readonly (readonly string[])[] => {
  const reader = new Words();
  for (const [whole, escaped, double, single, blank, end, plain] of text.matchAll(PIECE)) {
    if (reader.count > MOST_WORDS) break;
    if (blank !== undefined) reader.endWord();
    else if (end !== undefined) reader.endCommand();
    else if (whole !== '\\\n') reader.add(escaped ?? double ?? single ?? plain ?? '');
  }
  reader.endCommand();
  return reader.commands;
};

class Words {
  readonly commands: string[][] = [];
  count = 0;
  #command: string[] = [];
  #word: string | undefined;

  add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  endWord(): void {
    if (this.#word === undefined) return;
    this.#command.push(this.#word);
    this.count += 1;
    this.#word = undefined;
  }

  endCommand(): void {
    this.endWord();
    if (this.#command.length > 0) this.commands.push(this.#command);
    this.#command = [];
  }
}
