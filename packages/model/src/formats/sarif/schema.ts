/** SARIF 2.1.0 in: only what an import needs; everything else is ignored, `null` counts as absent. */
import { z } from 'zod';
import { KINDS } from '../../finding.ts';

const text = z.string().nullish();
const index = z.number().int().nullish();
const bag = z.record(z.string(), z.unknown()).nullish();
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const message = z.object({ text, markdown: text, id: text, arguments: list(z.string()) });
const level = z.enum(['none', 'note', 'warning', 'error']).nullish();
const artifactLocation = z.object({ uri: text, uriBaseId: text, index });
const region = z.object({ startLine: index, startColumn: index, endLine: index, endColumn: index });
const logicalLocation = z.object({ fullyQualifiedName: text, name: text, index });

const location = z.object({
  physicalLocation: z.object({ artifactLocation: artifactLocation.nullish(), region: region.nullish() }).nullish(),
  logicalLocations: list(logicalLocation),
  message: message.nullish(),
});

const reference = z.object({ id: text, index, toolComponent: z.object({ name: text, index }).nullish() });

const rule = z.object({
  id: z.string(),
  name: text,
  helpUri: text,
  shortDescription: message.nullish(),
  messageStrings: z.record(z.string(), message).nullish(),
  defaultConfiguration: z.object({ level }).nullish(),
  relationships: list(z.object({ target: reference })),
  properties: bag,
});

const result = z.object({
  ruleId: text,
  ruleIndex: index,
  rule: reference.nullish(),
  kind: z.enum(KINDS).nullish(),
  level,
  message,
  locations: list(location),
  fingerprints: z.record(z.string(), z.string()).nullish(),
  partialFingerprints: z.record(z.string(), z.string()).nullish(),
  codeFlows: list(
    z.object({ threadFlows: list(z.object({ locations: list(z.object({ location: location.nullish() })) })), properties: bag }),
  ),
  suppressions: list(z.object({ status: text, justification: text })),
  baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).nullish(),
  taxa: list(reference),
  properties: bag,
});

const component = z.object({ name: z.string(), version: text, rules: list(rule) });
const notification = z.object({ level, message: message.nullish() });

const run = z.object({
  tool: z.object({ driver: component, extensions: list(component.extend({ name: text })) }),
  results: list(result),
  artifacts: list(z.object({ location: artifactLocation.nullish() })),
  logicalLocations: list(logicalLocation),
  originalUriBaseIds: z.record(z.string(), artifactLocation).nullish(),
  invocations: list(
    z.object({
      executionSuccessful: z.boolean().nullish(),
      toolExecutionNotifications: list(notification),
      toolConfigurationNotifications: list(notification),
    }),
  ),
});

export const sarifSchema = z.object({
  version: z.string().regex(/^2\.1\./, 'only SARIF 2.1.0 is read'),
  runs: z.array(run),
});

export type InRun = z.infer<typeof run>;
export type InResult = z.infer<typeof result>;
export type InRule = z.infer<typeof rule>;
export type InLocation = z.infer<typeof location>;
export type InMessage = z.infer<typeof message>;
