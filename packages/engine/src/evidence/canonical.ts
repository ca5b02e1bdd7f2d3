/** Canonical JSON after RFC 8785: the same value gives the same bytes on every machine, so that a digest speaks of the content alone. */

/** Deeper data is refused: hostile nesting would exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * Keys sorted by UTF-16 code unit, no white space, numbers and strings as ECMAScript prints them. Members that are `undefined` are left out.
 * One departure: a lone surrogate is written as `\udXXX` (RFC 8785 refuses it), because a hostile file name must not stop the log.
 * @throws TypeError for what JSON cannot say: NaN, undefined in a list, functions, class instances, nesting deeper than 64.
 */
export const canonical = (value: unknown, depth = 0): string => {
  if (depth > MAX_DEPTH) throw new TypeError(`nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (isPlain(value)) return members(value, depth + 1);
  throw new TypeError(`no canonical form: ${typeof value === 'number' ? String(value) : typeof value}`);
};

const members = (value: Readonly<Record<string, unknown>>, depth: number): string => {
  const present = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${present.map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth)}`).join(',')}}`;
};

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
