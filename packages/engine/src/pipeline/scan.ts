/** The loop's first half, in the order of DESIGN §1: target → facts → findings → enriched findings → decision. */
import type { AdvisoryOrigin, Finding, Problem, Rule, Run, StepOutcome, Target } from '@breakwater/model';
import { funnelOf, timestamp } from '@breakwater/model';
import { openIndex } from '../advisories/open.ts';
import { readConfig } from '../extractors/config/read.ts';
import type { Revision } from '../extractors/git/revision.ts';
import { readRevision } from '../extractors/git/revision.ts';
import { readApplication } from '../extractors/tree/application.ts';
import { digestTree } from '../extractors/tree/digest.ts';
import type { Inventory } from '../extractors/tree/open.ts';
import { openReading, takeInventory, takeSbom } from '../extractors/tree/open.ts';
import { sha256 } from '../lib/digest.ts';
import { VERSION } from '../lib/version.ts';
import { checkExceptions } from '../policy/exceptions.ts';
import { createPolicy } from '../policy/gate.ts';
import { concludeExceptions, outcomeOf, undecided } from './conclude.ts';
import { hasSomethingToScan } from './detect.ts';
import { enrich } from './enrich.ts';
import { mergeFindings, mergeProblems, settleSteps } from './merge.ts';
import type { ScanOptions } from './options.ts';
import type { Surroundings } from './protocol.ts';
import { runControls } from './run-controls.ts';
import { NOT_BUILT, selectControls } from './select.ts';

/** Throws BreakwaterError for wrong configuration or an unusable index, and AbortError when cancelled; everything else is in the Run. */
export const scan = async (options: ScanOptions): Promise<Run> => {
  const started = options.clock();
  const now = timestamp(options.now());
  const config = options.config ?? (await readConfig(options.root));
  checkExceptions(config.exceptions ?? [], now);
  const selection = await selectControls(options, config);
  const policy = createPolicy({ config, rules: selection.rules, ...(options.failOn !== undefined && { failOn: options.failOn }) });
  const inventory = options.sbom === undefined ? await takeInventory(options.root, options.signal) : await takeSbom(options.sbom);
  const [advisories, revision, digest] = await Promise.all([
    originOf(options.advisories),
    options.sbom === undefined ? readRevision(options.root, options.signal) : NO_REVISION,
    digestTree(inventory, options.signal),
  ]);
  const target: Target = {
    kind: inventory.kind,
    uri: options.uri,
    digest,
    ...(revision.commit !== undefined && { revision: revision.commit }),
  };
  const surroundings: Surroundings = {
    root: options.root,
    target,
    inventory,
    config,
    offline: options.offline,
    cache: options.cache,
    advisories: options.advisories,
    vex: options.vex ?? [],
    ...(options.coverage !== undefined && { coverage: options.coverage }),
    now,
  };
  const controls = await runControls(selection, surroundings, options);
  const enriched = await enrich(mergeFindings(controls.findings), surroundings, options);
  options.signal.throwIfAborted();
  const findings = mergeFindings([...enriched.findings, ...concludeExceptions(config, enriched.findings, target, now)]);
  const decision = policy.decide(findings, now);
  const problems = mergeProblems([...unreadable(inventory), ...controls.problems, ...enriched.problems, ...undecided(findings)]);
  const steps = settleSteps([...controls.outcomes, ...enriched.outcomes], problems);
  const application = await describe(surroundings, options);
  return {
    schemaVersion: '1',
    tool: { name: 'breakwater', version: VERSION },
    application: { ...application, ...(revision.branch !== undefined && { branch: revision.branch }) },
    target,
    startedAt: now,
    durationMs: Math.round(options.clock() - started),
    advisories,
    rulesDigest: digestOfRules(selection.rules),
    steps,
    problems,
    notLookedAt: [...selection.left, ...controls.absent, ...NOT_BUILT],
    rules: usedRules(selection.rules, findings),
    findings,
    decision,
    funnel: funnelOf(findings, decision.verdicts),
    outcome: outcomeOf({
      findings,
      decision,
      problems,
      something: inventory.kind === 'sbom' || hasSomethingToScan(inventory.files) || controls.outcomes.some(foundPackages),
    }),
  };
};

/** In a folder of programs only what they were built from is there to scan. */
const foundPackages = ({ id, looked }: StepOutcome): boolean => id === 'build/dependencies' && looked !== '';

/** A file made elsewhere: the folder it lies in says nothing of it. */
const NO_REVISION: Revision = {};

const originOf = async (folder: string): Promise<AdvisoryOrigin> => {
  const index = await openIndex(folder);
  const { asOf, digest, records, origin } = index.meta;
  await index.close();
  return { asOf: timestamp(asOf), digest, records, origin };
};

const describe = (surroundings: Surroundings, options: ScanOptions) => {
  const ignoreEvent = (): void => undefined;
  return readApplication(
    openReading({ ...surroundings, control: '', signal: options.signal, problem: ignoreEvent, progress: ignoreEvent, looked: ignoreEvent }),
  );
};

const unreadable = (inventory: Inventory): readonly Problem[] => {
  const folders = inventory.unreadable.map(
    (uri): Problem => ({
      code: 'BW3002',
      source: 'files',
      uri,
      message: `the folder ${uri || '.'} cannot be read`,
      hint: 'Give the scan the right to read it.',
      incomplete: true,
    }),
  );
  const cut: Problem = {
    code: 'BW3006',
    source: 'files',
    message: 'more than a million files: the rest was not looked at',
    hint: 'Scan a part of the tree.',
    incomplete: true,
  };
  return inventory.truncated ? [...folders, cut] : folders;
};

const digestOfRules = (rules: readonly Rule[]) => sha256(JSON.stringify([VERSION, rules]));

const usedRules = (rules: readonly Rule[], findings: readonly Finding[]): readonly Rule[] => {
  const used = new Set(findings.map((finding) => finding.ruleId));
  return rules.filter((rule) => used.has(rule.id));
};
