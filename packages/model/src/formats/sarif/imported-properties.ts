/** Breakwater's own properties read back from a log that Breakwater wrote; what does not fit is left out, never guessed. */
import { z } from 'zod';
import type { Enrichment } from '../../enrichment.ts';
import { REACHABILITY } from '../../enrichment.ts';
import type { Component, Vulnerability } from '../../finding.ts';
import type { Purl, Timestamp } from '../../scalar.ts';
import type { InResult } from './schema.ts';

const texts = z.array(z.string());
const purl = z.custom<Purl>((value) => typeof value === 'string' && value.startsWith('pkg:'));
const instant = z.custom<Timestamp>((value) => typeof value === 'string');

const justification = z.enum([
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]);

const propertiesSchema = z.object({
  reachability: z
    .object({ status: z.enum(REACHABILITY), granularity: z.enum(['package', 'module', 'function']), because: texts })
    .optional()
    .catch(undefined),
  vex: z
    .object({ status: z.enum(['not_affected', 'affected', 'fixed', 'under_investigation']), justification: z.exactOptional(justification) })
    .optional()
    .catch(undefined),
  exploitation: z
    .object({ ssvc: z.enum(['none', 'poc', 'active']), kev: z.boolean(), epss: z.exactOptional(z.number().min(0).max(1)) })
    .optional()
    .catch(undefined),
  ownership: z
    .object({ owner: z.string(), source: z.enum(['CODEOWNERS', 'config', 'git']), at: z.exactOptional(z.string()) })
    .optional()
    .catch(undefined),
  introduced: z.object({ commit: z.string(), author: z.string(), at: instant }).optional().catch(undefined),
  exposure: z.enum(['internet', 'internal', 'isolated']).optional().catch(undefined),
  remedy: z
    .object({ kind: z.enum(['patch', 'blocked', 'suggest-only']), summary: z.string() })
    .optional()
    .catch(undefined),
  component: z
    .object({ purl, bomRef: z.string(), scope: z.enum(['required', 'optional', 'excluded']) })
    .optional()
    .catch(undefined),
  vulnerability: z
    .object({ id: z.string(), aliases: texts, cvss: z.exactOptional(z.string()), fixed: z.exactOptional(texts) })
    .optional()
    .catch(undefined),
});

export interface ImportedProperties {
  readonly properties: Enrichment;
  readonly component?: Component;
  readonly vulnerability?: Vulnerability;
}

export const ownProperties = (bag: InResult['properties']): ImportedProperties => {
  const parsed = propertiesSchema.safeParse(bag ?? {});
  if (!parsed.success) return { properties: {} };
  const { component, vulnerability, reachability, vex, exploitation, ownership, introduced, exposure, remedy } = parsed.data;
  return {
    properties: {
      ...(reachability && { reachability }),
      ...(vex && { vex }),
      ...(exploitation && { exploitation }),
      ...(ownership && { ownership }),
      ...(introduced && { introduced }),
      ...(exposure && { exposure }),
      ...(remedy && { remedy }),
    },
    ...(component && { component }),
    ...(vulnerability && { vulnerability }),
  };
};
