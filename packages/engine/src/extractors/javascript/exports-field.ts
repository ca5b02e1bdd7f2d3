/** The `exports` and `imports` fields of package.json, as Node reads them; every target that some run of Node could take. */

/** `always`: the first of these keys that fits is taken. `perhaps`: may hold or not (version of Node, flags), so both ways are kept. */
export interface Conditions {
  readonly always: ReadonlySet<string>;
  readonly perhaps: ReadonlySet<string>;
}

const PERHAPS = new Set(['module-sync', 'node-addons', 'development', 'production', 'module', 'react-server']);

export const conditionsFor = (by: readonly ('require' | 'import')[]): Conditions => ({
  always: new Set(['node', 'default', ...(by.length === 1 ? by : [])]),
  perhaps: by.length === 1 ? PERHAPS : new Set([...PERHAPS, ...by]),
});

const DEEPEST = 20;

/** `key` is `.`, `./sub` or `#name`. Targets as written: `./lib/x.js`, or for imports also `package/x`. Empty = not exported. */
export const targetsOf = (field: unknown, key: string, conditions: Conditions): readonly string[] => {
  const table = isSubpaths(field) ? field : key === '.' ? { '.': field } : {};
  if (Object.hasOwn(table, key) && !key.includes('*')) return chosen(table[key], conditions, '', 0);
  const best = Object.keys(table)
    .filter((each) => fits(each, key))
    .sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length)[0];
  if (best === undefined) return [];
  const star = best.indexOf('*');
  const filled = star < 0 ? key.slice(best.length) : key.slice(star, key.length - (best.length - star - 1));
  return chosen(table[best], conditions, filled, 0);
};

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSubpaths = (field: unknown): field is Readonly<Record<string, unknown>> =>
  isTable(field) && Object.keys(field).some((key) => key.startsWith('.') || key.startsWith('#'));

/** `./features/*` and the older folder form `./features/`. */
const fits = (pattern: string, key: string): boolean => {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern.endsWith('/') && key.startsWith(pattern);
  const tail = pattern.slice(star + 1);
  return key.length >= pattern.length && key.startsWith(pattern.slice(0, star)) && key.endsWith(tail);
};

const chosen = (target: unknown, conditions: Conditions, filled: string, depth: number): readonly string[] => {
  if (depth > DEEPEST) return [];
  if (typeof target === 'string') return [target.endsWith('/') ? target + filled : target.replaceAll('*', filled)];
  if (Array.isArray(target)) return target.slice(0, 50).flatMap((item) => chosen(item, conditions, filled, depth + 1));
  if (!isTable(target)) return [];
  const found: string[] = [];
  for (const [name, value] of Object.entries(target)) {
    const always = conditions.always.has(name);
    if (!always && !conditions.perhaps.has(name)) continue;
    const inner = chosen(value, conditions, filled, depth + 1);
    found.push(...inner);
    if (always && (inner.length > 0 || value === null)) break;
  }
  return [...new Set(found)];
};
