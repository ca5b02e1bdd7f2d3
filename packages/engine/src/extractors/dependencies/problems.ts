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

/** What was left of one manifest. */
export interface LeftIn {
  readonly uri: string;
  readonly left: readonly Left[];
}

interface Gathered {
  readonly found: readonly Left[];
  readonly at: { readonly uri: string; readonly line: number };
  /** ` of 7 files`, or nothing for one. */
  readonly files: string;
}

const gather = (all: readonly LeftIn[], wanted: (left: Left) => boolean): Gathered | undefined => {
  const holding = all.map(({ uri, left }) => ({ uri, left: left.filter(wanted) })).filter(({ left }) => left.length > 0);
  const [first] = holding;
  if (first === undefined) return undefined;
  const files = holding.length === 1 ? '' : ` of ${holding.length} files`;
  return { found: holding.flatMap(({ left }) => left), at: { uri: first.uri, line: first.left[0]?.line ?? 1 }, files };
};

const counted = (found: readonly Left[]): string => (found.length === 1 ? 'a package' : `${found.length} packages`);

const elsewhere = ({ found, at, files }: Gathered): ReadProblem => {
  const origins = [...new Set(found.flatMap(({ origin }) => (origin === 'unresolved' ? [] : [SOURCES[origin]])))].join(', ');
  const subject = found.length === 1 ? 'A package' : `${found.length} packages`;
  return {
    code: 'BW3013',
    ...at,
    message: `${subject}${files} ${found.length === 1 ? 'does' : 'do'} not come from the registry, so that advisories cannot be matched (${origins}): ${listed(found.map(({ name }) => name))}`,
    hint: 'Depend on a published version, or check these by hand',
    // what makes no sense may be anything; what comes from git is known to be no published version
    incomplete: found.some(({ origin }) => origin === 'unreadable'),
  };
};

const unresolved = ({ found, at, files }: Gathered, { unresolvedIs, remake }: Wording): ReadProblem => {
  const reasons = [...new Set(found.flatMap(({ why }) => why ?? []))];
  const because = reasons.length === 0 ? '' : ` (${shown(reasons[0] ?? '')}${reasons.length > 1 ? ', …' : ''})`;
  return {
    code: 'BW3015',
    ...at,
    message: `The version of ${counted(found)}${files} is not written down${because}: ${listed(found.map(({ name }) => name))}`,
    hint: remake,
    incomplete: unresolvedIs !== 'note',
  };
};

/** Of all manifests of one kind at most two: what comes from elsewhere, and what has no version. The place is the first. */
export const leftProblems = (all: readonly LeftIn[], wording: Wording): readonly ReadProblem[] => {
  const open = gather(all, ({ origin }) => origin === 'unresolved');
  const other = gather(all, ({ origin }) => origin !== 'unresolved');
  return [...(other === undefined ? [] : [elsewhere(other)]), ...(open === undefined ? [] : [unresolved(open, wording)])];
};
