/** What could not be read of a project's dependencies, in words. */
import type { ReadProblem } from '../reading.ts';
import type { Format, Left } from './format.ts';
import type { ManifestError } from './manifest-error.ts';

export const brokenManifest = (uri: string, { message, line }: ManifestError, remake: string): ReadProblem => ({
  code: 'BW3010',
  uri,
  line,
  message: `${uri} could not be read: ${message}`,
  hint: remake,
  incomplete: true,
});

export type Wording = Pick<Format, 'remake' | 'unresolvedIs'>;

const NAMED = 5;

const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);

const listed = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length - NAMED;
  return `${distinct.slice(0, NAMED).map(shown).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
};

const SOURCES: Readonly<Record<Exclude<Left['origin'], 'unresolved'>, string>> = {
  git: 'git',
  file: 'a file',
  remote: 'an address',
  unreadable: 'an unreadable entry',
};

const elsewhere = (uri: string, found: readonly Left[]): ReadProblem => {
  const origins = found.flatMap(({ origin }) => (origin === 'unresolved' ? [] : [SOURCES[origin]]));
  return {
    code: 'BW3013',
    uri,
    line: found[0]?.line ?? 1,
    message: `${found.length === 1 ? 'A package does' : `${found.length} packages do`} not come from the registry, so that advisories cannot be matched (${[...new Set(origins)].join(', ')}): ${listed(found.map(({ name }) => name))}`,
    hint: 'Depend on a published version, or check these by hand',
    // what makes no sense may be anything; what comes from git is known to be no published version
    incomplete: found.some(({ origin }) => origin === 'unreadable'),
  };
};

const unresolved = (uri: string, found: readonly Left[], { unresolvedIs, remake }: Wording): ReadProblem => {
  const reasons = [...new Set(found.flatMap(({ why }) => why ?? []))];
  const because = reasons.length === 0 ? '' : ` (${shown(reasons[0] ?? '')}${reasons.length > 1 ? ', …' : ''})`;
  return {
    code: 'BW3015',
    uri,
    line: found[0]?.line ?? 1,
    message: `The version of ${found.length === 1 ? 'a package' : `${found.length} packages`} is not written down here${because}: ${listed(found.map(({ name }) => name))}`,
    hint: remake,
    incomplete: unresolvedIs !== 'note',
  };
};

/** At most two: what comes from elsewhere, and what has no version. */
export const leftProblems = (uri: string, left: readonly Left[], format: Wording): readonly ReadProblem[] => {
  const open = left.filter(({ origin }) => origin === 'unresolved');
  const other = left.filter(({ origin }) => origin !== 'unresolved');
  return [...(other.length === 0 ? [] : [elsewhere(uri, other)]), ...(open.length === 0 ? [] : [unresolved(uri, open, format)])];
};
