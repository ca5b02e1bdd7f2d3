/** Paths that a pattern with `*`, `**` and `{a,b}` means, as configurations and people write them; linear in pattern times path. */
import { fitsGlob } from './models.ts';

const MOST = 64;

export const isGlob = (path: string): boolean => /[*{]/.test(path);

/** `src/jobs/*.{js,ts}`; `**` stands for any number of folders, none included. */
export const fitsPath = (pattern: string, path: string): boolean =>
  expanded(pattern.replace(/^\.\//, '')).some((each) => fitsParts(each.split('/'), path.split('/')));

/** Without braces; of more than 64 combinations the first. */
const expanded = (pattern: string): readonly string[] => {
  let found = [pattern];
  for (;;) {
    const at = found.findIndex((each) => /\{[^{}]*\}/.test(each));
    const whole = found[at];
    if (whole === undefined || found.length > MOST) return found;
    const match = /\{([^{}]*)\}/.exec(whole);
    const parts = (match?.[1] ?? '').split(',').map((part) => whole.replace(match?.[0] ?? '', () => part));
    found = [...found.slice(0, at), ...parts, ...found.slice(at + 1)];
  }
};

/** For each prefix of the pattern, the prefixes of the path that it fits. */
const fitsParts = (pattern: readonly string[], path: readonly string[]): boolean => {
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '**') for (let to = at; to <= path.length; to += 1) next.add(to);
      else if (at < path.length && fitsGlob(part, path[at] ?? '', false)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(path.length);
};
