/** SemVer 2.0 precedence, never npm's range rules; Go's pseudo-versions and `+incompatible` are SemVer too. @see https://semver.org/#spec-item-11 */
import npm, { type SemVer } from 'semver';
import type { Ordering } from './order.ts';

/** Versions as people wrote them before SemVer was strict: `v1.2`, `1.2.3beta`. Missing numbers are 0; anything else is not guessed. */
const PARTIAL = /^v?(\d+)(?:\.(\d+))?([-+].*)?$/;

/** Go's own releases, `go1.20.3` and `go1.21rc2`; advisories write the second as `1.21.0-rc.2`. */
const GO_PREFIX = /^go(?=\d)/;
const GO_CANDIDATE = /^(\d+\.\d+)(beta|rc)(\d+)$/;

const withAllNumbers = (text: string): string => {
  const plain = text.replace(GO_PREFIX, '');
  const [, major, minor = '0', rest = ''] = PARTIAL.exec(plain) ?? [];
  return major === undefined ? plain.replace(GO_CANDIDATE, '$1.0-$2.$3') : `${major}.${minor}.0${rest}`;
};

export const semver: Ordering<SemVer> = {
  parse: (text) => npm.parse(withAllNumbers(text), { loose: true }) ?? undefined,
  compare: npm.compare, // build metadata has no rank
};
