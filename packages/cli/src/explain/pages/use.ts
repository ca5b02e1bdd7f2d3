/** Pages of errors in the use and the configuration of the command: BW1…, BW2…. */
import type { Pages } from './page.ts';
import { page } from './page.ts';

export const USE_PAGES: Pages = {
  BW1001: page('There is no such folder', 'The target does not exist.', 'Check the name.'),
  BW1002: page(
    'There is no such control',
    'A name in --only or --skip fits no control, so the run would not be what you meant.',
    'Use one of the names that the message lists.',
  ),
  BW1003: page(
    'This target cannot be scanned',
    'This version scans folders. Something else was named.',
    'Name the folder that holds the code.',
  ),
  BW1004: page(
    'A report could not be written',
    'The scan is done, but the file cannot be written.',
    'Name a file in a folder you may write to.',
  ),
  BW1005: page(
    'A key could not be read',
    'Without the key nothing can be said about signatures.',
    'Name a PEM file with an Ed25519 public key.',
  ),
  BW1006: page(
    'Nothing is called so',
    'The word is no finding, no rule and no error code.',
    'Take six digits behind a title of the last report, a rule id, or a code.',
  ),
  BW1007: page(
    'The folder has not been scanned',
    'explain and fix speak about the findings of the last scan.',
    'Run breakwater scan in this folder first.',
  ),
  BW1008: page(
    'The digits name no finding, or more than one',
    'Findings go by the first digits of their fingerprint.',
    'Copy the digits from the last report, or give more of them.',
  ),
  BW1009: page(
    'A VEX file could not be read',
    'Its statements were meant to count; a scan without them would not be what you meant.',
    'Name an OpenVEX document, or CycloneDX in JSON or XML.',
  ),
  BW1010: page(
    'Run-time evidence is not where you named it',
    'It was meant to count; a scan without it would not be what you meant.',
    'Name a .cpuprofile, a coverage file of V8, or the folder that NODE_V8_COVERAGE wrote to.',
  ),
  BW2001: page(
    'The configuration cannot be read',
    'breakwater.yaml must be a regular, readable file of at most 1 MB; a link is refused, because a repository must not choose what is read.',
    'Replace it by a regular file.',
  ),
  BW2002: page(
    'The configuration is not YAML',
    'Nothing of a file that does not parse is used.',
    'Correct the line that the message shows.',
  ),
  BW2003: page(
    'A setting is not valid',
    'An unknown or wrong setting would silently not do what you meant.',
    'Correct the line that the message shows; the README lists the settings.',
  ),
  BW2007: page(
    'An exception has no expiry',
    'An exception without an end is never looked at again.',
    'Add expires: with a day at most 90 days from now.',
  ),
  BW2008: page(
    'An exception runs too long',
    'An exception of more than 90 days is a decision that nobody takes again.',
    'Choose an earlier day and renew it then.',
  ),
  BW2010: page(
    'An expression cannot be used',
    'A gate rule is a CEL expression over one finding that answers true or false.',
    'Use the fields that the message lists, for example: severity == "high" && kev',
  ),
};
