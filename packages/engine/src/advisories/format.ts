/** The advisory index on disk: five files in one folder, their schemas, and the digest that ties them together. */
import { BreakwaterError } from '@breakwater/model';
import { z } from 'zod';

export const FORMAT_VERSION = 2;

/**
 * facts: one JSON record a line, grouped by ecosystem and package, each group in one piece.
 * table: `ecosystem TAB name TAB offset TAB length TAB sha256 (32 hex) of the group`, sorted by code unit; names as `normalName` spells them.
 * exploited: `CVE TAB day it was added to CISA KEV`. epss: `CVE TAB chance`, sorted; it is there when meta names it.
 * meta is written last; its digest covers table, exploited and the digest of epss, the table covers facts.
 */
export const FILES = {
  facts: 'advisories.ndjson',
  table: 'index.tsv',
  exploited: 'exploited.tsv',
  epss: 'epss.tsv',
  meta: 'meta.json',
} as const;

const sha256 = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]);

const count = z.number().int().nonnegative();

/** How an index came over the network. */
const updateSchema = z.object({
  /** RFC 3339. */
  at: z.string(),
  /** Address of the bucket, without credentials and query. */
  from: z.string(),
  /** As they were asked for: `Debian` stands for all of its releases. */
  ecosystems: z.array(z.string()),
  /** What could not be loaded anew, and since when it is known. */
  kept: z.array(z.object({ name: z.string(), since: z.string() })),
});

export const metaSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  origin: z.enum(['snapshot', 'built']),
  /** RFC 3339: the newest `modified` of any record. The data may be older or newer in parts; there is no better date in OSV data. */
  asOf: z.string(),
  digest: sha256,
  /** OSV records that were taken in, before records of one flaw were joined. */
  records: count,
  /** Lines of the facts file: one for each flaw of each package. */
  facts: count,
  packages: count,
  ecosystems: z.array(z.string()),
  /** Of each ecosystem. */
  coverage: z.record(z.string(), z.object({ packages: count, facts: count })),
  /** CVE ids of the CISA catalogue in `exploited.tsv`. */
  exploited: count,
  /** Size of the facts file. */
  bytes: count,
  /** The scores in `epss.tsv`, and the day they are of. */
  epss: z.object({ digest: sha256, count, bytes: count, asOf: z.string().exactOptional() }).exactOptional(),
  update: updateSchema.exactOptional(),
});

export type IndexMeta = z.infer<typeof metaSchema>;

const HINT = 'breakwater advisories update, or build DIR';

export const missingIndex = (cause?: unknown): BreakwaterError =>
  new BreakwaterError('BW4001', 'There is no advisory index here', HINT, { cause });

export const damagedIndex = (what: string, cause?: unknown): BreakwaterError =>
  new BreakwaterError('BW4002', `The advisory index is damaged: ${what}`, HINT, { cause });

export const otherFormat = (found: number): BreakwaterError =>
  new BreakwaterError(
    'BW4007',
    `The advisory index has format ${found}, this version of Breakwater reads format ${FORMAT_VERSION}`,
    `Build it again: ${HINT}`,
  );
