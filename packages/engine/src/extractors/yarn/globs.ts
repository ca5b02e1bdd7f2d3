/** Which folders the `workspaces` of a package.json name: `packages/*`, `apps/**`, `!packages/old`. Linear in pattern and path. */

/** One name against `a*b`: greedy, going back to the last star only. */
const fitsName = (pattern: string, name: string): boolean => {
  let star = -1;
  let mark = 0;
  let at = 0;
  let index = 0;
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at;
      mark = index;
      at += 1;
    } else if (pattern[at] === name[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      mark += 1;
      index = mark;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
};

/** Positions in `parts` that the names so far can stand at; `**` takes any number of names. */
const openings = (parts: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> => {
  const open = new Set(from);
  for (const at of open) if (parts[at] === '**') open.add(at + 1);
  return open;
};

const fits = (parts: readonly string[], names: readonly string[]): boolean => {
  let open = openings(parts, new Set([0]));
  for (const name of names) {
    const next = new Set<number>();
    for (const at of open) {
      const part = parts[at];
      if (part === '**') next.add(at);
      else if (part !== undefined && fitsName(part, name)) next.add(at + 1);
    }
    open = openings(parts, next);
  }
  return open.has(parts.length);
};

const LONGEST = 64;

const partsOf = (pattern: string): readonly string[] => pattern.split('/').filter((part) => part !== '' && part !== '.');

/** `folders` relative to the root of the workspace, '' being the root itself, which is never named. Later patterns win over earlier ones. */
export const workspaceFolders = (patterns: readonly string[], folders: readonly string[]): readonly string[] => {
  const rules = patterns
    .map((pattern) => ({ not: pattern.startsWith('!'), parts: partsOf(pattern.replace(/^!/, '')) }))
    .filter(({ parts }) => parts.length <= LONGEST);
  return folders.filter((folder) => {
    if (folder === '') return false;
    const names = folder.split('/');
    return rules.reduce((inside, { not, parts }) => (fits(parts, names) ? !not : inside), false);
  });
};
