/** Versions of GitHub Actions: SemVer, and tags such as `v4` that their publishers move to the newest release of the line. @see https://docs.github.com/actions/reference/security/secure-use */
import type { SemVer } from 'semver';
import type { Ordering } from './order.ts';
import { semver } from './semver.ts';

const MOVING = /^v?(\d+)(?:\.(\d+))?$/;
/** SemVer knows no larger number. */
const LAST = Number.MAX_SAFE_INTEGER;

export const actions: Ordering<SemVer> = {
  ...semver,
  spanOf: (text) => {
    const [, major, minor = LAST] = MOVING.exec(text) ?? [];
    const first = semver.parse(text);
    const last = major === undefined ? undefined : semver.parse(`${major}.${minor}.${LAST}`);
    return first === undefined || last === undefined ? undefined : [first, last];
  },
};
