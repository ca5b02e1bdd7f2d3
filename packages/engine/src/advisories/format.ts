/** The advisory index on disk: four files in one folder, their schemas, and the digest that ties them together. */
import { BreakwaterError } from '@breakwater/model';
import { z } from 'zod';

export const FORMAT_VERSION = 1;

/**
 * facts: one JSON record a line, grouped by ecosystem and package, each group in one piece.
 * table: `ecosystem TAB name TAB offset TAB length TAB sha256 (32 hex) of the group`, sorted by code unit.
 * exploited: `CVE TAB day it was added to CISA KEV`. meta is written last; its digest covers table and exploited, the table covers facts.
 */
export const FILES = { facts: 'advisories.ndjson', table: 'index.tsv', exploited: 'exploited.tsv', meta: 'meta.json' } as const;

const sha256 = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]);

export const metaSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  origin: z.enum(['snapshot', 'built']),
  /** RFC 3339: the newest `modified` of any record. The data may be older or newer in parts; there is no better date in OSV data. */
  asOf: z.string(),
  digest: sha256,
  /** OSV records that were taken in, before records of one flaw were joined. */
  records: z.number().int().nonnegative(),
  /** Lines of the facts file: one for each flaw of each package. */
  facts: z.number().int().nonnegative(),
  packages: z.number().int().nonnegative(),
  ecosystems: z.array(z.string()),
  /** CVE ids of the CISA catalogue in `exploited.tsv`. */
  exploited: z.number().int().nonnegative(),
  /** Size of the facts file. */
  bytes: z.number().int().nonnegative(),
});

const event = z.object({
  introduced: z.string().exactOptional(),
  fixed: z.string().exactOptional(),
  last_affected: z.string().exactOptional(),
  limit: z.string().exactOptional(),
});

/** A line of the facts file: AdvisoryFacts with its package; empty lists are left out. */
export const lineSchema = z.object({
  ecosystem: z.string(),
  package: z.string(),
  id: z.string(),
  aliases: z.array(z.string()).default([]),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  severityStated: z.boolean(),
  cvss: z.string().exactOptional(),
  cwes: z.array(z.string()).default([]),
  published: z.string().exactOptional(),
  ranges: z.array(z.object({ type: z.enum(['SEMVER', 'ECOSYSTEM']), events: z.array(event) })).default([]),
  versions: z.array(z.string()).default([]),
  patched: z.string().exactOptional(),
  functions: z.array(z.string()).default([]),
});

export type IndexMeta = z.infer<typeof metaSchema>;

const HINT = 'breakwater advisories build DIR';

export const missingIndex = (cause?: unknown): BreakwaterError =>
  new BreakwaterError('BW4001', 'There is no advisory index here', HINT, { cause });

export const damagedIndex = (what: string, cause?: unknown): BreakwaterError =>
  new BreakwaterError('BW4002', `The advisory index is damaged: ${what}`, HINT, { cause });
