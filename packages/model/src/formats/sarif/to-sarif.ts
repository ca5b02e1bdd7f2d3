/** A run as a SARIF 2.1.0 log: one run, no clock, the same input gives the same bytes. */
import type { Fix } from '../../fix.ts';
import type { Run } from '../../run.ts';
import { publicUri } from '../../target.ts';
import { defined, notificationOf, resultOf } from './results.ts';
import { ruleOf, taxonomyOf, weaknessesOf } from './rules.ts';
import type { PropertyBag, SarifLog, SarifResult, SarifRun } from './types.ts';
import { isWebUri } from './uri.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** `fixes` are written beside the findings they name. Messages are taken as they are: a Finding holds no secret. */
export const toSarif = (run: Run, fixes: readonly Fix[] = []): SarifLog => ({
  $schema: SCHEMA,
  version: '2.1.0',
  runs: [runOf(run, fixes)],
});

const runOf = (run: Run, fixes: readonly Fix[]): SarifRun => {
  const weaknesses = weaknessesOf(run.rules);
  const hasTaxonomy = weaknesses.length > 0;
  return {
    tool: {
      driver: {
        name: run.tool.name,
        version: run.tool.version,
        rules: run.rules.map((rule) => ruleOf(rule, weaknesses)),
        ...(hasTaxonomy ? { supportedTaxonomies: [{ name: 'CWE', index: 0 }] } : {}),
      },
    },
    automationDetails: { id: `breakwater/${run.application.name}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of what was scanned.' } } },
    invocations: [{ executionSuccessful: isWhole(run), toolExecutionNotifications: run.problems.map(notificationOf) }],
    ...(hasTaxonomy ? { taxonomies: [taxonomyOf(weaknesses)] } : {}),
    ...provenanceOf(run),
    results: resultsOf(run, fixes),
    properties: propertiesOf(run),
  };
};

/** A step that failed makes the run unsuccessful even if it left no problem behind. */
const isWhole = (run: Run): boolean =>
  !run.problems.some((problem) => problem.incomplete) && !run.steps.some((step) => step.status === 'failed' || step.status === 'timed-out');

const resultsOf = (run: Run, fixes: readonly Fix[]): readonly SarifResult[] => {
  const indexes = new Map<string, number>(run.rules.map((rule, index) => [rule.id, index]));
  const verdicts = new Map(run.decision.verdicts.map((verdict) => [verdict.fingerprint, verdict]));
  const saysSuppressed = run.decision.verdicts.some((verdict) => verdict.exception !== undefined);
  return run.findings.map((finding) =>
    resultOf(finding, {
      ruleIndex: indexes.get(finding.ruleId),
      verdict: verdicts.get(finding.fingerprint),
      fixes: fixes.filter((fix) => fix.findings.includes(finding.fingerprint)),
      saysSuppressed,
    }),
  );
};

/** The standard wants the address of the repository; a revision without one stands in the properties alone. */
const provenanceOf = ({ target, application }: Run): Pick<SarifRun, 'versionControlProvenance'> => {
  const repositoryUri = publicUri(target.uri);
  if (target.revision === undefined || !isWebUri(repositoryUri) || target.kind === 'http-service') return {};
  const branch = application.branch === undefined ? {} : { branch: application.branch };
  return { versionControlProvenance: [{ repositoryUri, revisionId: target.revision, ...branch, mappedTo: { uriBaseId: '%SRCROOT%' } }] };
};

const propertiesOf = (run: Run): PropertyBag =>
  defined({
    application: run.application,
    target: { ...run.target, uri: publicUri(run.target.uri) },
    rulesDigest: run.rulesDigest,
    advisories: run.advisories,
    policy: run.decision.policy,
    result: run.decision.result,
    outcome: run.outcome,
    funnel: run.funnel,
    notLookedAt: run.notLookedAt,
  });
