/** One file into the cache: asked for only when it changed, gone on with where it was cut, checked before it replaces the one before. */
import { open } from 'node:fs/promises';
import { BreakwaterError } from '@breakwater/model';
import { shownAddress } from './address.ts';
import type { Answer, Way } from './exchange.ts';
import { exchange } from './exchange.ts';
import { Failure, failureOf } from './failure.ts';
import type { Hashes, Kept, Part } from './store.ts';
import { commitPart, dropPart, hashesOf, partOf, readKept, readPart, writeKept, writePart } from './store.ts';

export interface Wanted {
  readonly url: URL;
  /** Where it is kept; its notes and its parts stand beside it. */
  readonly path: string;
  /** Bytes; more is refused. */
  readonly limit: number;
  /** Throws when the bytes are not what they should be. */
  readonly check: (path: string) => Promise<void>;
}

export interface DownloadOptions extends Way {
  /** Attempts after the first one. */
  readonly retries: number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => string;
  readonly onBytes: (received: number, total: number | undefined) => void;
}

export interface Downloaded {
  readonly state: 'new' | 'unchanged';
  readonly kept: Kept;
}

const WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const BUSY = [408, 425, 429, 500, 502, 503, 504];

const one = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.join(', '));

/** A weak ETag promises a like meaning, not like bytes: nothing can be joined by it. */
const validatorOf = ({ headers }: Answer): string | undefined =>
  headers.etag !== undefined && !headers.etag.startsWith('W/') ? headers.etag : headers['last-modified'];

/** Seconds or a date. @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
const retryAfterMs = ({ headers }: Answer, now: string): number | undefined => {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(now);
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
};

const refusal = (answer: Answer, now: string): Failure => {
  const { status } = answer;
  if (status === 404 || status === 410) return new Failure('there is no such file (404)', false);
  if (status === 401 || status === 403) return new Failure(`access is refused (${status})`, false);
  const waitMs = retryAfterMs(answer, now);
  return new Failure(`the host answers ${status}`, BUSY.includes(status), waitMs === undefined ? {} : { waitMs });
};

const RANGE = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/;

/** Only the rest of the very same bytes is appended. */
const fitsPart = (answer: Answer, part: Part): boolean => {
  const [, start, total] = RANGE.exec(answer.headers['content-range'] ?? '') ?? [];
  const same = validatorOf(answer) === undefined || validatorOf(answer) === part.validator;
  return Number(start) === part.size && same && (total === '*' || part.total === undefined || Number(total) === part.total);
};

const lengthOf = ({ headers }: Answer): number | undefined =>
  /^\d{1,15}$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : undefined;

/** Bytes to the disk behind those that are there; ends what is silent or larger than it may be. What is counted is written. */
const receive = async (answer: Answer, wanted: Wanted, had: number, options: DownloadOptions): Promise<void> => {
  const { body } = answer;
  const length = lengthOf(answer);
  const total = length === undefined ? undefined : had + length;
  const file = await open(partOf(wanted.path), had > 0 ? 'a' : 'w');
  const { idleMs } = options.patience;
  const silent = setTimeout(() => body.destroy(new Failure(`no byte came for ${idleMs / 1000} seconds`, true)), idleMs);
  let received = had;
  const tooLarge = new Failure(`it is larger than ${wanted.limit} bytes`, false);
  try {
    if ((total ?? 0) > wanted.limit) throw tooLarge;
    for await (const chunk of body) {
      silent.refresh();
      if (received + chunk.length > wanted.limit) throw tooLarge;
      await file.appendFile(chunk);
      received += chunk.length;
      options.onBytes(received, total);
    }
  } finally {
    clearTimeout(silent);
    body.destroy();
    await file.close();
  }
  if (total !== undefined && received !== total) throw new Failure(`${received} of ${total} bytes came`, true);
};

/** Google's bucket names the MD5 of the whole in each answer, also of a part. */
const statedMd5 = ({ headers }: Answer): string | undefined =>
  (one(headers['x-goog-hash']) ?? '')
    .split(',')
    .map((part) => part.trim())
    .find((part) => part.startsWith('md5='))
    ?.slice('md5='.length);

const verify = async (answer: Answer, wanted: Wanted, hashes: Hashes): Promise<void> => {
  const md5 = statedMd5(answer);
  if (md5 !== undefined && md5 !== hashes.md5) throw new Failure('its checksum is not the one that the host names', true);
  try {
    await wanted.check(partOf(wanted.path));
  } catch (error) {
    // a bomb is one the next time too; what is merely broken may have been broken on the way
    if (error instanceof BreakwaterError) throw new Failure(error.message, false, { cause: error });
    throw new Failure(`it is damaged: ${error instanceof Error ? error.message : 'not readable'}`, true, { cause: error });
  }
};

const store = async (answer: Answer, wanted: Wanted, part: Part | undefined, options: DownloadOptions): Promise<Downloaded> => {
  const url = shownAddress(wanted.url);
  const validator = validatorOf(answer);
  if (part === undefined) {
    await dropPart(wanted.path);
    const total = lengthOf(answer);
    if (validator !== undefined) await writePart(wanted.path, { url, validator, ...(total === undefined ? {} : { total }) });
  }
  await receive(answer, wanted, part?.size ?? 0, options);
  const hashes = await hashesOf(partOf(wanted.path));
  try {
    await verify(answer, wanted, hashes);
  } catch (error) {
    if (!options.signal.aborted) await dropPart(wanted.path);
    throw error;
  }
  const { etag } = answer.headers;
  const lastModified = answer.headers['last-modified'];
  const kept: Kept = {
    url,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    length: hashes.length,
    sha256: hashes.sha256,
    confirmed: options.now(),
  };
  await commitPart(wanted.path, kept);
  return { state: 'new', kept };
};

const conditions = (kept: Kept | undefined, part: Part | undefined): Record<string, string> => {
  if (part !== undefined) return { range: `bytes=${part.size}-`, 'if-range': part.validator };
  if (kept?.etag !== undefined) return { 'if-none-match': kept.etag };
  return kept?.lastModified === undefined ? {} : { 'if-modified-since': kept.lastModified };
};

const attempt = async (wanted: Wanted, options: DownloadOptions): Promise<Downloaded> => {
  const url = shownAddress(wanted.url);
  const [kept, part] = await Promise.all([readKept(wanted.path, url), readPart(wanted.path, url)]);
  const answer = await exchange(wanted.url, conditions(kept, part), options);
  if (answer.status === 200) return store(answer, wanted, undefined, options);
  if (answer.status === 206 && part !== undefined && fitsPart(answer, part)) return store(answer, wanted, part, options);
  answer.body.destroy();
  if (answer.status === 304 && kept !== undefined && part === undefined) {
    const confirmed = { ...kept, confirmed: options.now() };
    await writeKept(wanted.path, confirmed);
    return { state: 'unchanged', kept: confirmed };
  }
  if (answer.status !== 206 && answer.status !== 416) throw refusal(answer, options.now());
  await dropPart(wanted.path);
  throw new Failure('the rest that came does not fit what is here', true);
};

/** Throws a Failure when all attempts failed, or the signal's reason; what was in the cache before is untouched, a part stays to be gone on with. */
export const download = async (wanted: Wanted, options: DownloadOptions): Promise<Downloaded> => {
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt(wanted, options);
    } catch (error) {
      options.signal.throwIfAborted();
      const failure = failureOf(error);
      const waitMs = failure.waitMs ?? WAIT_MS * 2 ** tried;
      if (!failure.again || tried >= options.retries || waitMs > LONGEST_WAIT_MS) throw failure;
      await options.wait(waitMs, options.signal);
    }
  }
};
