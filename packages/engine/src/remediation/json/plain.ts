/** JSON values as plain data: what they are, when they are equal, and a merge of three versions of one. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The own member only: a file may hold a member called `constructor` or `__proto__`. */
export const member = (value: unknown, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const textMember = (value: unknown, name: string): string | undefined => {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
};

/** Members of an object whose values are text; everything else is left out. */
export const texts = (value: Json | undefined): ReadonlyMap<string, string> =>
  new Map(
    isObject(value) ? Object.entries(value).flatMap(([name, v]): [string, string][] => (typeof v === 'string' ? [[name, v]] : [])) : [],
  );

/** Equal whatever the order of members. */
export const same = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
};

/** An object from entries; `__proto__` becomes a plain member. */
export const fromEntries = (entries: Iterable<readonly [string, Json]>): JsonObject => Object.fromEntries(entries);

/**
 * `mine` with the changes from `base` to `theirs`: what a tool rewrites without being asked (base = the tool's own reading of `mine`) stays as it was.
 * Members keep the order of `mine`; new ones stand where `theirs` has them.
 */
export const mergeChanges = (mine: Json | undefined, base: Json | undefined, theirs: Json | undefined): Json | undefined => {
  if (same(base, theirs)) return mine;
  if (!isObject(mine) || !isObject(base) || !isObject(theirs)) return theirs;
  const names = merged(Object.keys(mine), Object.keys(theirs));
  const entries = names.flatMap((name): [string, Json][] => {
    const value = mergeChanges(member(mine, name), member(base, name), member(theirs, name));
    return value === undefined ? [] : [[name, value]];
  });
  return fromEntries(entries);
};

/** The names of `kept` in their order, those only in `added` after the name that precedes them there. */
const merged = (kept: readonly string[], added: readonly string[]): readonly string[] => {
  const known = new Set(kept);
  const after = new Map<string | undefined, string[]>();
  let previous: string | undefined;
  for (const name of added) {
    if (known.has(name)) previous = name;
    else after.set(previous, [...(after.get(previous) ?? []), name]);
  }
  return [...(after.get(undefined) ?? []), ...kept.flatMap((name) => [name, ...(after.get(name) ?? [])])];
};
