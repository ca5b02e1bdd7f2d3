/** The index from the network: archives into a cache, then a build from the cache, so that whatever breaks leaves the index as it was. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BreakwaterError } from '@breakwater/model';
import { ECOSYSTEMS } from '../../ecosystems/ecosystem.ts';
import { mapLimit } from '../../lib/async.ts';
import type { BuildReport } from '../build.ts';
import { buildIndex } from '../build.ts';
import { isWithin } from '../convert.ts';
import type { IndexMeta } from '../format.ts';
import { withLock } from '../lock.ts';
import { readIndexMeta } from '../open.ts';
import type { ZipLimits } from '../zip.ts';
import { addressOf, EPSS_ADDRESS, isEcosystemName, KEV_ADDRESS, OSV_BUCKET, shownAddress } from './address.ts';
import type { DownloadOptions } from './download.ts';
import type { Patience } from './exchange.ts';
import { PATIENCE } from './exchange.ts';
import type { Environment } from './proxy.ts';
import type { Outcome, Work } from './work.ts';
import { bring, worksOf } from './work.ts';

export interface UpdateOptions {
  /** Address of a bucket as OSV lays it out, `<base>/<ecosystem>/all.zip`; default OSV's own. http only when it is given so. */
  readonly base?: string;
  /** In OSV's spelling; by default those that Breakwater reads and those that the index at `to` has. */
  readonly ecosystems?: readonly string[];
  readonly to: string;
  /** Folder for the archives as they came, and for parts of them. */
  readonly cache: string;
  /** An address, a file, or false = without; by default CISA's address. */
  readonly kev?: string | false;
  /** An address, a file, or false = without; by default FIRST's address. */
  readonly epss?: string | false;
  readonly offline?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: UpdateProgress) => void;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from. */
  readonly environment?: Environment;
  /** RFC 3339. */
  readonly now?: () => string;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly patience?: Patience;
  readonly limits?: ZipLimits;
}

export type UpdateProgress =
  | { readonly phase: 'load'; readonly name: string; readonly received: number; readonly total: number | undefined }
  | { readonly phase: 'loaded'; readonly outcome: Outcome; readonly done: number; readonly of: number }
  | { readonly phase: 'build'; readonly read: number };

export interface UpdateReport extends BuildReport {
  /** Archives and lists in the order they were asked for. */
  readonly outcomes: readonly Outcome[];
  /** Ecosystems of the index before that were not asked for any more. */
  readonly dropped: readonly string[];
}

const SIDE_BY_SIDE = 4;
const RETRIES = 3;

/** `undefined` when there is no index, or none that this version can read. */
const metaBefore = (folder: string): Promise<IndexMeta | undefined> => readIndexMeta(folder).catch(() => undefined);

const had = (meta: IndexMeta | undefined): readonly string[] => meta?.update?.ecosystems ?? meta?.ecosystems ?? [];

/** Without a list of one's own nothing that the index has is lost. Throws BW4010 for what cannot be a name. */
const askedFor = (options: UpdateOptions, before: IndexMeta | undefined): readonly string[] => {
  const asked = options.ecosystems ?? [...ECOSYSTEMS, ...had(before)];
  const wrong = asked.find((name) => !isEcosystemName(name));
  if (wrong !== undefined || asked.length === 0)
    throw new BreakwaterError(
      'BW4010',
      `${JSON.stringify(wrong ?? '')} is no name of an ecosystem`,
      'Use the names of OSV, such as npm, PyPI or Debian:12',
    );
  const unique = [...new Set(asked)];
  return unique.filter((name) => !unique.some((other) => other !== name && isWithin(name, other)));
};

const downloadOptions = (options: UpdateOptions): Omit<DownloadOptions, 'onBytes'> => ({
  patience: options.patience ?? PATIENCE,
  environment: options.environment ?? {},
  signal: options.signal,
  retries: RETRIES,
  wait: options.wait ?? ((ms, signal) => setTimeout(ms, undefined, { signal })),
  now: options.now ?? (() => new Date().toISOString()),
});

/** All of them are tried, so that one message names all that is missing and the cache is as full as it can be. */
const bringAll = async (works: readonly Work[], options: UpdateOptions): Promise<readonly Outcome[]> => {
  const way = downloadOptions(options);
  let done = 0;
  const outcomes = await mapLimit(works, SIDE_BY_SIDE, async (work) => {
    const onBytes = (received: number, total: number | undefined): void =>
      options.onProgress?.({ phase: 'load', name: work.name, received, total });
    const outcome = await bring(work, { ...way, onBytes });
    done += 1;
    options.onProgress?.({ phase: 'loaded', outcome, done, of: works.length });
    return outcome;
  });
  options.signal.throwIfAborted();
  return outcomes;
};

/** BW4003 when a bomb is among them: that one should be looked at. */
const refuseMissing = (outcomes: readonly Outcome[], from: string): void => {
  const missing = outcomes.flatMap((outcome) => (outcome.state === 'missing' ? [outcome] : []));
  if (missing.length === 0) return;
  const bomb = missing.map(({ cause }) => cause).find((cause) => cause instanceof BreakwaterError);
  const reasons = [...new Set(missing.map(({ reason }) => reason))];
  const of = (reason: string): string => missing.flatMap((one) => (one.reason === reason ? [one.name] : [])).join(', ');
  const told = reasons.map((reason) => `${of(reason)}: ${reason}`).join('; ');
  const there = outcomes.filter(({ state, kind }) => state !== 'missing' && kind === 'archive').map(({ name }) => name);
  const without = there.length > 0 ? `, or name what you need: --ecosystem ${there.join(',')}` : '';
  const lists = missing.filter(({ kind }) => kind !== 'archive').map(({ kind }) => `--${kind} none`);
  throw new BreakwaterError(
    bomb?.code ?? 'BW4009',
    `Not everything could be loaded from ${from}: ${told}`,
    [`Try again, it goes on where it was cut${without}`, ...(lists.length > 0 ? [`To do without: ${lists.join(' ')}`] : [])].join('\n'),
    { cause: bomb ?? missing[0]?.cause },
  );
};

const run = async (options: UpdateOptions, base: URL): Promise<UpdateReport> => {
  const { to, signal, limits, onProgress } = options;
  const before = await metaBefore(resolve(to));
  const ecosystems = askedFor(options, before);
  const lists = { kev: options.kev ?? KEV_ADDRESS, epss: options.epss ?? EPSS_ADDRESS };
  const works = worksOf({ base, ecosystems, ...lists, folder: resolve(options.cache), signal, ...(limits && { limits }) });
  const outcomes = await bringAll(works, options);
  refuseMissing(outcomes, shownAddress(base));
  const kept = outcomes.flatMap((outcome) => (outcome.state === 'kept' ? [{ name: outcome.name, since: outcome.since }] : []));
  const fileOf = (kind: Outcome['kind']): string | false => works.find((work) => work.kind === kind)?.path ?? false;
  const report = await buildIndex({
    from: works.flatMap(({ kind, name, path }) => (kind === 'archive' ? [{ path, ecosystem: name }] : [])),
    to,
    kev: fileOf('kev'),
    epss: fileOf('epss'),
    signal,
    expect: ecosystems,
    update: { at: downloadOptions(options).now(), from: shownAddress(base), ecosystems: [...ecosystems], kept },
    ...(limits && { limits }),
    onProgress: ({ read }) => onProgress?.({ phase: 'build', read }),
  });
  const dropped = had(before).filter((name) => !ecosystems.some((now) => isWithin(name, now)));
  return { ...report, outcomes, dropped };
};

/**
 * What cannot be loaded is taken from the cache as it was before, and the report says so (`kept`); where there is nothing in the cache
 * nothing is built. Throws BW4008 (offline), BW4009 (something is missing), BW4010 (an address or a name that cannot be used), what
 * buildIndex throws, and the signal's reason; in each case an index that was there before is untouched, and the next update goes on.
 */
export const updateIndex = async (options: UpdateOptions): Promise<UpdateReport> => {
  if (options.offline)
    throw new BreakwaterError(
      'BW4008',
      'An update needs the network, and --offline forbids it',
      'Leave --offline out, or build from data at hand: breakwater advisories build DIR',
    );
  const base = addressOf(options.base ?? OSV_BUCKET);
  await mkdir(options.cache, { recursive: true });
  return withLock(join(resolve(options.cache), 'update.lock'), () => run(options, base));
};
