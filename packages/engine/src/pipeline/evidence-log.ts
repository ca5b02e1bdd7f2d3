/** The records of a folder's evidence log in one line each, for `breakwater evidence log`. */
import { readLedger } from '../evidence/read.ts';
import { evidenceFolder } from './record.ts';

export interface LoggedRecord {
  readonly number: number;
  readonly type: string;
  readonly at: string;
  readonly summary: string;
}

/** Unchecked beyond signature and form: `evidence verify` is what proves the log whole. */
export const listRecords = async (root: string): Promise<readonly LoggedRecord[]> => {
  const records = await readLedger(evidenceFolder(root));
  return records.map(({ sequence, predicateType, timeCreated, predicate }) => ({
    number: sequence,
    type: predicateType,
    at: timeCreated,
    summary: summaryOf(predicate),
  }));
};

const summaryOf = (predicate: Readonly<Record<string, unknown>>): string => {
  if (typeof predicate['result'] === 'string') return predicate['result'].toLowerCase();
  if (predicate['verifier'] !== undefined) return 'for other verifiers';
  if (typeof predicate['proven'] === 'boolean') return predicate['proven'] ? 'proven' : 'not proven';
  return typeof predicate['outcome'] === 'string' ? predicate['outcome'] : '';
};
