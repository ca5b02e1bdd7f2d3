/** An in-toto Statement v1, DSSE-signed, chained by `previous` so that a gap shows. */
import type { Sha256, Timestamp } from './scalar.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

export interface EvidenceRecord<P = unknown> {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: `https://${string}`;
  readonly predicate: P & { readonly timeCreated: Timestamp; readonly previous?: Sha256 };
}
