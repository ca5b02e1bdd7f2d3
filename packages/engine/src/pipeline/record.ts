/** Keeps the evidence of a run: what was looked at and what was decided, one signed record each. */
import { join } from 'node:path';
import type { Run, Timestamp } from '@breakwater/model';
import { openLedger } from '../evidence/ledger.ts';
import { decisionStatement, runStatement } from '../evidence/statements.ts';
import { stateFolder } from './state.ts';

export const evidenceFolder = (root: string): string => join(stateFolder(root), 'evidence');

export interface RecordOptions {
  readonly root: string;
  readonly keys: string;
  readonly now: () => Timestamp;
}

/** Returns the number of the decision's record. Throws BW70nn when the ledger is damaged or another key's. */
export const recordRun = async (run: Run, { root, keys, now }: RecordOptions): Promise<number> => {
  const ledger = await openLedger(evidenceFolder(root), { keys, now });
  await ledger.append(runStatement(run));
  return (await ledger.append(decisionStatement(run))).number;
};
