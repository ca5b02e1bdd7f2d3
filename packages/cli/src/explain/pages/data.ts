/** Pages of the advisory index: BW4…. */
import type { Pages } from './page.ts';
import { page } from './page.ts';

export const DATA_PAGES: Pages = {
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
  BW4011: page(
    'Functions cannot be derived',
    'advisories build --derive compares releases of packages, and the npm registry of your configuration did not answer for several in a row. The old index stays; what was compared so far is kept.',
    'Check the network and the registry in your .npmrc, then run the same command: it goes on where it was. Or build without --derive.',
  ),
  BW4020: page(
    'Packages of an ecosystem could not be checked',
    'The advisory index holds nothing of this ecosystem: that nothing was found says nothing.',
    'Run breakwater advisories update, or build an index from OSV data of this ecosystem.',
  ),
};
