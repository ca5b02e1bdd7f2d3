/** Says what could not be looked at, once for all packages, and which pins of the team fit nothing. */
import type { Reading } from '../reading.ts';
import type { Closing } from './closing.ts';
import type { Traversal } from './traverse.ts';

export const reportGaps = (reading: Reading, traversal: Traversal, closing: Closing): void => {
  const sealed = traversal.stops.flatMap((stop) => (stop.unit === undefined ? [] : [stop]));
  const first = sealed[0];
  if (first !== undefined) {
    const others = sealed.filter((stop) => stop.why !== first.why).length;
    const count = sealed.length === 1 ? 'The code of 1 package is' : `The code of ${sealed.length} packages is`;
    reading.problem({
      code: 'BW3030',
      message: `${count} not at hand, so what they load is unknown: ${first.why}${others === 0 ? '' : `; ${others} for other reasons`}`,
      hint: reading.offline
        ? 'Run without --offline, or install the packages first.'
        : 'Install the packages, or check the registry of your npm configuration.',
      incomplete: false,
    });
  }
  for (const pin of reading.config.reachability?.pins ?? []) {
    if (closing.usedPins.has(pin)) continue;
    reading.problem({
      code: 'BW3031',
      uri: 'breakwater.yaml',
      message: `the pin at ${pin.at} fits no open site`,
      hint: 'Remove it, or correct its file and line.',
      incomplete: false,
    });
  }
};
