/** One record: an in-toto Statement v1 whose predicate says its place in the chain, on one signed line. */
import type { KeyObject } from 'node:crypto';
import type { EvidenceRecord, Result, Sha256, Timestamp } from '@breakwater/model';
import { err, ok, STATEMENT_TYPE } from '@breakwater/model';
import { z } from 'zod';
import { canonical } from './canonical.ts';
import { RECORD_TYPE, seal, unseal } from './dsse.ts';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import type { SigningKey } from './keys.ts';

export type LedgerRecord = EvidenceRecord<{
  /** 1 for the first record, then without a gap. */
  readonly sequence: number;
  /** Names the key that signed. */
  readonly key: Sha256;
}>;

/** What a caller wants to have recorded; the ledger adds time, place and key to the predicate and wins over members of the same name. */
export interface Draft {
  readonly predicateType: LedgerRecord['predicateType'];
  readonly subject: LedgerRecord['subject'];
  readonly predicate: object;
}

/** What the next record of an unbroken chain must say. */
export interface Place {
  readonly sequence: number;
  /** SHA-256 of the line before, without its end; absent for the first. */
  readonly previous?: Sha256;
}

export const isSha256 = (value: unknown): value is Sha256 => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
export const shaSchema = z.custom<Sha256>(isSha256, 'sha256: and 64 hex digits');

const recordSchema = z.looseObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.looseObject({ name: z.string(), digest: z.record(z.string(), z.string()) })).min(1),
  predicateType: z.templateLiteral(['https://', z.string()]),
  predicate: z.looseObject({
    timeCreated: z.custom<Timestamp>(
      (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(v),
      'RFC 3339 in UTC',
    ),
    sequence: z.number().int().min(1),
    previous: shaSchema.optional(),
    key: shaSchema,
  }),
});

export const writeRecord = (draft: Draft, place: Place, timeCreated: Timestamp, key: SigningKey): string => {
  const predicate = { ...draft.predicate, timeCreated, sequence: place.sequence, previous: place.previous, key: key.id };
  const statement = { _type: STATEMENT_TYPE, subject: draft.subject, predicateType: draft.predicateType, predicate };
  return seal(RECORD_TYPE, canonical(statement), key.privateKey);
};

/** Never throws, whatever the line holds. */
export const readRecord = (line: Buffer, key: KeyObject): Result<LedgerRecord, Fault> => {
  const payload = unseal(line, RECORD_TYPE, key);
  if (!payload.ok) return payload;
  const json = canonicalJson(payload.value);
  if (!json.ok) return err(fault('notStatement', json.error));
  const statement = recordSchema.safeParse(json.value);
  if (statement.success) {
    const { previous, ...rest } = statement.data.predicate;
    return ok({ ...statement.data, predicate: previous === undefined ? rest : { ...rest, previous } });
  }
  const issue = statement.error.issues[0];
  return err(fault('notStatement', `not an in-toto statement of this ledger: ${issue?.path.join('.')}: ${issue?.message}`));
};

/** JSON that is spelt canonically: two readers cannot understand it in two ways. */
export const canonicalJson = (text: string): Result<unknown, string> => {
  try {
    const value: unknown = JSON.parse(text);
    return canonical(value) === text ? ok(value) : err('the payload is not in canonical form');
  } catch {
    return err('the payload is not JSON in canonical form');
  }
};

/** How a readable record departs from its place; empty when it stands where it should. */
export const misplaced = (record: LedgerRecord, place: Place, key: Sha256): readonly Fault[] => {
  const { sequence, previous } = record.predicate;
  const faults: Fault[] = [];
  if (sequence !== place.sequence) faults.push(fault('wrongSequence', `record ${sequence} stands where record ${place.sequence} belongs`));
  if (previous !== place.previous) faults.push(fault('brokenChain', 'it does not follow the line before it'));
  if (record.predicate.key !== key) faults.push(fault('otherKey', 'it names another key than the one that signed it'));
  return faults;
};
