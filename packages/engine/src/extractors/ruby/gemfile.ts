/** Which gems a Gemfile names in which groups, as far as that can be read without running it: only plain blocks and options. */

/** Groups of one gem, each by name; `default` where none is given. */
export type Groups = ReadonlyMap<string, ReadonlySet<string>>;

const NOTHING: Groups = new Map();

/** A text of the kind `<<~END` is not told from code. */
const HEREDOC = /<<[~-]?["'`]?[A-Z_]{2}/;

const OPENS = /^(?:if|unless|case|while|until|for|begin|def|class|module)\b/;
const DO = /\bdo(?: *\|[^|]*\|)?$/;
const CLOSES = /^end\b/;
const GEM = /^gem[ (] *(["'])([^"']+)\1(.*)$/;
const LITERAL = /^(?::"?([\w-]+)"?|(["'])([\w-]+)\2)$/;
const GROUP_OPTION = /(?:\bgroups?: *|:groups? *=> *)(\[[^[\]]*\]|[^,)\s]+)/;

/** A hash sign in quotes is text. */
const withoutComment = (line: string): string => {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '#') return line.slice(0, at);
  }
  return line;
};

/** `:development, "test"` → names; `undefined` when one of them is not a plain word. */
const wordsOf = (list: string): readonly string[] | undefined => {
  const words: string[] = [];
  for (const item of list.split(',')) {
    const text = item.trim();
    if (/^(?:optional:|:optional *=>)/.test(text)) continue;
    const [, symbol, , quoted] = LITERAL.exec(text) ?? [];
    const word = symbol ?? quoted;
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
};

/** The names behind `group` when the statement opens such a block. */
const groupBlock = (statement: string): string | undefined => {
  if (!/^group[ (]/.test(statement) || !statement.endsWith(' do')) return undefined;
  const list = statement.slice('group '.length, -' do'.length).trim();
  return list.endsWith(')') ? list.slice(0, -1) : list;
};

/** What stands in such a block stays unknown, that is: required. */
const isOneLineBlock = (statement: string): boolean => /\bend$/.test(statement) && /\bdo\b/.test(statement);

/** `undefined` in place of names: a group that cannot be told. */
const optionOf = (rest: string): readonly string[] | undefined => {
  const stated = GROUP_OPTION.exec(rest)?.[1];
  if (stated !== undefined) return wordsOf(stated.replace(/^\[|\]$/g, ''));
  return /\bgroups?\b/.test(rest) ? undefined : [];
};

const UNKNOWN = '?';

class GemfileReader {
  readonly groups = new Map<string, Set<string>>();
  /** Groups that each open block adds. */
  readonly #blocks: (readonly string[])[] = [];
  broken = false;

  get complete(): boolean {
    return !this.broken && this.#blocks.length === 0;
  }

  take(statement: string): void {
    if (isOneLineBlock(statement)) return;
    const group = groupBlock(statement);
    if (CLOSES.test(statement)) this.#close();
    else if (group !== undefined) this.#blocks.push(wordsOf(group) ?? [UNKNOWN]);
    else if (DO.test(statement) || OPENS.test(statement)) this.#blocks.push([]);
    else this.#gem(statement);
  }

  #close(): void {
    if (this.#blocks.pop() === undefined) this.broken = true;
  }

  #gem(statement: string): void {
    const [, , name, rest = ''] = GEM.exec(statement) ?? [];
    if (name === undefined) return;
    const around = this.#blocks.flat();
    const all = [...around, ...(optionOf(rest) ?? [UNKNOWN])];
    const known = this.groups.get(name) ?? new Set<string>();
    for (const group of all.length === 0 ? ['default'] : all) known.add(group);
    this.groups.set(name, known);
  }
}

/** Lines of code, without comments, texts behind the end and `=begin` blocks. */
function* linesOf(gemfile: string): Generator<string> {
  let commented = false;
  for (const raw of gemfile.split('\n')) {
    if (raw.startsWith('__END__')) return;
    if (raw.startsWith('=begin')) commented = true;
    const line = commented ? '' : withoutComment(raw).trim();
    if (raw.startsWith('=end')) commented = false;
    if (line !== '') yield line;
  }
}

/** Lines of one statement: those that end in a comma go on. */
const LONGEST = 200;

/** Empty when the blocks cannot be followed: then nothing is known. Never throws. */
export const groupsOf = (gemfile: string): Groups => {
  const reader = new GemfileReader();
  let statement: string[] = [];
  for (const line of linesOf(gemfile)) {
    if (HEREDOC.test(line)) return NOTHING;
    statement.push(line);
    if (line.endsWith(',') && statement.length < LONGEST) continue;
    reader.take(statement.join(' '));
    statement = [];
  }
  return reader.complete ? reader.groups : NOTHING;
};

const DEVELOPMENT: readonly string[] = ['development', 'test'];

/** Only ever in groups that a deployment leaves out by convention. */
export const isForDevelopment = (name: string, groups: Groups): boolean => {
  const of = groups.get(name);
  return of !== undefined && [...of].every((group) => DEVELOPMENT.includes(group));
};
