/** What reading an SBOM gives: the Bom, and by name what of it no advisory can speak about. */
import type { Bom } from '../../bom.ts';
import { type Timestamp, timestamp } from '../../scalar.ts';

export interface LeftOut {
  readonly name: string;
  /** Continues the name: `has no package URL`. */
  readonly why: string;
}

export interface BomReading {
  readonly bom: Bom;
  /** In the order of the document. */
  readonly left: readonly LeftOut[];
}

export interface ReadOptions {
  /** Of the one manifest that an SBOM of another tool becomes. */
  readonly uri: string;
  /** More components than this are refused. */
  readonly maxComponents?: number;
}

export const MAX_COMPONENTS = 1_000_000;

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Documents that do not say when they were made get the beginning of time: same input, same Bom. */
export const instantOf = (value: unknown): Timestamp =>
  timestamp(typeof value === 'string' && RFC3339.test(value) ? value : '1970-01-01T00:00:00Z');

/** `undefined` where there is none, rather than the beginning of time. */
export const optionalInstant = (value: unknown): Timestamp | undefined =>
  typeof value === 'string' && RFC3339.test(value) ? timestamp(value) : undefined;
