/** Whether two names are one slip of a finger apart: a letter more, less or wrong, two letters swapped. */

/** Drawn so that they pass for each other in many typefaces. */
const ALIKE: readonly string[] = ['0o', '1l', '1i'];

const isLetter = (character: string): boolean => /^[a-z]$/.test(character);

/** A digit mostly tells versions apart (`es5-ext`, `es6-ext`), unless it is drawn like the letter. */
const isSlip = (a: string, b: string): boolean => (isLetter(a) && isLetter(b)) || ALIKE.includes(a + b) || ALIKE.includes(b + a);

/** Plural, tense, comparative and the two letters that brands end in make another word. */
const ENDINGS = 'sdrxz';

/** First index at which they differ, counted from the start. */
const firstDifference = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
};

/** `long` has one letter more, at `at`. */
const isInserted = (short: string, long: string, at: number): boolean => {
  const letter = long[at] ?? '';
  if (!isLetter(letter) || short.slice(at) !== long.slice(at + 1)) return false;
  return !(at === short.length && ENDINGS.includes(letter));
};

const isChanged = (a: string, b: string, at: number): boolean => {
  const [x = '', y = ''] = [a[at], b[at]];
  if (a.slice(at + 1) === b.slice(at + 1)) return isSlip(x, y) && !(at === a.length - 1 && ENDINGS.includes(x) && ENDINGS.includes(y));
  const swapped = a[at + 1] === y && b[at + 1] === x && a.slice(at + 2) === b.slice(at + 2);
  return swapped && !/\d/.test(x + y);
};

/** Where the slip is, as an index into both; undefined: the names are the same, or further apart. Symmetric. */
export const slipAt = (a: string, b: string): number | undefined => {
  const at = firstDifference(a, b);
  if (a === b || Math.abs(a.length - b.length) > 1) return undefined;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const is = a.length === b.length ? isChanged(a, b, at) : isInserted(short, long, at);
  return is ? at : undefined;
};

/** Short enough that a slip before its end leaves the same number of characters at the other end as they were. */
const halfOf = (length: number): number => Math.floor((length - 1) / 2);

const keysOf = (name: string, half: number): readonly string[] => [`<${name.slice(0, half)}`, `>${name.slice(name.length - half)}`];

/** Names by their first and their last half, one of which every slip leaves intact: a look-up tries few names, however many there are. */
export class NearNames {
  readonly #byHalf = new Map<string, string[]>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      for (const key of keysOf(name, halfOf(name.length))) {
        const there = this.#byHalf.get(key);
        if (there === undefined) this.#byHalf.set(key, [name]);
        else there.push(name);
      }
    }
  }

  /** The first that is one slip away and that `isMeant` takes; `at` is where the slip is. */
  find(name: string, isMeant: (near: string, at: number) => boolean): string | undefined {
    const halves = new Set([halfOf(name.length - 1), halfOf(name.length), halfOf(name.length + 1)]);
    for (const key of [...halves].flatMap((half) => keysOf(name, half))) {
      for (const near of this.#byHalf.get(key) ?? []) {
        const at = slipAt(name, near);
        if (at !== undefined && isMeant(near, at)) return near;
      }
    }
    return undefined;
  }
}
