/** The newest release that the advisories of a package show to exist: where a flaw was fixed in 4.0.1, there is a 4.0.1. */
import type { Ordering } from '../../../ecosystems/versions/ordering.ts';
import type { AdvisoryFacts } from '../../../extractors/facts.ts';
import { fixedVersions } from './affected.ts';

/** Pre-releases and builds are nothing to move to. */
const RELEASE = /^v?\d+(?:\.\d+)*$/;

/**
 * A lower bound, and one that two advisories bear out: registries may have newer ones, and a single record may carry the versions of
 * another package by mistake. `undefined` where fewer than two name a release.
 */
export const newestPublished = (advisories: readonly AdvisoryFacts[], ordering: Ordering | undefined): string | undefined => {
  const newest = advisories.map((advisory) => fixedVersions(advisory, ordering).findLast((version) => RELEASE.test(version)));
  const named = newest.flatMap((version) => (version === undefined ? [] : [version]));
  // versions that two advisories name are one text for the order, and bear themselves out
  const twice = named.filter((version, index) => named.indexOf(version) !== index);
  const ranges = named.map((version) => ({ type: 'ECOSYSTEM' as const, events: [{ fixed: version }] }));
  const ascending = fixedVersions({ ranges }, ordering);
  const [highest, second] = [ascending.at(-1), ascending.at(-2)];
  return highest !== undefined && twice.includes(highest) ? highest : second;
};
