/** `${…}` in the values of a pom: what the tree says, never the environment or the machine. */

/** A text with everything known put in; `unknown` is the first expression that the tree does not answer, as written. */
export interface Interpolated {
  readonly text: string;
  readonly unknown?: string;
}

/** The raw value of an expression, which may hold expressions itself. */
export type Lookup = (expression: string) => string | undefined;

export type Interpolate = (text: string) => Interpolated;

const EXPRESSION = /\$\{([^${}]*)\}/g;
/** Versions and names are short; properties that multiply each other (`${a}${a}`) are a bomb, and end here. */
const LONGEST = 2_048;
const DEEPEST = 64;

/** Each expression is worked out once, so that the cost is that of the text and not of what it unfolds to. */
export const interpolator = (lookup: Lookup): Interpolate => {
  const known = new Map<string, Interpolated>();
  const inWork = new Set<string>();

  const answerOf = (name: string, whole: string): Interpolated => {
    const done = known.get(name);
    if (done !== undefined) return done;
    const raw = inWork.has(name) || inWork.size >= DEEPEST ? undefined : lookup(name);
    if (raw === undefined) return { text: whole, unknown: whole };
    inWork.add(name);
    const value = resolve(raw);
    inWork.delete(name);
    // what met itself on the way is on the same circle, so that `unknown` is right for every place of it
    const kept = value.unknown === undefined ? value : { text: whole, unknown: value.unknown };
    known.set(name, kept);
    return kept;
  };

  const resolve: Interpolate = (text) => {
    if (!text.includes('${'))
      return text.length > LONGEST ? { text: text.slice(0, LONGEST), unknown: 'a value that is too long' } : { text };
    let unknown: string | undefined;
    const filled = text.slice(0, LONGEST).replace(EXPRESSION, (whole, name: string) => {
      const value = answerOf(name, whole);
      unknown ??= value.unknown;
      return value.text;
    });
    if (filled.length > LONGEST || text.length > LONGEST)
      return { text: filled.slice(0, LONGEST), unknown: unknown ?? 'a value that is too long' };
    // `${` that is left opened nothing we know: an expression in another, or one that never ends
    unknown ??= filled.includes('${') ? filled.slice(0, 80) : undefined;
    return unknown === undefined ? { text: filled } : { text: filled, unknown };
  };
  return resolve;
};
