/** Pages of steps and fixes: BW5…, BW6…. */
import type { Pages } from './page.ts';
import { page } from './page.ts';

const INTERNAL = 'Breakwater checks itself before it prints; this is a defect of ours, not of your code.';
const REPORT = 'Report it with the command you ran. The other results stand.';

export const STEP_PAGES: Pages = {
  BW5001: page('Enrichers wait for each other', INTERNAL, REPORT),
  BW5002: page('A step is not in the catalogue', INTERNAL, REPORT),
  BW5003: page(
    'A step failed',
    'A control or enricher ended before it was done; what it would have found is not known.',
    'If the message is not about your data, report it. The other results stand.',
  ),
  BW5004: page(
    'A step took too long',
    'Each step has a limit in time, so that one hostile file cannot hold the run.',
    'Give it more with --timeout, or exclude what it is slow on with a reason.',
  ),
  BW5005: page(
    'A step needed too much memory',
    'Each step has a limit in memory, so that one hostile file cannot take the machine.',
    'Exclude the large file with a reason.',
  ),
  BW5006: page(
    'Checks could not be decided',
    'A value depends on something that is not in the files, such as a variable without a default. Guessing would be a false pass or a false alarm.',
    'Give the value (terraform.tfvars), or exclude the file with a reason.',
  ),
  BW5010: page('A finding has no verdict', INTERNAL, REPORT),
  BW5011: page('The funnel does not add up', INTERNAL, REPORT),
  BW6001: page(
    'Nothing can be fixed by itself',
    'The findings you named have no change that Breakwater can make and prove.',
    'breakwater explain ID says what to do by hand.',
  ),
  BW6002: page(
    'The changed copy could not be looked at in full',
    'A control that could not look again would make its findings seem gone, so nothing is proven.',
    'Remove the cause that the message names, then try again.',
  ),
  BW6003: page('The finding is not there any more', 'The tree changed since the last report.', 'Scan again to see what is.'),
  BW6010: page(
    'A JSON file of the project is broken',
    'A file that does not parse cannot be edited with care.',
    'Repair the line that the message names.',
  ),
  BW6011: page(
    'The lockfile cannot be changed',
    'Only lockfiles of npm 7 and newer (version 2 and 3) are edited.',
    'Write it again: npm install --package-lock-only',
  ),
  BW6012: page(
    'A file of the project cannot be used',
    'It is missing, a link, or not where the scan saw it.',
    'Run the command in the folder that was scanned.',
  ),
  BW6013: page(
    'The project is too large to copy',
    'A fix is made in a copy; this project has more files than the copy takes.',
    'Run the command in the folder of one package.',
  ),
  BW6014: page(
    'npm cannot complete the lockfile',
    'The change does not resolve: another dependency stands against it.',
    'Resolve the conflict in package.json by hand, then scan again.',
  ),
  BW6015: page(
    'package.json and the lockfile disagree',
    'A fix on top of two different truths would prove nothing.',
    'Bring them together: npm install --package-lock-only',
  ),
  BW6016: page(
    'A path leads out of the project',
    'npm writes into the folders that links of a lockfile name; one of them lies outside of the root.',
    'Remove the link, or run the command where the lockfile covers it.',
  ),
  BW6020: page(
    'The copy cannot be installed',
    'The tests need the packages of the lockfile, and one cannot be installed as it stands.',
    'See whether npm ci works in a fresh clone.',
  ),
  BW6030: page(
    'There are uncommitted changes',
    'A fix never writes over work that is not committed.',
    'Commit or stash the file, or use --branch on a clean tree.',
  ),
  BW6031: page(
    'A file changed meanwhile',
    'It is not what it was when the fix was planned, so the proof no longer speaks of it.',
    'Run the command again.',
  ),
  BW6032: page(
    'There is no commit to branch from',
    '--branch needs a git repository with a commit.',
    'Run the command in a repository, or without --branch.',
  ),
  BW6033: page(
    'The branch has commits of others',
    'A branch that someone went on with is left alone.',
    'Merge or delete it, then run the command again.',
  ),
  BW6034: page('git failed', 'The repository could not be written to.', 'See whether git fsck and the rights of the folder are in order.'),
  BW6035: page(
    'The patch cannot be kept',
    'Something stands in the place of .breakwater/fix, and a link there could lead out of the project.',
    'Remove it, then run the command again.',
  ),
};
