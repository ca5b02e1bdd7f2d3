/** Any tool's SARIF 2.1.0 as a neutral list of findings; says where a file is not as the standard wants it, and what a tool did not look at. */
import type { Kind } from '../../finding.ts';
import type { Location } from '../../location.ts';
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';
import type { Sha256 } from '../../scalar.ts';
import type { Confidence, Severity } from '../../severity.ts';
import { importedFlows, importedLocations } from './imported-location.ts';
import { type ImportedProperties, ownProperties } from './imported-properties.ts';
import { confidenceFor, ruleFor, severityFor, textFor, weaknessesFor } from './imported-rule.ts';
import type { InResult, InRun } from './schema.ts';
import { sarifSchema } from './schema.ts';

export interface ImportedFinding extends ImportedProperties {
  readonly tool: string;
  /** As the tool names it; no stage. */
  readonly ruleId: string;
  readonly kind: Kind;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** Empty when the tool gives none; a place without a file has the uri ''. */
  readonly locations: readonly Location[];
  readonly codeFlow?: readonly Location[];
  /** Present when Breakwater wrote the result. */
  readonly fingerprint?: Sha256;
  /** Parts to hash into a fingerprint when there is none: no line number, unique within the file. */
  readonly identity: readonly string[];
  /** `CWE-79` */
  readonly taxa: readonly string[];
  readonly helpUri?: string;
  /** The tool or its user suppressed this: the justification, possibly empty. */
  readonly suppressed?: string;
}

export interface SarifImport {
  readonly findings: readonly ImportedFinding[];
  /** One sentence for each thing that a tool says it did not finish. Not empty: no pass may be said. */
  readonly incomplete: readonly string[];
}

/** Never throws. The error names the first place that does not fit: `runs[0].results[3].message: …`. */
export const fromSarif = (json: unknown): Result<SarifImport, string> => {
  const parsed = sarifSchema.safeParse(json);
  if (parsed.success) {
    const findings = parsed.data.runs.flatMap((run) => (run.results ?? []).map((result) => findingOf(run, result)));
    return ok({ findings: numbered(findings), incomplete: parsed.data.runs.flatMap(incompleteOf) });
  }
  const issue = parsed.error.issues[0];
  return err(`${placeOf(issue?.path ?? [])}: ${issue?.message ?? 'not SARIF 2.1.0'}`);
};

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`),
    '',
  ) || 'the file';

const findingOf = (run: InRun, result: InResult): ImportedFinding => {
  const rule = ruleFor(run, result);
  const tool = run.tool.driver.name;
  const ruleId = result.ruleId ?? result.rule?.id ?? rule?.id ?? 'unnamed';
  const message = textFor(result.message, rule);
  const locations = importedLocations(run, result.locations);
  const fingerprint = ownFingerprint(result);
  const suppressed = suppressionOf(result);
  return {
    tool,
    ruleId,
    kind: result.kind ?? 'fail',
    severity: severityFor(result, rule),
    confidence: confidenceFor(result, rule),
    message,
    locations,
    taxa: weaknessesFor(result, rule),
    ...(rule?.helpUri ? { helpUri: rule.helpUri } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    identity: [tool, ruleId, locations[0]?.uri ?? '', ...stableParts(result, message, locations[0])],
    ...(suppressed === undefined ? {} : { suppressed }),
    ...flowsAndProperties(run, result, tool),
  };
};

/** Only a log of our own is asked for our own facts: another tool's `exposure` may mean something else. */
const flowsAndProperties = (run: InRun, result: InResult, tool: string): ImportedProperties & Pick<ImportedFinding, 'codeFlow'> => {
  const own = tool === 'breakwater' ? ownProperties(result.properties) : { properties: {} };
  const flows = importedFlows(run, result);
  const codeFlow = flows.find((flow) => flow.kind !== 'reachability')?.steps;
  const path = flows.find((flow) => flow.kind === 'reachability')?.steps;
  const { reachability } = own.properties;
  return {
    ...own,
    properties: {
      ...own.properties,
      ...(reachability && path ? { reachability: { ...reachability, path } } : {}),
      ...(result.baselineState ? { baseline: result.baselineState } : {}),
    },
    ...(codeFlow && codeFlow.length > 0 ? { codeFlow } : {}),
  };
};

const ownFingerprint = (result: InResult): Sha256 | undefined => {
  const hex = result.partialFingerprints?.['breakwater/v1'];
  return hex !== undefined && /^[0-9a-f]{64}$/.test(hex) ? `sha256:${hex}` : undefined;
};

/** §3.35: accepted unless the status says otherwise. */
const suppressionOf = (result: InResult): string | undefined => {
  const accepted = (result.suppressions ?? []).find(({ status }) => !status || status === 'accepted');
  return accepted && (accepted.justification ?? '');
};

/** The tool's own fingerprints where it gives any that hold still; a placeholder ("requires login") would make all findings one. */
const stableParts = (result: InResult, message: string, first: Location | undefined): readonly string[] => {
  for (const prints of [result.fingerprints, result.partialFingerprints]) {
    const parts = Object.entries(prints ?? {})
      .filter(([name, value]) => value !== '' && !/\s/.test(value) && !/column/i.test(name))
      .map(([name, value]) => `${name}=${value}`)
      .sort();
    if (parts.length > 0) return parts;
  }
  return [first?.fullyQualifiedName ?? '', message];
};

/** Equal identities are told apart by their order in the file. */
const numbered = (findings: readonly ImportedFinding[]): readonly ImportedFinding[] => {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = finding.identity.join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...finding, identity: [...finding.identity, String(ordinal)] };
  });
};

/** A run without results is one that produced none to speak of (§3.14.23), not a clean one. */
const incompleteOf = (run: InRun): readonly string[] => {
  const tool = run.tool.driver.name;
  const invocations = run.invocations ?? [];
  const notes = invocations.flatMap((i) => [...(i.toolExecutionNotifications ?? []), ...(i.toolConfigurationNotifications ?? [])]);
  const errors = notes
    .filter((note) => note.level === 'error')
    .map((note) => `${tool}: ${note.message?.text ?? 'an error without a message'}`);
  const failed = errors.length === 0 && invocations.some((invocation) => invocation.executionSuccessful === false);
  return [...errors, ...(failed ? [`${tool}: says that it did not succeed`] : []), ...(run.results ? [] : [`${tool}: gave no results`])];
};
