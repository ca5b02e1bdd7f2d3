/** A page for every error code: what happened, why it matters, what to do. A test holds the list to the codes in the source. */
import { nearest } from '@breakwater/engine/lib/nearest';
import { BreakwaterError } from '@breakwater/model';
import { type Style, wrap } from '../terminal/style.ts';

interface Page {
  readonly title: string;
  readonly why: string;
  readonly todo: string;
}

const page = (title: string, why: string, todo: string): Page => ({ title, why, todo });

const INTERNAL = 'Breakwater checks itself before it prints; this is a defect of ours, not of your code.';
const REPORT = 'Report it with the command you ran. The other results stand.';
const LEDGER = 'Do not repair the log by hand. Find out who wrote to the folder, keep a copy, and begin a new one.';

export const ERROR_PAGES: Readonly<Record<string, Page>> = {
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
  BW3002: page(
    'A folder cannot be read',
    'What cannot be read was not looked at, so the run is not a pass.',
    'Give the scan the right to read it.',
  ),
  BW3003: page(
    'A file cannot be read',
    'What cannot be read was not looked at, so the run is not a pass.',
    'Give the scan the right to read it, or exclude it with a reason.',
  ),
  BW3004: page(
    'A file is too large',
    'Readers are bounded in memory; a larger file was not looked at.',
    'Exclude it in breakwater.yaml with a reason if it holds data only.',
  ),
  BW3006: page('There are too many files', 'The walk stops at a million files; the rest was not looked at.', 'Scan a part of the tree.'),
  BW3010: page(
    'A lockfile is broken',
    'It is not what its tool writes, so its packages are not known. Other lockfiles were read.',
    'Write it again with the command that the message names.',
  ),
  BW3011: page(
    'There is no lockfile',
    'The manifest names ranges; which versions are installed is not known, and Breakwater does not guess.',
    'Commit a lockfile; the message names the command that makes one.',
  ),
  BW3012: page(
    'This lockfile is not read',
    'bun.lockb is a binary form that bun itself has given up; what it holds was not looked at.',
    'Write the text form: bun install --save-text-lockfile',
  ),
  BW3013: page(
    'A package is not from the registry',
    'A git, file or tarball dependency has no version that advisories speak about.',
    'Know who maintains it; advisories will not tell.',
  ),
  BW3014: page(
    'A lockfile entry is not understood',
    'The entry has no usable version, so it could not be matched.',
    'Write the lockfile again, or remove the entry.',
  ),
  BW3015: page(
    'A version is not written down',
    'A range, a property of a parent outside the tree, or a moving tag: which version is used is known only to whoever installs.',
    'Pin it, commit a lockfile, or scan an SBOM that the build made.',
  ),
  BW3016: page(
    'A VEX document could not be read',
    'breakwater.yaml names it; none of its statements count, so nothing was lowered by it.',
    'Name an OpenVEX or CycloneDX document below the scanned folder, or take it out.',
  ),
  BW3017: page(
    'A bill of materials is not whole',
    'Whoever made it could not read everything; what it does not list was not looked at.',
    'Scan the tree to see what was not read, and make the bill again.',
  ),
  BW3020: page('A Dockerfile does not parse', 'Its checks did not run.', 'Correct the line that the message names.'),
  BW3021: page(
    'A Terraform file does not parse',
    'Its resources were not looked at; the other files were.',
    'Correct the line: terraform validate says the same.',
  ),
  BW3030: page(
    'Sources of packages are not at hand',
    'What a package loads is read from its source. Without it the reach of others is unknown, never unreachable.',
    'Run once without --offline; sources are cached afterwards.',
  ),
  BW3031: page(
    'A pin fits no open site',
    'A pin under reachability.pins names a place where nothing is open; it would close something else one day.',
    'Take the place from the report, or delete the pin.',
  ),
  BW4020: page(
    'Packages of an ecosystem could not be checked',
    'The advisory index holds nothing of this ecosystem: that nothing was found says nothing.',
    'Run breakwater advisories update, or build an index from OSV data of this ecosystem.',
  ),
  BW4001: page(
    'There are no advisories',
    'Without an index no vulnerability can be found.',
    'Run breakwater advisories update, or leave --advisories out to use the snapshot that ships with Breakwater.',
  ),
  BW4002: page(
    'The advisory index is damaged',
    'Its digest or a line is not what was written; half an index would look like a clean result.',
    'Build it again: breakwater advisories update, or build DIR',
  ),
  BW4003: page(
    'A zip is not safe to read',
    'It unpacks to far more than it weighs, or has more entries than any real export.',
    'Check where it comes from; download it again.',
  ),
  BW4004: page(
    'The advisory data cannot be read',
    'The path holds no OSV records, no CISA catalogue or no EPSS scores, whichever it was named for; nothing was built from it.',
    'Name a folder as the OSV bucket lays it out (npm/all.zip), one zip, or a folder of .json files.',
  ),
  BW4005: page(
    'Another build is under way',
    'Two builders would overwrite each other.',
    'Wait for the other to end; a dead one is taken over by itself.',
  ),
  BW4006: page(
    'The folder is not an index',
    'Only an index or an empty folder is replaced, so that a mistyped path costs nothing.',
    'Name an empty or new folder.',
  ),
  BW4007: page(
    'The advisory index is of another version',
    'Breakwater and its index change together; an index of another format could be misread, and a misread index looks clean.',
    'Build it again: breakwater advisories update, or build DIR',
  ),
  BW4008: page(
    'An update needs the network',
    '--offline forbids what an update is for. The index that is there stays in use.',
    'Leave --offline out, or carry the data over and run breakwater advisories build DIR.',
  ),
  BW4009: page(
    'The update is not whole',
    'Something could not be loaded and no earlier copy of it is in the cache. An index without it would call its packages clean, so the old index stays.',
    'Try again: it goes on where it was cut. Or name what you need with --ecosystem; --kev none and --epss none do without the lists.',
  ),
  BW4010: page(
    'An address or a name cannot be used',
    'An update loads over http or https, and ecosystems have the names that OSV gives them.',
    'Correct the address or the name, for example --from https://mirror.example.com/osv --ecosystem Debian:12',
  ),
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
  BW7001: page(
    'The evidence cannot be kept',
    'The folder or the key cannot be written, or a link stands in its place.',
    'Look at .breakwater/evidence and its rights; --no-evidence runs without.',
  ),
  BW7002: page(
    'The signing key can be read by others',
    'A key that others can read proves nothing about who signed.',
    'chmod 600 the key, or remove it to have a new one made.',
  ),
  BW7003: page(
    'Another run writes the evidence',
    'Records are chained, so only one run can append at a time.',
    'Wait for it and try again.',
  ),
  BW7004: page('The record is too large', 'A record that the verifier would refuse is not written.', 'Scan a part of the tree.'),
  BW7005: page('The evidence log is damaged', 'The log is not what its signed head says, so nothing is appended to it.', LEDGER),
  BW7006: page(
    'The evidence log belongs to another key',
    'Records of two keys in one log could not be told apart.',
    'Use the key that began the log, or move the log away to begin a new one.',
  ),
  BW7010: page(
    'There is no evidence log',
    'Nothing was recorded here, or it was removed.',
    'If there should be one, find out who removed it.',
  ),
  BW7011: page('A line is not a signed record', 'The log holds something that Breakwater did not write.', LEDGER),
  BW7012: page('A signature does not fit', 'The record was changed after it was signed, or signed by another key.', LEDGER),
  BW7013: page('A record is not an in-toto statement', 'The payload is not what this log holds.', LEDGER),
  BW7014: page(
    'The chain is broken',
    'A record does not follow the one before it: something was changed, dropped, inserted or moved.',
    LEDGER,
  ),
  BW7015: page('The numbers are out of order', 'Records were dropped, doubled or moved.', LEDGER),
  BW7016: page('A record names another key', 'It was signed with a key that is not the key of this log.', LEDGER),
  BW7017: page('The head is missing', 'Without the signed head a cut-off end could not be seen.', LEDGER),
  BW7018: page('The head is not valid', 'The signed head was changed.', LEDGER),
  BW7019: page('Head and log differ', 'The log has more or fewer records than its signed head says: it was cut off or added to.', LEDGER),
  BW7020: page(
    'The last line is torn',
    'A write was cut off, by a crash or by hand.',
    'Run a scan: a torn write of our own is repaired, anything else is refused.',
  ),
  BW7021: page('A line is too long', 'No record of ours is so large.', LEDGER),
  BW7022: page(
    'The log is not the one expected',
    'The digest or count that a second party noted is not in this log: its end was cut off, or it is another log.',
    LEDGER,
  ),
  BW7023: page(
    'The key is not the one trusted',
    'The log was signed with another key than the one you named.',
    'Check that you named the right key; else treat the log as not ours.',
  ),
};

/** Throws BW1006 for a code that does not exist. */
export const explainError = (code: string, style: Style): readonly string[] => {
  const found = ERROR_PAGES[code];
  if (found === undefined) {
    const guess = nearest(code, Object.keys(ERROR_PAGES));
    throw new BreakwaterError(
      'BW1006',
      `there is no error ${code}`,
      guess === undefined ? 'Copy the code from the message.' : `Did you mean ${guess}?`,
    );
  }
  const body = (text: string): readonly string[] => wrap(style.text(text), style.columns - 4).map((line) => `  ${line}`);
  return [
    `${style.paint('bold', code)}  ${style.paint('title', found.title)}`,
    '',
    ...body(found.why),
    '',
    style.paint('bold', 'What to do'),
    ...body(found.todo),
  ];
};
