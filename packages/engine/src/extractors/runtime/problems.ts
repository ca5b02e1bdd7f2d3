/** What is said of evidence that does not count. */
import type { ReadProblem } from '../reading.ts';
import type { Left } from './collect.ts';

const SHOWN = 3;

/** `why` is one clause. */
export const damaged = (uri: string, why: string): ReadProblem => ({
  code: 'BW3032',
  uri,
  message: `${uri} ${why}; what it saw does not count`,
  hint: 'Let the process end by itself, and take whole files',
  incomplete: false,
});

export const nothing = (uri: string, why: string): ReadProblem => ({
  code: 'BW3033',
  uri,
  message: `there is no run-time evidence at ${uri}: it ${why}`,
  hint: 'Name a folder that NODE_V8_COVERAGE wrote to, or a .cpuprofile; see docs/runtime-evidence.md',
  incomplete: true,
});

export const unfitting = ({ other, several, absent }: Left): readonly ReadProblem[] => [
  ...problem(other, 'was seen to run with another text', 'Gather it from the version that is scanned, with the packages of its lockfile'),
  ...problem(several, 'may be another one of the same name and text', 'Gather it in the folder that is scanned, or scan the part that ran'),
  ...problem(absent, 'is not at hand to compare with', 'Install the packages, or run once without --offline'),
];

const problem = (paths: readonly string[], what: string, hint: string): readonly ReadProblem[] => {
  const [first, ...more] = paths;
  if (first === undefined) return [];
  const shown = paths.slice(0, SHOWN).join(', ');
  const rest = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  const message =
    more.length === 0
      ? `evidence does not count: ${first} ${what}`
      : `evidence of ${paths.length} files does not count: each ${what} (${shown}${rest})`;
  return [{ code: 'BW3034', uri: first, message, hint, incomplete: false }];
};
