/** What a mix.exs asks for, as far as it stands there literally: tuples such as `{:credo, "~> 1.7", only: [:dev, :test]}`. Nothing is run. */
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Term } from './cursor.ts';
import { TermCursor } from './cursor.ts';
import { itemsOf, optionOf } from './lock-file.ts';

export interface Asked {
  readonly app: string;
  readonly range: string;
  /** Every tuple of this name is for development only, and says so literally. */
  readonly development: boolean;
  /** Folder of a package in the same tree, relative to this mix.exs. */
  readonly path?: string;
}

/** A text, a comment, or a tuple that begins with an atom. */
const MARK = /"""|["#]|\{ {0,8}:[A-Za-z_]/g;

/** Offsets of such tuples outside of texts and comments. */
function* tuples(text: string): Generator<number> {
  for (let at = 0; ; ) {
    MARK.lastIndex = at;
    const found = MARK.exec(text);
    if (found === null) return;
    const [mark] = found;
    if (mark.startsWith('{')) yield found.index;
    at = mark.startsWith('{') ? found.index + 1 : endOf(text, found.index, mark);
  }
}

/** Of the comment or the text that begins with `mark`. */
const endOf = (text: string, start: number, mark: string): number => {
  let end = text.indexOf(mark === '#' ? '\n' : mark, start + mark.length);
  while (mark === '"' && end > 0 && text.charAt(end - 1) === '\\' && !isEscaped(text, end - 1)) end = text.indexOf(mark, end + 1);
  return end < 0 ? text.length : end + mark.length;
};

/** Whether the backslash is itself the second of a pair. */
const isEscaped = (text: string, at: number): boolean => {
  let start = at;
  while (text.charAt(start - 1) === '\\') start -= 1;
  return (at - start) % 2 === 1;
};

const NAME = /\{ {0,8}:([A-Za-z0-9_]{1,200})/y;

const nameAt = (text: string, at: number): string | undefined => {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[1];
};

/** A dependency and its options have four levels; a project has some dozens of dependencies. */
const DEEPEST = 8;
const TUPLES = 2_000;

/** `undefined` when it is code, not a plain tuple. */
const termAt = (text: string, at: number): Term | undefined => {
  try {
    return new TermCursor(text, at, DEEPEST).term();
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
};

const DEVELOPMENT: readonly string[] = ['dev', 'test', 'docs'];

const isForDevelopment = (only: Term | undefined): boolean => {
  const environments = only?.kind === 'list' ? only.items : only === undefined ? [] : [only];
  return environments.length > 0 && environments.every((one) => one.kind === 'atom' && DEVELOPMENT.includes(one.value));
};

const askedOf = (app: string, term: Term | undefined): Asked => {
  const [, second, ...rest] = itemsOf(term);
  const range = second?.kind === 'text' ? second.value : '>= 0.0.0';
  const options = [second, ...rest].flatMap((one) => (one === undefined ? [] : one.kind === 'list' ? one.items : [one]));
  const path = optionOf(options, 'path');
  return {
    app,
    range,
    development: isForDevelopment(optionOf(options, 'only')),
    ...(path?.kind === 'text' ? { path: path.value } : {}),
  };
};

/** One per name; empty for a file that is no list of dependencies but thousands of tuples. What stands there twice is for development only if both say so. Never throws. */
export const askedIn = (text: string): ReadonlyMap<string, Asked> => {
  const asked = new Map<string, Asked>();
  let seen = 0;
  for (const at of tuples(text)) {
    seen += 1;
    if (seen > TUPLES) return new Map();
    const app = nameAt(text, at);
    if (app === undefined) continue;
    const found = askedOf(app, termAt(text, at));
    const known = asked.get(app);
    asked.set(app, known === undefined ? found : { ...known, ...found, development: found.development && known.development });
  }
  return asked;
};

/** Where an umbrella keeps its applications: `apps`. */
export const appsFolderIn = (text: string): string | undefined => /\bapps_path: *"([^"\n]{1,200})"/.exec(text)?.[1];
