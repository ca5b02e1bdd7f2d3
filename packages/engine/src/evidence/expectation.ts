/** What a second party noted earlier: the only proof against a whole ledger that is replaced by an older or another one. */
import type { Result, Sha256 } from '@breakwater/model';
import { err, ok } from '@breakwater/model';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import { isSha256 } from './record.ts';
import type { Walked } from './walk.ts';

export interface Expectation {
  /** The ledger had this many records then; it may have grown since. */
  readonly count?: number;
  /** Digest of the last record then (of record `count`, when both are given). */
  readonly digest?: Sha256;
}

/** `215`, `sha256:…` or, strongest, `215@sha256:…`. */
export const parseExpectation = (text: string): Result<Expectation, string> => {
  const [first, second, ...rest] = text.split('@');
  const count = /^\d{1,15}$/.test(first ?? '') ? Number(first) : undefined;
  const digest = second ?? (count === undefined ? first : undefined);
  if (rest.length > 0 || (second !== undefined && count === undefined) || (digest !== undefined && !isSha256(digest))) {
    return err('a number of records, sha256:…, or both as 215@sha256:…');
  }
  return ok({ ...(count === undefined ? {} : { count }), ...(digest === undefined ? {} : { digest }) });
};

/** Watches the walk; at its end says how the ledger departs from what was noted. */
export const watchFor = ({ count, digest }: Expectation): { see(walked: Walked): void; fault(): Fault | undefined } => {
  let records = 0;
  let found = digest === undefined;
  const see = (walked: Walked): void => {
    records += 1;
    if (walked.digest === digest && (count === undefined || walked.line === count)) found = true;
  };
  const missing = (): Fault | undefined => {
    if (count !== undefined && records < count) return fault('unexpected', `${count} records were expected, ${records} are there`);
    return found ? undefined : fault('unexpected', `no record${count === undefined ? '' : ` ${count}`} has the digest that was expected`);
  };
  return { see, fault: missing };
};
