/** Random but consistent runs: rules that exist, verdicts for every alert, a funnel that adds up. For codecs and renderers to be held against. */
import type {
  Component,
  Decision,
  Enrichment,
  Finding,
  Location,
  Problem,
  Purl,
  Region,
  Rule,
  Run,
  Sha256,
  StagedId,
  StepOutcome,
  Target,
  Timestamp,
  Verdict,
  Vulnerability,
} from '@breakwater/model';
import { ACTIONS, CONFIDENCES, funnelOf, KINDS, REACHABILITY, SEVERITIES, STAGES, timestamp } from '@breakwater/model';
import fc from 'fast-check';

export const sha: fc.Arbitrary<Sha256> = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits): Sha256 => `sha256:${digits.join('')}`);

export const instant: fc.Arbitrary<Timestamp> = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => timestamp(date.toISOString()));

/** Any well-formed text, with the characters that break formats. */
export const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    'a [link](https://example.test) in text',
    '{0} of "this" & <that>',
    'two\nlines',
    '100 % | `code`',
    '\u202e\u0000\u001b[31m',
    '=1+1',
  ),
);

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);

/** Relative, with names as hostile as a file system allows, but no `.` or `..`. */
export const path = fc
  .array(
    fc.oneof(word, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })).map((name) => name.replaceAll(/[/\0]/g, '_')),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) => names.map((name) => (/^\.{0,2}$/.test(name) ? 'dots' : name)).join('/'));

const stagedId: fc.Arbitrary<StagedId> = fc.tuple(fc.constantFrom(...STAGES), word).map(([stage, name]): StagedId => `${stage}/${name}`);

const region: fc.Arbitrary<Region> = fc
  .record(
    { startLine: fc.integer({ min: 1, max: 100_000 }), startColumn: fc.integer({ min: 1, max: 500 }), more: fc.nat(50), width: fc.nat(80) },
    { requiredKeys: ['startLine'] },
  )
  .map(({ startLine, startColumn, more, width }) => ({
    startLine,
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(more === undefined ? {} : { endLine: startLine + more }),
    ...(startColumn === undefined || width === undefined ? {} : { endColumn: startColumn + width }),
  }));

export const location: fc.Arbitrary<Location> = fc
  .record(
    { uri: fc.oneof({ weight: 9, arbitrary: path }, fc.constant('')), region, fullyQualifiedName: text, message: text },
    { requiredKeys: ['uri'] },
  )
  .map((place) => {
    if (place.uri !== '') return place;
    const { region: _, ...rest } = place; // a region is of a file
    return { ...rest, fullyQualifiedName: place.fullyQualifiedName ?? 'layer 7 of 9' };
  });

const steps = fc.array(location, { maxLength: 4 });

export const rule: fc.Arbitrary<Rule> = fc.record({
  id: stagedId,
  name: text,
  help: fc.record({
    why: text,
    fix: text,
    references: fc.array(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), text), { maxLength: 3 }),
  }),
  severity: fc.constantFrom(...SEVERITIES),
  confidence: fc.constantFrom(...CONFIDENCES),
  taxa: fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 1400 }).map((n) => `CWE-${n}`),
      fc.constantFrom('SSDF-PW.7', 'ASVS-5.2.1', 'CWE-79'),
    ),
    { maxLength: 4 },
  ),
  aliases: fc.array(
    word.map((name) => `CKV_${name}`),
    { maxLength: 2 },
  ),
});

const purl: fc.Arbitrary<Purl> = fc
  .tuple(word, fc.nat(20), fc.nat(20))
  .map(([name, major, minor]): Purl => `pkg:npm/${name}@${major}.${minor}.0`);

const component: fc.Arbitrary<Component> = purl.chain((name) =>
  fc.constantFrom('required' as const, 'optional' as const, 'excluded' as const).map((scope) => ({ purl: name, bomRef: name, scope })),
);

const vulnerability: fc.Arbitrary<Vulnerability> = fc.record(
  {
    id: fc.integer({ min: 1000, max: 99_999 }).map((n) => `CVE-2024-${n}`),
    aliases: fc.array(
      word.map((name) => `GHSA-${name}`),
      { maxLength: 2 },
    ),
    cvss: fc.constant('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'),
    fixed: fc.array(
      fc.nat(30).map((n) => `1.${n}.0`),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['id', 'aliases'] },
);

export const enrichment: fc.Arbitrary<Enrichment> = fc.record(
  {
    reachability: fc.record(
      {
        status: fc.constantFrom(...REACHABILITY),
        granularity: fc.constantFrom('package' as const, 'module' as const, 'function' as const),
        path: steps,
        because: fc.array(text, { maxLength: 2 }),
      },
      { requiredKeys: ['status', 'granularity', 'because'] },
    ),
    exploitation: fc.record(
      {
        ssvc: fc.constantFrom('none' as const, 'poc' as const, 'active' as const),
        kev: fc.boolean(),
        epss: fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
      },
      { requiredKeys: ['ssvc', 'kev'] },
    ),
    ownership: fc.record(
      {
        owner: word.map((name) => `@shop/${name}`),
        source: fc.constantFrom('CODEOWNERS' as const, 'config' as const, 'git' as const),
        at: fc.constant('CODEOWNERS:7'),
      },
      { requiredKeys: ['owner', 'source'] },
    ),
    introduced: fc.record({ commit: sha.map((s) => s.slice(7, 47)), author: text, at: instant }),
    exposure: fc.constantFrom('internet' as const, 'internal' as const, 'isolated' as const),
    baseline: fc.constantFrom('new' as const, 'unchanged' as const, 'updated' as const, 'absent' as const),
    vex: fc.constant({ status: 'not_affected' as const, justification: 'vulnerable_code_not_in_execute_path' as const }),
    remedy: fc.record({ kind: fc.constantFrom('patch' as const, 'blocked' as const, 'suggest-only' as const), summary: text }),
  },
  { requiredKeys: [] },
);

export const target: fc.Arbitrary<Target> = fc.record(
  {
    kind: fc.constantFrom('directory' as const, 'repository' as const, 'container-image' as const, 'sbom' as const),
    uri: fc.oneof(
      fc.constantFrom(
        '.',
        'oci:build/checkout',
        'https://git.example.test/shop/checkout.git',
        'https://bot:word@git.example.test/shop.git?x=1',
      ),
      path,
    ),
    digest: sha,
    revision: sha.map((s) => s.slice(7, 47)),
  },
  { requiredKeys: ['kind', 'uri'] },
);

const findingOf = (rules: readonly Rule[], of: Target): fc.Arbitrary<Finding> =>
  fc
    .record(
      {
        ruleId: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...rules.map((r) => r.id)) }, stagedId),
        kind: fc.oneof({ weight: 5, arbitrary: fc.constant('fail' as const) }, fc.constantFrom(...KINDS)),
        severity: fc.constantFrom(...SEVERITIES),
        confidence: fc.constantFrom(...CONFIDENCES),
        message: text,
        locations: fc.tuple(location, fc.array(location, { maxLength: 2 })),
        codeFlow: steps,
        fingerprint: sha,
        component,
        vulnerability,
        properties: enrichment,
      },
      { requiredKeys: ['ruleId', 'kind', 'severity', 'confidence', 'message', 'locations', 'fingerprint', 'properties'] },
    )
    .map(({ locations: [first, rest], ...finding }) => ({ ...finding, locations: [first, ...rest] as const, target: of }));

export const findings: fc.Arbitrary<readonly Finding[]> = fc
  .tuple(fc.uniqueArray(rule, { selector: (r) => r.id, minLength: 1, maxLength: 3 }), target)
  .chain(([rules, of]) => sortedFindings(rules, of));

const sortedFindings = (rules: readonly Rule[], of: Target): fc.Arbitrary<readonly Finding[]> =>
  fc
    .uniqueArray(findingOf(rules, of), { selector: (f) => f.fingerprint, maxLength: 6 })
    .map((found) => found.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)));

const reasons = fc.record({ reason: text, owner: word.map((name) => `@shop/${name}`), expires: fc.constant('2027-02-23') });

const verdictOf = (finding: Finding): fc.Arbitrary<Verdict> =>
  fc.record(
    {
      fingerprint: fc.constant(finding.fingerprint),
      action: fc.constantFrom(...ACTIONS),
      rule: word,
      because: fc.array(text, { maxLength: 2 }),
      wouldChange: text,
      exception: reasons,
    },
    { requiredKeys: ['fingerprint', 'action', 'rule', 'because'] },
  );

/** A verdict for every alert, in the order of the findings. */
export const verdictsOf = (found: readonly Finding[]): fc.Arbitrary<readonly Verdict[]> =>
  fc.tuple(...found.filter((f) => f.kind === 'fail').map(verdictOf));

const decisionOf = (found: readonly Finding[]): fc.Arbitrary<Decision> =>
  fc
    .record({ policy: fc.record({ uri: fc.constant('breakwater:default'), digest: sha }), verdicts: verdictsOf(found) })
    .map(({ policy, verdicts }) => ({
      result: verdicts.some((v) => v.action === 'act') ? 'FAILED' : verdicts.some((v) => v.action === 'attend') ? 'WARNED' : 'PASSED',
      policy,
      verdicts,
    }));

const problem: fc.Arbitrary<Problem> = fc
  .record(
    {
      code: fc.constantFrom('BW3004' as const, 'BW5002' as const),
      source: word,
      uri: path,
      line: fc.integer({ min: 1, max: 999 }),
      message: text,
      hint: text,
      incomplete: fc.boolean(),
    },
    { requiredKeys: ['code', 'source', 'message', 'hint', 'incomplete'] },
  )
  .map(({ line, ...rest }) => (rest.uri === undefined || line === undefined ? rest : { ...rest, line }));

const step: fc.Arbitrary<StepOutcome> = fc.record({
  id: word,
  kind: fc.constantFrom('control' as const, 'enricher' as const),
  status: fc.constantFrom(
    'complete' as const,
    'partial' as const,
    'failed' as const,
    'timed-out' as const,
    'skipped' as const,
    'not-applicable' as const,
  ),
  looked: fc.nat(999).map((n) => `${n} files`),
  durationMs: fc.nat(60_000),
});

const advisories = fc.record({
  asOf: instant,
  digest: sha,
  records: fc.nat(300_000),
  origin: fc.constantFrom('snapshot' as const, 'built' as const),
});
const application = fc.record({ name: fc.oneof(word, text), version: fc.constant('1.42.0'), branch: word }, { requiredKeys: ['name'] });

export const run: fc.Arbitrary<Run> = fc
  .record(
    {
      version: fc.constant('0.1.0'),
      application,
      target,
      startedAt: instant,
      durationMs: fc.nat(600_000),
      advisories,
      rulesDigest: sha,
      steps: fc.array(step, { maxLength: 4 }),
      problems: fc.array(problem, { maxLength: 3 }),
      notLookedAt: fc.array(text, { maxLength: 2 }),
      rules: fc.uniqueArray(rule, { selector: (r) => r.id, minLength: 1, maxLength: 4 }),
    },
    {
      requiredKeys: [
        'version',
        'application',
        'target',
        'startedAt',
        'durationMs',
        'rulesDigest',
        'steps',
        'problems',
        'notLookedAt',
        'rules',
      ],
    },
  )
  .chain(({ version, ...rest }) =>
    sortedFindings(rest.rules, rest.target).chain((found) =>
      decisionOf(found).map((decision): Run => {
        const blocked = decision.result === 'FAILED';
        const incomplete = rest.problems.some((p) => p.incomplete);
        return {
          schemaVersion: '1',
          tool: { name: 'breakwater', version },
          ...rest,
          findings: found,
          decision,
          funnel: funnelOf(found, decision.verdicts),
          outcome: blocked ? 'blocked' : incomplete ? 'incomplete' : 'passed',
        };
      }),
    ),
  );
