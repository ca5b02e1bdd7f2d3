/** Proves a ledger whole: every line read, every signature and link checked, the head compared, and what a second party expects. */
import type { KeyObject } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode, Result, Sha256 } from '@breakwater/model';
import { BreakwaterError, err, ok } from '@breakwater/model';
import { type Expectation, watchFor } from './expectation.ts';
import type { Fault } from './fault.ts';
import { FAULTS, fault } from './fault.ts';
import { openRegular, readSmall } from './files.ts';
import { LOCK, LOG, PUBLIC_KEY } from './folder.ts';
import { EMPTY, type Head, parseHead, readHead } from './head.ts';
import { keyId, parsePublicKey } from './keys.ts';
import { walk } from './walk.ts';

export interface VerifyOptions {
  /** PEM of the key that must have signed, from a trusted place. Without it the key in the folder is used: that proves the ledger is whole, not whose it is. */
  readonly publicKey?: string;
  readonly expect?: Expectation;
}

export interface VerifyProblem {
  /** 1-based line of the log; 0 = key, head, or the ledger as a whole. */
  readonly line: number;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  /** Lines of the log, sound or not. */
  readonly records: number;
  readonly problems: readonly VerifyProblem[];
  /** Problems beyond the first 200. */
  readonly more: number;
  /** Fingerprint of the key that was checked against; absent when there was none to use. */
  readonly key?: Sha256;
  /** true: the key came from the caller. */
  readonly pinned: boolean;
  /** Digest of the last line: what to note for a later `expect`. */
  readonly last?: Sha256;
}

const MAX_PROBLEMS = 200;
const ATTEMPTS = 4;

/** Never throws on hostile content; throws only what the system says (no right to read). `folder` is absolute. */
export const verifyLedger = async (folder: string, options: VerifyOptions = {}): Promise<VerifyReport> => {
  for (let attempt = 1; ; attempt += 1) {
    const before = await headText(folder);
    const report = await verifyOnce(folder, options);
    if (attempt === ATTEMPTS || !mayBeWriting(report) || !(await isMoving(folder, before))) return report;
    await pause(50 * attempt);
  }
};

/** Line and head are two writes: a reader between them sees a head that differs, or a line that is not finished. */
const mayBeWriting = (report: VerifyReport): boolean => {
  const fromWriting: readonly ErrorCode[] = [FAULTS.headDiffers, FAULTS.torn];
  return !report.ok && report.problems.every((p) => fromWriting.includes(p.code));
};

const isMoving = async (folder: string, before: string | undefined): Promise<boolean> => {
  const lock = await guarded(() => readSmall(join(folder, LOCK)), fault('noLedger', 'the lock is not a regular file'));
  return (lock.ok && lock.value !== undefined) || (await headText(folder)) !== before;
};

const headText = async (folder: string): Promise<string | undefined> => {
  const text = await guarded(() => readHead(folder), fault('badHead', 'the head is not a small regular file'));
  return text.ok ? text.value : undefined;
};

const verifyOnce = async (folder: string, options: VerifyOptions): Promise<VerifyReport> => {
  const pinned = options.publicKey !== undefined;
  const problems: VerifyProblem[] = [];
  let more = 0;
  const say = (line: number, found: readonly Fault[]): void => {
    for (const { code, message } of found) {
      if (problems.length < MAX_PROBLEMS) problems.push({ line, code, message });
      else more += 1;
    }
  };
  const key = await keyOf(folder, options.publicKey);
  if (!key.ok) {
    say(0, [key.error]);
    return { ok: false, records: 0, problems, more, pinned };
  }
  const log = await guarded(() => openRegular(join(folder, LOG)), fault('noLedger', 'the log is not a regular file'));
  if (!log.ok) {
    say(0, [log.error]);
    return { ok: false, records: 0, problems, more, pinned };
  }
  try {
    const seen = await walkAll(log.value, key.value.key, options.expect ?? {}, say);
    say(0, [...key.value.faults, ...(await headFaults(folder, key.value.key, seen))]);
    return {
      ok: problems.length === 0,
      records: seen.count,
      problems,
      more,
      key: keyId(key.value.key),
      pinned,
      ...(seen.last === undefined ? {} : { last: seen.last }),
    };
  } finally {
    await log.value?.close();
  }
};

/** The pinned key or, without one, that of the folder; a folder whose key differs from the pinned one is a fault of its own. */
const keyOf = async (folder: string, pinned: string | undefined): Promise<Result<{ key: KeyObject; faults: readonly Fault[] }, Fault>> => {
  const stored = await guarded(() => readSmall(join(folder, PUBLIC_KEY)), fault('noLedger', 'the public key is not a regular file'));
  const pem = stored.ok ? stored.value?.text : undefined;
  const own = pem === undefined ? undefined : parsePublicKey(pem);
  if (pinned === undefined) {
    if (own === undefined) return err(stored.ok ? fault('noLedger', 'no ledger here: the public key is missing') : stored.error);
    return own.ok ? ok({ key: own.value, faults: [] }) : err(fault('wrongKey', `the public key in the folder is ${own.error}`));
  }
  const trusted = parsePublicKey(pinned);
  if (!trusted.ok) return err(fault('wrongKey', `the given public key is ${trusted.error}`));
  const same = own?.ok === true && keyId(own.value) === keyId(trusted.value);
  return ok({ key: trusted.value, faults: same ? [] : [fault('wrongKey', 'the public key in the folder is not the given one')] });
};

const walkAll = async (
  log: FileHandle | undefined,
  key: KeyObject,
  expect: Expectation,
  say: (line: number, faults: readonly Fault[]) => void,
): Promise<Head> => {
  const watch = watchFor(expect);
  let seen = EMPTY;
  if (log !== undefined) {
    for await (const walked of walk(log, key)) {
      say(walked.line, walked.faults);
      watch.see(walked);
      seen = { count: seen.count + 1, bytes: seen.bytes + walked.bytes, lastBytes: walked.bytes, last: walked.digest };
    }
  }
  const missed = watch.fault();
  if (missed !== undefined) say(0, [missed]);
  return seen;
};

const headFaults = async (folder: string, key: KeyObject, seen: Head): Promise<readonly Fault[]> => {
  const text = await guarded(() => readHead(folder), fault('badHead', 'the head is not a small regular file'));
  if (!text.ok) return [text.error];
  if (text.value === undefined) return [fault('noHead', 'the head is missing: how long the log was cannot be told')];
  const head = parseHead(text.value, key);
  if (!head.ok) return [head.error];
  const { count, bytes, last } = head.value;
  if (count === seen.count && bytes === seen.bytes && last === seen.last) return [];
  if (count === seen.count) return [fault('headDiffers', 'the log does not end as its head says')];
  const reason =
    seen.count < count ? 'records were cut off' : 'records were added, or an append was interrupted before its head was written';
  return [fault('headDiffers', `the head counts ${count} records, the log holds ${seen.count}: ${reason}`)];
};

/** A refusal of files.ts (a link, a device, too large) is a fault of the ledger; what the system says is thrown on. */
const guarded = async <T>(read: () => Promise<T>, otherwise: Fault): Promise<Result<T, Fault>> => {
  try {
    return ok(await read());
  } catch (error) {
    if (error instanceof BreakwaterError) return err(otherwise);
    throw error;
  }
};
