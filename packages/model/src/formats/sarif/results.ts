/** Findings and problems as SARIF results and notifications. */
import type { Verdict } from '../../decision.ts';
import type { Enrichment } from '../../enrichment.ts';
import type { Finding } from '../../finding.ts';
import type { Fix } from '../../fix.ts';
import type { Problem } from '../../run.ts';
import { codeFlowsOf, fixesOf, locationOf } from './locations.ts';
import type { PropertyBag, SarifNotification, SarifResult } from './types.ts';
import { levelOf, messageOf, scoreOf } from './words.ts';

/** What belongs to one finding, looked up beforehand. */
export interface Company {
  readonly ruleIndex?: number | undefined;
  readonly verdict?: Verdict | undefined;
  readonly fixes: readonly Fix[];
  /** §3.27.23: either all results of a run say whether they are suppressed, or none. */
  readonly saysSuppressed: boolean;
}

export const resultOf = (finding: Finding, { ruleIndex, verdict, fixes, saysSuppressed }: Company): SarifResult => {
  const codeFlows = codeFlowsOf(finding);
  const patches = fixesOf(fixes);
  const { baseline } = finding.properties;
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: finding.kind,
    level: levelOf(finding.kind, finding.severity),
    message: messageOf(finding.message),
    locations: finding.locations.map(locationOf),
    partialFingerprints: { 'breakwater/v1': finding.fingerprint.slice('sha256:'.length) },
    ...(codeFlows.length === 0 ? {} : { codeFlows }),
    ...(patches.length === 0 ? {} : { fixes: patches }),
    ...(saysSuppressed ? { suppressions: suppressionsOf(verdict) } : {}),
    ...(baseline === undefined ? {} : { baselineState: baseline }),
    properties: propertiesOf(finding, verdict),
  };
};

const suppressionsOf = (verdict: Verdict | undefined): NonNullable<SarifResult['suppressions']> => {
  const exception = verdict?.exception;
  if (exception === undefined) return [];
  return [{ kind: 'external', status: 'accepted', justification: `${exception.reason} (${exception.owner}, until ${exception.expires})` }];
};

/** Enrichments under their own names, the path of reachability left to codeFlows. Absent = not known. */
const propertiesOf = (finding: Finding, verdict: Verdict | undefined): PropertyBag => {
  const { reachability, vex, exploitation, ownership, introduced, exposure, remedy } = finding.properties;
  return defined({
    severity: finding.severity,
    confidence: finding.confidence,
    'security-severity': scoreOf(finding.severity),
    action: verdict?.action,
    gateRule: verdict?.rule,
    because: verdict?.because,
    wouldChange: verdict?.wouldChange,
    reachability: withoutPath(reachability),
    vex,
    exploitation,
    ownership,
    introduced,
    exposure,
    remedy,
    component: finding.component,
    vulnerability: finding.vulnerability,
  });
};

const withoutPath = (reachability: Enrichment['reachability']): object | undefined =>
  reachability && { status: reachability.status, granularity: reachability.granularity, because: reachability.because };

export const defined = (bag: PropertyBag): PropertyBag =>
  Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined));

/** What could not be looked at is an error of the run; the rest is a warning. */
export const notificationOf = (problem: Problem): SarifNotification => ({
  descriptor: { id: problem.code },
  level: problem.incomplete ? 'error' : 'warning',
  message: messageOf(`${problem.message} ${problem.hint}`),
  ...(problem.uri === undefined
    ? {}
    : { locations: [locationOf({ uri: problem.uri, ...(problem.line === undefined ? {} : { region: { startLine: problem.line } }) })] }),
  properties: { source: problem.source, incomplete: problem.incomplete },
});
