/** Which files of a package load which: by the text of constant relative specifiers, so that a file that did not change need not be parsed. */

/** Files by path inside the package. */
export type Files = ReadonlyMap<string, string>;

const LOAD = /\b(?:require|import)\s*\(\s*(["'`])(\.[^"'`\n]{0,300})\1|\b(?:from|import)\s*(["'])(\.[^"'\n]{0,300})\3/g;
const ENDINGS = ['', '.js', '.cjs', '.mjs', '.jsx', '.ts', '.tsx', '/index.js', '/index.cjs', '/index.mjs', '/index.ts'];

/** `lib` + `../a` → `a`; undefined when it leaves the package. */
export const resolveIn = (files: Files, folder: string, specifier: string): string | undefined => {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  const base = parts.join('/');
  const ending = ENDINGS.find((end) => files.has(base === '' ? end.replace(/^\//, '') : base + end));
  return ending === undefined ? tsSource(files, base) : base === '' ? ending.replace(/^\//, '') : base + ending;
};

/** TypeScript sources name the file that they will become. */
const tsSource = (files: Files, base: string): string | undefined => {
  const source = base.replace(/\.([cm]?)js$/, '.$1ts');
  return source !== base && files.has(source) ? source : undefined;
};

export const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '');

export const loadsOf = (files: Files, file: string): readonly string[] => {
  const found = new Set<string>();
  for (const match of (files.get(file) ?? '').matchAll(LOAD)) {
    const target = resolveIn(files, folderOf(file), match[2] ?? match[4] ?? '');
    if (target !== undefined) found.add(target);
  }
  return [...found];
};

export const reachedFrom = (files: Files, entries: readonly string[]): ReadonlySet<string> => {
  const reached = new Set(entries.filter((file) => files.has(file)));
  for (const file of reached) for (const next of loadsOf(files, file)) reached.add(next);
  return reached;
};
