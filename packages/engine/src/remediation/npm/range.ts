/** Ranges of package.json: whether one admits a version, its successor in the same style, and how far two versions are apart. */
import semver from 'semver';

export type Distance = 'patch' | 'minor' | 'major';

/** A tag, an address or a git reference admits nothing: it is not ours to judge. An alias `npm:name@range` is judged by its range. */
export const admits = (range: string, version: string): boolean => {
  const plain = withoutAlias(range);
  return semver.validRange(plain) !== null && semver.satisfies(version, plain);
};

/** Range of versions, not a tag, an address, a folder or a git reference. */
export const isPlainRange = (range: string): boolean => semver.validRange(withoutAlias(range)) !== null;

const ALIAS = /^npm:(@?[^@]+)@(.+)$/;
const withoutAlias = (range: string): string => ALIAS.exec(range)?.[2] ?? range;

/** `^` and `~` are kept, an exact version stays exact; anything richer becomes a caret. */
export const rangeFor = (old: string, version: string): string => {
  const alias = ALIAS.exec(old);
  const plain = withoutAlias(old).trim();
  const mark = /^[\^~]/.exec(plain)?.[0] ?? (semver.valid(plain) === null ? '^' : '');
  const wanted = `${/^=/.test(plain) ? '=' : mark}${version}`;
  return alias === null ? wanted : `npm:${alias[1]}@${wanted}`;
};

/** As npm's caret sees it: before 1.0.0 a new minor breaks, before 0.1.0 a new patch does. */
export const distance = (from: string, to: string): Distance => {
  if (!semver.satisfies(to, `^${from}`)) return 'major';
  return semver.minor(from) === semver.minor(to) ? 'patch' : 'minor';
};
