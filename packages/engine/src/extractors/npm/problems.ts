/** What could not be read of a project's dependencies, in words. */
import type { ReadProblem } from '../reading.ts';
import type { Unversioned } from './graph.ts';

export const brokenFile = (uri: string, message: string, line?: number): ReadProblem => ({
  code: 'BW3010',
  uri,
  ...(line === undefined ? {} : { line }),
  message: `${uri} could not be read: ${message}`,
  hint: 'npm install --package-lock-only',
  incomplete: true,
});

/** `remake`: the command that makes one. */
export const noLockfile = (uri: string, remake: string): ReadProblem => ({
  code: 'BW3011',
  uri,
  message: 'package.json has dependencies but no lockfile: versions are not known',
  hint: remake,
  incomplete: true,
});

/** `alone`: no other lockfile says the versions. */
export const foreignLockfile = (uri: string, alone: boolean): ReadProblem => ({
  code: 'BW3012',
  uri,
  message: `${uri} is not read: it is bun's old binary form`,
  hint: 'bun install --save-text-lockfile --frozen-lockfile --lockfile-only',
  incomplete: alone,
});

const NAMED = 5;

const ORIGINS: Readonly<Record<Unversioned['origin'], string>> = {
  git: 'git',
  file: 'a file',
  remote: 'an address',
  unreadable: 'an unreadable entry',
};

/** Sorted by place, at least one. */
export const unversionedPackages = (uri: string, found: readonly [Unversioned, ...Unversioned[]]): ReadProblem => {
  const origins = [...new Set(found.map((item) => ORIGINS[item.origin]))].join(', ');
  const names = found.slice(0, NAMED).map((item) => item.name.replace(/[^\x20-\x7e]/g, '?').slice(0, 100));
  const more = found.length > NAMED ? `, and ${found.length - NAMED} more` : '';
  return {
    code: 'BW3013',
    uri,
    line: found[0].line,
    message: `${found.length === 1 ? 'A package does' : `${found.length} packages do`} not come from the registry, so that advisories cannot be matched (${origins}): ${names.join(', ')}${more}`,
    hint: 'Depend on a published version, or check these by hand',
    // what makes no sense may be anything; what comes from git is known to be no published version
    incomplete: found.some(({ origin }) => origin === 'unreadable'),
  };
};

export const repeatedPlaces = (uri: string, places: readonly string[]): ReadProblem => ({
  code: 'BW3014',
  uri,
  message: `${uri} writes ${places.length === 1 ? 'an entry' : `${places.length} entries`} more than once; the last one counts, as in npm`,
  hint: 'npm install --package-lock-only',
  incomplete: false,
});

export const shadowedLockfile = (uri: string): ReadProblem => ({
  code: 'BW3014',
  uri,
  message: `${uri} is not used: npm reads the npm-shrinkwrap.json beside it`,
  hint: 'Delete the one that is not meant',
  incomplete: false,
});
