/** `breakwater.yaml`: what a team may say of its application; everything has a default that detection fills. */
import { z } from 'zod';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as 2027-02-23');

const application = z.strictObject({
  name: z.string().min(1).optional(),
  entries: z.array(z.string().min(1)).optional(),
  exposure: z.enum(['internet', 'internal', 'isolated']).optional(),
});

/** Pins an open site of the module graph: a promise by the team, shown with the verdict it allows. */
const pin = z.strictObject({
  at: z.string().regex(/^.+:\d+$/, 'file:line, as scan shows it'),
  loads: z.array(z.string().min(1)),
  reason: z.string().min(1),
});

const gateRule = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case words joined by -'),
  when: z.string().min(1),
  action: z.enum(['act', 'attend', 'track*', 'track']),
});

export const exceptionSchema = z.strictObject({
  /** Advisory id or alias, rule id, or fingerprint (six digits or more). */
  id: z.string().min(1),
  /** Glob over the location; absent = everywhere. */
  path: z.string().min(1).optional(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  expires: date,
});

/** By SPDX id; an expression passes when one of its choices does. */
const licences = z.strictObject({
  allow: z.array(z.string().min(1)).optional(),
  deny: z.array(z.string().min(1)).optional(),
});

const controlSettings = z.strictObject({
  enabled: z.boolean().optional(),
  exclude: z.array(z.strictObject({ path: z.string().min(1), reason: z.string().min(1) })).optional(),
});

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  application: application.optional(),
  controls: z.record(z.string(), controlSettings).optional(),
  reachability: z
    .strictObject({
      pins: z.array(pin).optional(),
      /** Files and folders of this folder with V8 coverage or CPU profiles: what was seen to run. */
      evidence: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  gate: z.strictObject({ default: z.boolean().optional(), rules: z.array(gateRule).optional() }).optional(),
  licences: licences.optional(),
  /** VEX documents (OpenVEX or CycloneDX) of this folder whose statements count. */
  vex: z.array(z.string().min(1)).optional(),
  owners: z.array(z.strictObject({ path: z.string().min(1), owner: z.string().min(1) })).optional(),
  exceptions: z.array(exceptionSchema).optional(),
});

export type Config = z.infer<typeof configSchema>;
export type Exception = z.infer<typeof exceptionSchema>;
export type GateRule = z.infer<typeof gateRule>;
