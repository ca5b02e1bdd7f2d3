/** The signed head: how long the log is and how it ends, so that a cut tail shows. */
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Result } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import { z } from 'zod';
import { sha256 } from '../lib/digest.ts';
import { canonical } from './canonical.ts';
import { HEAD_TYPE, seal, unseal } from './dsse.ts';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import { readSmall, replaceFile } from './files.ts';
import { HEAD } from './folder.ts';
import type { SigningKey } from './keys.ts';
import { canonicalJson, type Place, shaSchema } from './record.ts';

const headSchema = z.strictObject({
  /** Number of records. */
  count: z.number().int().min(0),
  /** Size of the log, and of its last line with its end. */
  bytes: z.number().int().min(0),
  lastBytes: z.number().int().min(0),
  /** SHA-256 of the last line without its end; absent when there is none. */
  last: shaSchema.optional(),
});
export type Head = z.infer<typeof headSchema>;

/** Written before the first record: later a missing head is always a removed head. */
export const EMPTY: Head = { count: 0, bytes: 0, lastBytes: 0 };

/** The head after one more line. */
export const grown = (head: Head, line: string | Buffer): Head => {
  const lastBytes = Buffer.byteLength(line) + 1;
  return { count: head.count + 1, bytes: head.bytes + lastBytes, lastBytes, last: sha256(line) };
};

export const placeAfter = (head: Head): Place => ({
  sequence: head.count + 1,
  ...(head.last === undefined ? {} : { previous: head.last }),
});

export const writeHead = (folder: string, head: Head, key: SigningKey): Promise<void> =>
  replaceFile(join(folder, HEAD), `${seal(HEAD_TYPE, canonical(head), key.privateKey)}\n`);

/** `undefined` when the file is absent. Throws BreakwaterError BW7001 when it is a link or too large. */
export const readHead = async (folder: string): Promise<string | undefined> => (await readSmall(join(folder, HEAD)))?.text;

/** Never throws, whatever the text holds. */
export const parseHead = (text: string, key: KeyObject): Result<Head, Fault> => {
  if (!text.endsWith('\n')) return err(fault('badHead', 'the head does not end as it was written'));
  const payload = unseal(Buffer.from(text.slice(0, -1)), HEAD_TYPE, key);
  if (!payload.ok) return err(fault('badHead', `the head is not as it was signed: ${payload.error.message}`));
  const json = canonicalJson(payload.value);
  const head = headSchema.safeParse(json.ok ? json.value : undefined);
  return head.success ? ok(head.data) : err(fault('badHead', 'the head does not say count, size and last digest'));
};
