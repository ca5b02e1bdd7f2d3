/** Which files of a release are compared: what its main file loads, then what its other entries load, then all that is its code. */
import { type Files, reachedFrom, resolveIn } from './loads.ts';

export interface Release {
  /** Code by path inside the package. */
  readonly files: Files;
  /** package.json; anything that it may hold. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|specs?|docs?|documentation|examples?|bench(?:marks?)?|demos?|coverage|fixtures|website|site|samples?)\/|[.-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:gulpfile|gruntfile|rollup\.config|webpack\.config)[^/]*$/i;
const NEVER = /(?:^|\/)node_modules\/|[.-]min\.[cm]?js$/i;
const CODE = /\.[cm]?[jt]sx?$/;
const MAX_TEXTS = 200;

/** Every string anywhere inside, up to a bound: the targets of `exports` and `browser`. */
const textsIn = (value: unknown): readonly string[] => {
  const found: string[] = [];
  const pending = [value];
  for (let at = 0; at < pending.length && found.length < MAX_TEXTS; at += 1) {
    const item = pending[at];
    if (typeof item === 'string') found.push(item);
    else if (typeof item === 'object' && item !== null && pending.length < MAX_TEXTS * 10) pending.push(...Object.values(item));
  }
  return found;
};

const entriesOf = ({ files }: Release, values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => textsIn(value)).flatMap((text) => (text.includes('*') ? [] : [resolveIn(files, '', text) ?? '']));

const mainOf = (release: Release): readonly string[] => {
  const { main } = release.manifest;
  const named = entriesOf(release, typeof main === 'string' ? [main] : []).filter((file) => file !== '');
  return named.length > 0 ? named : entriesOf(release, ['index.js', 'index.mjs', 'index.cjs', 'index.ts']);
};

const isCode = (file: string): boolean => CODE.test(file) && !NEVER.test(file);

/** In order; each holds what the one before has. */
export const scopesOf = (release: Release): readonly ReadonlySet<string>[] => {
  const { files, manifest } = release;
  const main = mainOf(release);
  const other = entriesOf(release, [
    manifest['exports'],
    manifest['module'],
    manifest['browser'],
    manifest['bin'],
    manifest['jsnext:main'],
  ]);
  const reached = [main, [...main, ...other]].map((entries) =>
    [...reachedFrom(files, entries)].filter((file) => isCode(file) || !file.includes('.')),
  );
  const all = [...files.keys()].filter((file) => isCode(file) && !ASIDE.test(file));
  return [...reached, [...(reached[1] ?? []), ...all]].map((scope) => new Set(scope));
};
