/** The hash that stands for a locked package, of the files that a lockfile lists. */
import type { Entry } from '../dependencies/format.ts';
import type { Table } from './fields.ts';
import { memberOf, tablesOf, textAt } from './fields.ts';

const HASH = /^sha(?:256|384|512):[0-9A-Fa-f]{64,128}$/;

export const asIntegrity = (hash: string | undefined): Pick<Entry, 'integrity'> =>
  hash !== undefined && HASH.test(hash) ? { integrity: hash.toLowerCase() } : {};

/** `hash = "sha256:…"`, or `hashes = { sha256 = "…" }` as PEP 751 has it. */
const hashOf = (file: Table): string | undefined => {
  const hex = textAt(memberOf(file, 'hashes'), 'sha256');
  return textAt(file, 'hash') ?? (hex === undefined ? undefined : `sha256:${hex}`);
};

const SOURCE = /\.(?:tar\.gz|zip|tgz)$/;

const nameOf = (file: Table): string => textAt(file, 'file') ?? textAt(file, 'name') ?? textAt(file, 'url') ?? '';

/** Of the source archive, which is one for all platforms; of the first file where there is none. */
export const integrityOf = (files: readonly unknown[]): Pick<Entry, 'integrity'> => {
  const tables = files.flatMap(tablesOf);
  const chosen = tables.find((file) => SOURCE.test(nameOf(file))) ?? tables[0];
  return chosen === undefined ? {} : asIntegrity(hashOf(chosen));
};
