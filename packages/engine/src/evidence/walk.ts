/** Reads a ledger record by record and checks each against the one before: the ground of `evidence log` and `evidence verify`. */
import type { KeyObject } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Sha256 } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import { MAX_LINE } from './folder.ts';
import { keyId } from './keys.ts';
import { type Line, linesOf } from './lines.ts';
import { type LedgerRecord, misplaced, type Place, readRecord } from './record.ts';

export interface Walked {
  /** 1-based line of the log. */
  readonly line: number;
  /** SHA-256 of the line without its end. */
  readonly digest: Sha256;
  /** With its end. */
  readonly bytes: number;
  /** Absent when the line cannot be read or its signature does not fit. */
  readonly record?: LedgerRecord;
  readonly faults: readonly Fault[];
}

/**
 * After a fault the walk goes on from what the line itself says, so that one dropped record is one fault, not one for every later record.
 * Never throws on content.
 */
export async function* walk(log: FileHandle, key: KeyObject): AsyncGenerator<Walked> {
  const id = keyId(key);
  let expected: Place = { sequence: 1 };
  for await (const line of linesOf(log, MAX_LINE)) {
    const walked = checked(line, key, id, expected);
    yield walked;
    expected = { sequence: (walked.record?.predicate.sequence ?? expected.sequence) + 1, previous: walked.digest };
  }
}

const checked = (line: Line, key: KeyObject, id: Sha256, expected: Place): Walked => {
  const place = { line: line.number, digest: sha256(line.bytes), bytes: line.bytes.length + (line.torn ? 0 : 1) };
  if (line.torn) return { ...place, faults: [fault('torn', 'the line is unfinished: a write was interrupted, or the tail was cut')] };
  if (line.tooLong) return { ...place, faults: [fault('tooLong', `the line is longer than ${MAX_LINE} bytes`)] };
  const record = readRecord(line.bytes, key);
  if (!record.ok) return { ...place, faults: [record.error] };
  return { ...place, record: record.value, faults: misplaced(record.value, expected, id) };
};
