/** What the code around an expression calls it: `parse` for what is assigned to `exports.parse`, `each()` for an argument of `each(…)`. */

/** Longest part of a name, and longest name: a hostile file may hold keys of any size. */
const MAX_PART = 80;
const MAX_NAME = 300;

export interface Place {
  /** Of the function around: `outer>`, or empty. */
  readonly prefix: string;
  /** Name of a function that stands here. */
  readonly path: string;
  /** A function's or class's own name says more than this place does. */
  readonly weak: boolean;
  /** Name of an object that stands here, without the prefix; empty when its members need none: `module.exports = { parse() {} }`. */
  readonly base: string;
  /** Qualified name of what `this` is in a method that stands here. */
  readonly owner?: string;
}

/** A name of the source as part of ours: no control characters, not too long. */
export const part = (text: string): string => {
  const short = text.length > MAX_PART ? `${text.slice(0, MAX_PART - 1)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return short.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
};

/** Bounded, so that a thousand functions inside one another do not make a thousand long names. */
export const bounded = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);

/** `base.key`; a computed key has its brackets already: `base[Symbol.iterator]`. */
export const joined = (base: string, key: string): string =>
  bounded(base === '' || key === '' ? base + key : key.startsWith('[') ? base + key : `${base}.${key}`);

/** Something that has this name and no other. */
export const named = (prefix: string, path: string): Place => ({ prefix, path, weak: false, base: path });

/** Something that has no name but for its role: returned, an argument, the module itself. */
export const roled = (prefix: string, path: string): Place => ({ prefix, path, weak: true, base: '' });

/** A member of what stands at `place`. */
export const memberOf = (place: Place, key: string): Place => {
  const owner = place.base === '' ? undefined : place.prefix + place.base;
  return { ...named(place.prefix, joined(place.base, key)), ...(owner === undefined ? {} : { owner }) };
};
