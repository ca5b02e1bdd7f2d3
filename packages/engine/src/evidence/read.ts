/** The records of a ledger in order, as far as they can be read; whether it is whole is the question of verify. */
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { openRegular, readSmall } from './files.ts';
import { LOG, PUBLIC_KEY } from './folder.ts';
import { parsePublicKey } from './keys.ts';
import { walk } from './walk.ts';

export interface ReadRecord {
  readonly sequence: number;
  readonly predicateType: string;
  readonly timeCreated: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

/** Empty when there is no ledger. `folder` is absolute. @throws BreakwaterError BW7005 a log whose public key is missing. */
export const readLedger = async (folder: string): Promise<readonly ReadRecord[]> => {
  const pem = await readSmall(join(folder, PUBLIC_KEY));
  const key = pem === undefined ? undefined : parsePublicKey(pem.text);
  const log = await openRegular(join(folder, LOG));
  if (log === undefined) return [];
  const records: ReadRecord[] = [];
  try {
    if (!key?.ok)
      throw new BreakwaterError('BW7005', 'The evidence log cannot be read: its public key is missing', 'Run breakwater evidence verify.');
    for await (const { record } of walk(log, key.value)) {
      if (record === undefined) continue;
      const { sequence, timeCreated } = record.predicate;
      records.push({ sequence, predicateType: record.predicateType, timeCreated, predicate: { ...record.predicate } });
    }
  } finally {
    await log.close();
  }
  return records;
};
