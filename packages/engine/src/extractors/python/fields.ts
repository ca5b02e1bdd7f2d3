/** Members of parsed TOML and JSON, as what they should be or as nothing. */

export type Table = Readonly<Record<string, unknown>>;

const EMPTY: Table = {};

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Without the member's prototype: a key called `constructor` is absent like any other. */
export const memberOf = (value: unknown, key: string): unknown => {
  const table = tableOf(value);
  return Object.hasOwn(table, key) ? table[key] : undefined;
};

/** Empty for anything that is not a table. */
export const tableOf = (value: unknown): Table => (isTable(value) ? value : EMPTY);

/** Empty for anything that is not a list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The text of a member; `undefined` when it is absent, empty or something else. */
export const textAt = (value: unknown, key: string): string | undefined => textOf(memberOf(value, key));

/** The texts of a list; a single text counts as a list of one. */
export const textsOf = (value: unknown): readonly string[] =>
  (typeof value === 'string' ? [value] : listOf(value)).filter((item): item is string => typeof item === 'string');

/** Tables of a list of tables; a single table counts as a list of one. */
export const tablesOf = (value: unknown): readonly Table[] => (isTable(value) ? [value] : listOf(value).filter(isTable));
