/** The line of releases that a version belongs to: within one, npm's caret moves; between two, a person decides. */
import semver from 'semver';

/** `6.5.2` → `6`, `0.4.1` → `0.4`; what SemVer cannot read is a line of its own. */
export const lineOf = (version: string): string => {
  const parsed = semver.parse(version, { loose: true });
  if (parsed === null) return version;
  return parsed.major > 0 ? `${parsed.major}` : `0.${parsed.minor}`;
};
