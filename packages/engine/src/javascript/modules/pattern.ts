/** What is known of a text that is computed: all of it, or how it begins and ends. */
export interface Pattern {
  /** The text, or its beginning. */
  readonly head: string;
  /** Present = anything may stand between head and tail. */
  readonly tail?: string;
}

/** Folder of the module itself (`__dirname`), as the first letter of a pattern: no path has it. */
export const HERE = '\u0000';
/** The folder that the application is started in (`process.cwd()`). */
export const START = '\u0001';

export const UNKNOWN: Pattern = { head: '', tail: '' };
const MOST = 256;

export const exact = (text: string): Pattern => ({ head: text });

/** `path.resolve(x)` and `path.join(process.cwd(), x)`: x may be absolute, and the whole application is no narrowing. */
const ANYWHERE: readonly string[] = ['', START, `${START}/`];

/** Nothing that narrows it down is known of at least one of them. */
export const isOpen = (patterns: readonly Pattern[]): boolean =>
  patterns.length === 0 || patterns.some((item) => item.tail !== undefined && ANYWHERE.includes(item.head));

/** Each of these or those; too many to list is unknown. */
export const either = (...parts: readonly (readonly Pattern[])[]): readonly Pattern[] => {
  const seen = new Map<string, Pattern>();
  for (const pattern of parts.flat()) seen.set(`${pattern.head}\u0002${pattern.tail ?? '\u0003'}`, pattern);
  return seen.size > MOST ? [UNKNOWN] : [...seen.values()];
};

export const joined = (parts: readonly (readonly Pattern[])[]): readonly Pattern[] => {
  let result: readonly Pattern[] = [exact('')];
  for (const part of parts) {
    if (result.length * part.length > MOST) return [UNKNOWN];
    result = either(result.flatMap((left) => part.map((right) => followed(left, right))));
  }
  return result;
};

const followed = (left: Pattern, right: Pattern): Pattern => {
  if (left.tail === undefined)
    return right.tail === undefined ? exact(left.head + right.head) : { head: left.head + right.head, tail: right.tail };
  return { head: left.head, tail: right.tail ?? left.tail + right.head };
};

/** A glob between head and tail. */
export const matches = (pattern: Pattern, text: string): boolean =>
  pattern.tail === undefined
    ? text === pattern.head
    : text.length >= pattern.head.length + pattern.tail.length && text.startsWith(pattern.head) && text.endsWith(pattern.tail);

/** For people: `./plugins/*`. */
export const shown = (pattern: Pattern): string =>
  (pattern.tail === undefined ? pattern.head : `${pattern.head}*${pattern.tail}`).replace(HERE, '.').replace(START, '.');
