/** Which version a specifier means: the one it pins, or whether it allows a given one (PEP 440, and Poetry's spelling of it). */
import { satisfies, valid } from '@renovatebot/pep440';

const VERSION = /^[A-Za-z0-9][A-Za-z0-9.!+_-]*$/;
const LONGEST = 200;

/** As a lockfile states it; anything else is not looked up in an index. */
export const isVersion = (text: string): boolean => text.length <= LONGEST && VERSION.test(text);

/** `==1.0` and `===1.0`, also among other clauses; `==1.*` is a range. */
export const exactVersion = (specifier: string): string | undefined => {
  for (const clause of specifier.split(',')) {
    const version = /^={2,3}(?!=)[ \t]*(.*)$/.exec(clause.trim())?.[1]?.trim();
    if (version !== undefined && isVersion(version)) return version;
  }
  return undefined;
};

/** Operators of Poetry that PEP 440 does not know: `^1.2`, `~1.2`, `1.2`, `*`. */
const FOREIGN = /^(?:\^|~(?!=)|\*|[A-Za-z0-9])/;

const allowsAll = (specifier: string, version: string): boolean =>
  specifier
    .split(',')
    .map((clause) => clause.trim())
    .every((clause) => clause === '' || FOREIGN.test(clause) || satisfies(version, clause, { prereleases: true }));

/** Used to choose among versions of one package; what cannot be judged is allowed. */
export const allows = (specifier: string, version: string): boolean =>
  specifier.length > LONGEST ||
  !isVersion(version) ||
  valid(version) === null ||
  specifier.split('||').some((part) => allowsAll(part, version));
