/** Appending to the ledger: one signed line and a new head for each record, under a lock, safe against a crash between the two. */
import { join, relative, sep } from 'node:path';
import type { Sha256, Timestamp } from '@breakwater/model';
import { BreakwaterError } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import { openForAppend, openRegular, readAt, readSmall, replaceFile } from './files.ts';
import { LOCK, LOG, MAX_LINE, PUBLIC_KEY, prepareFolder } from './folder.ts';
import { EMPTY, grown, type Head, parseHead, placeAfter, readHead, writeHead } from './head.ts';
import { openKey, type SigningKey } from './keys.ts';
import { acquire } from './lock.ts';
import { type Draft, misplaced, readRecord, writeRecord } from './record.ts';

export interface LedgerOptions {
  /** Absolute folder of the signing key, the user's own: never inside the evidence folder or the scanned tree. */
  readonly keys: string;
  readonly now: () => Timestamp;
  /** How long to wait for another writer, ms; 10,000 unless told. */
  readonly patience?: number;
}

export interface Appended {
  /** 1-based: `evidence record 215`. */
  readonly number: number;
  /** SHA-256 of the line: what a second party notes to prove later that nothing was dropped. */
  readonly digest: Sha256;
}

export interface Ledger {
  /** Fingerprint of the public key. */
  readonly key: Sha256;
  /**
   * Returns once line and head are on the disk. Calls may overlap, also from other processes.
   * @throws BreakwaterError BW7003 locked, BW7004 record too large, BW7005 damaged log (nothing is written).
   */
  append(draft: Draft): Promise<Appended>;
}

interface Opened {
  readonly folder: string;
  readonly key: SigningKey;
  readonly patience: number;
}

/**
 * Opens or begins the ledger in `folder` (absolute), making key, public key and head on first use.
 * @throws BreakwaterError BW7001 folder or key unusable, BW7002 key readable by others, BW7006 ledger of another key.
 */
export const openLedger = async (folder: string, options: LedgerOptions): Promise<Ledger> => {
  if (isInside(options.keys, folder)) {
    throw new BreakwaterError('BW7001', 'The keys folder lies inside the evidence folder', 'Keep the private key in a folder of your own.');
  }
  await prepareFolder(folder);
  const opened = { folder, key: await openKey(options.keys), patience: options.patience ?? 10_000 };
  await locked(opened, () => begin(opened));
  let queue: Promise<unknown> = Promise.resolve();
  const append = (draft: Draft): Promise<Appended> => {
    const appended = queue.then(() => locked(opened, (held) => appendOne(opened, draft, options.now(), held)));
    queue = appended.catch(() => undefined);
    return appended;
  };
  return { key: opened.key.id, append };
};

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`));
};

const locked = async <T>({ folder, patience }: Opened, work: (held: () => Promise<boolean>) => Promise<T>): Promise<T> => {
  const lock = await acquire(join(folder, LOCK), patience);
  try {
    return await work(lock.held);
  } finally {
    await lock.release();
  }
};

/** First use: public key, then the empty head. A ledger that another key began is left alone. */
const begin = async ({ folder, key }: Opened): Promise<void> => {
  const stored = (await readSmall(join(folder, PUBLIC_KEY)))?.text;
  if (stored !== undefined && stored !== key.publicPem) {
    throw new BreakwaterError(
      'BW7006',
      'This ledger is signed with another key',
      'Use the key that began it, or begin a ledger in another folder.',
    );
  }
  if (stored === undefined) await replaceFile(join(folder, PUBLIC_KEY), key.publicPem);
  if ((await readHead(folder)) === undefined && (await logSize(folder)) === 0) await writeHead(folder, EMPTY, key);
};

const appendOne = async (opened: Opened, draft: Draft, at: Timestamp, held: () => Promise<boolean>): Promise<Appended> => {
  const head = await settledHead(opened);
  const line = writeRecord(draft, placeAfter(head), at, opened.key);
  const next = grown(head, line);
  if (next.lastBytes > MAX_LINE) {
    throw new BreakwaterError(
      'BW7004',
      `A record of ${next.lastBytes} bytes is over the limit of ${MAX_LINE}`,
      'Record digests in place of content.',
    );
  }
  if (!(await held())) throw new BreakwaterError('BW7003', 'Another run took over the ledger', 'Try again.');
  await writeLine(opened.folder, line, head.bytes);
  await writeHead(opened.folder, next, opened.key);
  return { number: next.count, digest: sha256(line) };
};

/** A write that fails half-way (a full disk) is taken back: that record was never acknowledged. */
const writeLine = async (folder: string, line: string, sizeBefore: number): Promise<void> => {
  const log = await openForAppend(join(folder, LOG));
  try {
    await log.writeFile(`${line}\n`);
    await log.sync();
  } catch (cause) {
    await log.truncate(sizeBefore);
    throw new BreakwaterError('BW7001', 'The record could not be written', 'Check space and rights of the evidence folder.', { cause });
  } finally {
    await log.close();
  }
};

/**
 * The head, checked against size and last line of the log (the whole chain is the verifier's work, so that appending stays quick).
 * When exactly one whole line, signed by us and chained, stands after it, a crash came between line and head: the head is brought up
 * to date. Everything else is damage, and nothing is appended to damage.
 */
const settledHead = async (opened: Opened): Promise<Head> => {
  const text = await readHead(opened.folder);
  if (text === undefined) throw damaged('its head is missing');
  const head = parseHead(text, opened.key.publicKey);
  if (!head.ok) throw damaged(head.error.message);
  const log = await openRegular(join(opened.folder, LOG));
  if (log === undefined) {
    if (head.value.bytes === 0) return head.value;
    throw damaged('the log is missing');
  }
  try {
    const { size } = await log.stat();
    if (size < head.value.bytes) throw damaged('the log is shorter than its head says');
    if (size > head.value.bytes + MAX_LINE) throw damaged('more than one record stands after the head');
    const tail = await readAt(log, head.value.bytes - head.value.lastBytes, size - head.value.bytes + head.value.lastBytes);
    return await settledTail(opened, head.value, tail);
  } finally {
    await log.close();
  }
};

const settledTail = async (opened: Opened, head: Head, tail: Buffer): Promise<Head> => {
  const last = tail.subarray(0, head.lastBytes);
  if (head.last !== undefined && sha256(last.subarray(0, -1)) !== head.last) throw damaged('its last record is not the one the head names');
  const extra = tail.subarray(head.lastBytes);
  if (extra.length === 0) return head;
  if (extra.indexOf(0x0a) !== extra.length - 1) {
    throw damaged(`after record ${head.count} stands an unfinished line; the head vouches for the first ${head.bytes} bytes of log.ndjson`);
  }
  const line = extra.subarray(0, -1);
  const record = readRecord(line, opened.key.publicKey);
  if (!record.ok || misplaced(record.value, placeAfter(head), opened.key.id).length > 0)
    throw damaged(`what stands after record ${head.count} does not belong there`);
  const repaired = grown(head, line);
  await writeHead(opened.folder, repaired, opened.key);
  return repaired;
};

const logSize = async (folder: string): Promise<number> => {
  const log = await openRegular(join(folder, LOG));
  if (log === undefined) return 0;
  const { size } = await log.stat();
  await log.close();
  return size;
};

const damaged = (how: string): BreakwaterError =>
  new BreakwaterError(
    'BW7005',
    `The evidence log is damaged: ${how}`,
    'Nothing was appended. Run breakwater evidence verify, keep a copy, then restore the folder.',
  );
