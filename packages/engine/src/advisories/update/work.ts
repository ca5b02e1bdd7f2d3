/** What an update has to bring: each archive and list with its address, its place in the cache and its check. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { epssTable } from '../epss.ts';
import { exploitedTable } from '../exploited.ts';
import type { ZipLimits } from '../zip.ts';
import { checkZip, ZIP_LIMITS } from '../zip.ts';
import { addressOf, archiveAddress, isAddress, shownAddress } from './address.ts';
import type { DownloadOptions } from './download.ts';
import { download } from './download.ts';
import { failureOf } from './failure.ts';
import { readKept } from './store.ts';

export interface Work {
  readonly kind: 'archive' | 'kev' | 'epss';
  /** The ecosystem, or what the list is called. */
  readonly name: string;
  readonly path: string;
  /** Absent = a file of the user, used as it is. */
  readonly url?: URL;
  readonly limit: number;
  readonly check: (path: string) => Promise<void>;
}

interface Named {
  readonly kind: Work['kind'];
  readonly name: string;
}

export type Outcome = Named &
  (
    | { readonly state: 'new' | 'unchanged'; readonly bytes: number }
    /** Not loaded anew: the one of `since` (RFC 3339) is used, because of `reason`. */
    | { readonly state: 'kept'; readonly since: string; readonly reason: string }
    | { readonly state: 'missing'; readonly reason: string; readonly cause: unknown }
    | { readonly state: 'file' }
  );

/** npm's archive, the largest, has about 210 MB. */
const ARCHIVE_LIMIT = 1 << 30;
const LIST_LIMIT = 64 << 20;

export interface Wish {
  readonly base: URL;
  readonly ecosystems: readonly string[];
  /** An address, a file, or false. */
  readonly kev: string | false;
  readonly epss: string | false;
  /** The cache. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly limits?: ZipLimits;
}

const archive = (ecosystem: string, { base, folder, signal, limits = ZIP_LIMITS }: Wish): Work => ({
  kind: 'archive',
  name: ecosystem,
  path: join(folder, `${encodeURIComponent(ecosystem)}.zip`),
  url: archiveAddress(base, ecosystem),
  limit: ARCHIVE_LIMIT,
  check: (path) => checkZip(path, signal, limits),
});

const LISTS = {
  kev: { name: 'KEV', file: 'kev.json', read: exploitedTable },
  epss: { name: 'EPSS', file: 'epss.csv.gz', read: epssTable },
} as const;

/** Throws BW4010 for an address that cannot be used. */
const list = (kind: 'kev' | 'epss', from: string | false, folder: string): readonly Work[] => {
  if (from === false) return [];
  const { name, file, read } = LISTS[kind];
  const check = async (path: string): Promise<void> => void read(await readFile(path));
  const common = { kind, name, limit: LIST_LIMIT, check };
  return isAddress(from) ? [{ ...common, path: join(folder, file), url: addressOf(from) }] : [{ ...common, path: resolve(from) }];
};

export const worksOf = (wish: Wish): readonly Work[] => [
  ...wish.ecosystems.map((ecosystem) => archive(ecosystem, wish)),
  ...list('kev', wish.kev, wish.folder),
  ...list('epss', wish.epss, wish.folder),
];

/** Never throws: what failed, or was not begun because the signal came, is an outcome, so that nothing is still being written afterwards. */
export const bring = async (work: Work, options: DownloadOptions): Promise<Outcome> => {
  const { kind, name, url } = work;
  if (url === undefined) return { kind, name, state: 'file' };
  const stopped = { kind, name, state: 'missing', reason: 'stopped', cause: undefined } as const;
  if (options.signal.aborted) return stopped;
  try {
    const { state, kept } = await download({ ...work, url }, options);
    return { kind, name, state, bytes: kept.length };
  } catch (error) {
    if (options.signal.aborted) return stopped;
    const { message: reason, cause } = failureOf(error);
    const kept = await readKept(work.path, shownAddress(url));
    return kept === undefined
      ? { kind, name, state: 'missing', reason, cause }
      : { kind, name, state: 'kept', since: kept.confirmed, reason };
  }
};
