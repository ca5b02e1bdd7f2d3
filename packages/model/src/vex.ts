/** What somebody states of one flaw in some products: the ground between our findings, OpenVEX and CycloneDX VEX. */
import type { VexJustification } from './enrichment.ts';
import type { Timestamp } from './scalar.ts';

export const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof VEX_STATUSES)[number];

export interface VexStatement {
  /** Advisory id; matches by any alias. */
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  /** Package URLs, with or without a version: without one it speaks of every version. At least one. */
  readonly products: readonly [string, ...string[]];
  readonly status: VexStatus;
  /** With not_affected: this or `impact` is needed (OpenVEX §Status Justifications). */
  readonly justification?: VexJustification;
  /** Why it is not affected, in words. */
  readonly impact?: string;
  /** With affected: what to do. */
  readonly action?: string;
  readonly at?: Timestamp;
}

/** A statement and who made it. */
export interface StatedVex extends VexStatement {
  readonly author: string;
}

export interface VexDocument {
  /** IRI that names the document; the same input gives the same one. */
  readonly id: string;
  readonly author: string;
  readonly createdAt: Timestamp;
  readonly version: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** Sorted by vulnerability, then first product. */
  readonly statements: readonly VexStatement[];
}
