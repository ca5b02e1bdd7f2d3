/** The line of releases that a version belongs to, in any ecosystem: within one, an update is a small step; between two, a person decides. */
import { lineOf } from '../../lib/line.ts';
import { isDistribution, orderingOf } from './ordering.ts';

/** A PEP 440 epoch is part of the line: `1!2.0` comes after every version without it. */
const NUMBERS = /^(?:v|go)?(?:0*(\d*)!)?0*(\d+)(?:[.+-](\d+))?/i;

const lineOfNumbers = (version: string): string => {
  const [, epoch, major, minor = '0'] = NUMBERS.exec(version.trim()) ?? [];
  if (major === undefined) return version;
  return `${epoch === undefined || epoch === '' ? '' : `${epoch}!`}${major === '0' ? `0.${minor}` : major}`;
};

/** `1.2.3` → `1`, `0.4.1` → `0.4`; `11` for all of `Debian:11`; what cannot be ordered is a line of its own. npm: exactly `lineOf`. */
export const releaseLine = (osvEcosystem: string, version: string): string => {
  if (osvEcosystem === 'npm') return lineOf(version);
  if (isDistribution(osvEcosystem)) return osvEcosystem.split(':').slice(1).join(':');
  return orderingOf(osvEcosystem)?.parse(version) === undefined ? version : lineOfNumbers(version);
};
