/** What can be wrong with a ledger: one code for each kind of damage, so that a reader sees what was done to it. */
import type { ErrorCode } from '@breakwater/model';

export const FAULTS = {
  noLedger: 'BW7010',
  notEnvelope: 'BW7011',
  badSignature: 'BW7012',
  notStatement: 'BW7013',
  brokenChain: 'BW7014',
  wrongSequence: 'BW7015',
  otherKey: 'BW7016',
  noHead: 'BW7017',
  badHead: 'BW7018',
  headDiffers: 'BW7019',
  torn: 'BW7020',
  tooLong: 'BW7021',
  unexpected: 'BW7022',
  wrongKey: 'BW7023',
} as const satisfies Readonly<Record<string, ErrorCode>>;

export interface Fault {
  readonly code: ErrorCode;
  /** One sentence without the line; names neither content nor a path of the machine. */
  readonly message: string;
}

export const fault = (kind: keyof typeof FAULTS, message: string): Fault => ({ code: FAULTS[kind], message });
