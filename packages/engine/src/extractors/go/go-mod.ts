/** go.mod, with go.sum and vendor/modules.txt beside it where they say more. */
import type { Format } from '../dependencies/format.ts';
import { inventoryOf } from './inventory.ts';
import { parseModFile } from './mod-file.ts';
import { parseSumFile } from './sum.ts';
import { parseVendorList } from './vendored.ts';

/** Go itself passes over testdata and vendor: neither is part of a build of its own. */
const PASSED_OVER = /(?:^|\/)(?:vendor|testdata)\//;

/**
 * A module that only tests import cannot be told from the others: all are required. A go.work joins modules, and each is read by its
 * own go.mod. `stdlib` stands for the standard library, as in the Go vulnerability database.
 */
export const goMod: Format = {
  kind: 'go-mod',
  ecosystem: 'Go',
  versions: 'go.mod up to go 1.26; before go 1.17 together with go.sum, of each module the highest version',
  matches: (uri) => (uri === 'go.mod' || uri.endsWith('/go.mod')) && !PASSED_OVER.test(uri),
  maxBytes: 1 << 20,
  remake: 'go mod tidy',
  read: async (_uri, text, near) => {
    // an empty file marks a folder that is no part of the module around it
    if (text.split('\n').every((line) => line.trim() === '' || line.trim().startsWith('//'))) return undefined;
    const mod = parseModFile(text);
    const [sum, vendor] = [await near.text('go.sum'), await near.text('vendor/modules.txt')];
    return inventoryOf({
      mod,
      sum: sum === undefined ? undefined : parseSumFile(sum),
      vendor: vendor === undefined ? undefined : parseVendorList(vendor),
    });
  },
};
