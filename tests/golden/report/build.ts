/** Small builders for runs: everything has a quiet default, a test names only what it is about. */
import { fingerprint, sha256 } from '@breakwater/engine/lib/digest';
import {
  type Enrichment,
  type Finding,
  funnelOf,
  type Location,
  type Outcome,
  type Purl,
  type Rule,
  type Run,
  type Sha256,
  type StagedId,
  timestamp,
  type Verdict,
} from '@breakwater/model';

export interface Alert {
  readonly finding: Finding;
  readonly verdict: Omit<Verdict, 'fingerprint'>;
}

/** `src/a.js:3 text` → a location. */
export const at = (place: string, message?: string, name?: string): Location => {
  const colon = place.lastIndexOf(':');
  const line = Number(place.slice(colon + 1));
  const known = colon > 0 && Number.isInteger(line);
  return {
    uri: known ? place.slice(0, colon) : place,
    ...(known ? { region: { startLine: line } } : {}),
    ...(message === undefined ? {} : { message }),
    ...(name === undefined ? {} : { fullyQualifiedName: name }),
  };
};

export const rule = (id: StagedId, name: string, why: string, fix: string, taxa: readonly string[] = []): Rule => ({
  id,
  name,
  help: { why, fix, references: [] },
  severity: 'high',
  confidence: 'high',
  taxa,
  aliases: [],
});

export interface FindingParts extends Partial<Omit<Finding, 'properties'>> {
  readonly properties?: Enrichment;
}

export const finding = (key: string, parts: FindingParts = {}): Finding => ({
  ruleId: 'code/example',
  kind: 'fail',
  severity: 'high',
  confidence: 'high',
  message: `Example ${key}`,
  target: { kind: 'directory', uri: '.' },
  locations: [at('src/example.js:1')],
  fingerprint: fingerprint('example/v1', key),
  properties: {},
  ...parts,
});

/** An advisory on a package. */
export const flaw = (
  name: string,
  version: string,
  id: string,
  parts: FindingParts & { scope?: 'required' | 'excluded'; type?: string } = {},
): Finding => {
  const { scope = 'required', type = 'npm', ...rest } = parts;
  const purl: Purl = `pkg:${type}/${name.replace('@', '%40')}@${version}`;
  return finding(`${name} ${version} ${id}`, {
    ruleId: 'build/known-vulnerability',
    message: `${name} ${version} has ${id}`,
    locations: [at('package-lock.json:120')],
    component: { purl, bomRef: purl, scope },
    vulnerability: { id, aliases: [] },
    ...rest,
  });
};

export const judge = (
  finding: Finding,
  action: Verdict['action'],
  rule: string,
  because: readonly string[] = [],
  more: Partial<Verdict> = {},
): Alert => ({
  finding,
  verdict: { action, rule, because, ...more },
});

const digest = (text: string): Sha256 => sha256(text);

export const runOf = (alerts: readonly Alert[], outcome: Outcome, more: Partial<Run> = {}): Run => {
  const sorted = [...alerts].sort((a, b) => (a.finding.fingerprint < b.finding.fingerprint ? -1 : 1));
  const findings = sorted.map((alert) => alert.finding);
  const verdicts = sorted.map((alert) => ({ fingerprint: alert.finding.fingerprint, ...alert.verdict }));
  return {
    schemaVersion: '1',
    tool: { name: 'breakwater', version: '1.0.0' },
    application: { name: 'checkout', version: '1.42.0', branch: 'main' },
    target: { kind: 'directory', uri: 'examples/checkout', revision: '3f9c2e1d5b7a48c6903f2e1d5b7a48c6903f2e1d' },
    startedAt: timestamp('2026-11-23T09:14:07Z'),
    durationMs: 18_400,
    advisories: { asOf: timestamp('2026-11-22T06:00:00Z'), digest: digest('advisories'), records: 214_377, origin: 'snapshot' },
    rulesDigest: digest('rules'),
    steps: STEPS.map(([id, looked]) => ({ id, kind: 'control', status: 'complete', looked, durationMs: 900 })),
    problems: [],
    notLookedAt: ['dast (no address)', 'runtime (no agent)', 'threats (no model)'],
    rules: [],
    findings,
    decision: {
      result: outcome === 'blocked' ? 'FAILED' : 'PASSED',
      policy: { uri: 'breakwater:default', digest: digest('policy') },
      verdicts,
    },
    funnel: funnelOf(findings, verdicts),
    outcome,
    ...more,
  };
};

const STEPS: readonly (readonly [string, string])[] = [
  ['code/secrets', '412 files, 1,204 commits'],
  ['code/sast', '63 of 63 source files, 41 routes'],
  ['build/dependencies', '412 packages in 1 lockfile'],
  ['build/licences', '412 packages'],
  ['release/image', '9 layers, 325 packages, 1,118 ELF files'],
  ['deploy/infrastructure', '1 Terraform module, 24 resources'],
  ['deploy/pipeline', '3 workflows'],
  ['release/signature', 'image and provenance, 2 identities'],
  ['deploy/policy', '11 gate rules'],
];
