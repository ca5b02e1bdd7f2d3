/** Pages of what was wrong with the target: BW3…. */
import type { Pages } from './page.ts';
import { page } from './page.ts';

export const TARGET_PAGES: Pages = {
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
  BW3032: page(
    'A file of run-time evidence is damaged',
    'It is cut off, too large or not JSON: often of a process that was killed. The other files were read; without this one fewer findings may show as executed, and none as safer.',
    'Let the process end by itself, and take whole files. The limit is 128 MB a file.',
  ),
  BW3033: page(
    'There is no run-time evidence where it was named',
    'A folder or file with V8 coverage or CPU profiles was named, and nothing of the kind is there, or breakwater.yaml names a place outside of the scanned folder.',
    'Set NODE_V8_COVERAGE to that folder when you run the tests or the service, or take the name out.',
  ),
  BW3034: page(
    'Run-time evidence does not fit the target',
    'What ran was another text than the scanned one, of another version perhaps, or it cannot be told which of several files it was. Breakwater does not guess: it does not count.',
    'Gather evidence from the version that is scanned, with the packages of its lockfile.',
  ),
};
