/** OSV 1.x in: only the fields that matching needs, everything else is ignored. @see https://ossf.github.io/osv-schema/ */
import { z } from 'zod';
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

const range = z.object({ type: z.enum(['SEMVER', 'ECOSYSTEM', 'GIT']), events: z.array(event).min(1) });

const affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string().min(1), purl: z.string().optional() }).optional(),
  ranges: z.array(range).optional(),
  versions: z.array(z.string()).optional(),
  ecosystem_specific: z
    .object({ affected_functions: z.array(z.string()).optional() })
    .loose()
    .optional(),
  database_specific: z.object({ first_patched: z.string().optional() }).loose().optional(),
});

export const osvSchema = z.object({
  id: z.string().min(1),
  modified: z.string(),
  published: z.string().optional(),
  withdrawn: z.string().optional(),
  aliases: z.array(z.string()).optional(),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).optional(),
  affected: z.array(affected).optional(),
  database_specific: z
    .object({ severity: z.string().optional(), cwe_ids: z.array(z.string()).optional(), sources: z.array(z.string()).optional() })
    .loose()
    .optional(),
});

export type OsvRecord = z.infer<typeof osvSchema>;
export type OsvAffected = z.infer<typeof affected>;
export type OsvRange = z.infer<typeof range>;

/** Never throws; the error names the first field that is not as the standard says. */
export const parseOsv = (json: unknown): Result<OsvRecord, string> => {
  const parsed = osvSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return err(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an OSV record'}`);
};
