/** Questions to JSON of unknown shape; whatever does not fit counts as absent. Documents of a million components are read with these, so they cost little. */

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const NONE: Fields = {};
export const fields = (value: unknown): Fields => (isFields(value) ? value : NONE);

export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `undefined` for the empty text as well: no field of these standards means something by it. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The empty text too: for fields that we wrote ourselves. */
export const anyText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The texts of a list. */
export const texts = (value: unknown): readonly string[] => items(value).filter((item): item is string => typeof item === 'string');

/** No prototype: a package called `constructor` or `__proto__` is a name like any other. */
export const record = (pairs: Iterable<readonly [string, string]>): Record<string, string> => {
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of pairs) result[key] = value;
  return result;
};
