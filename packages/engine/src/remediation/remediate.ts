/** plan → apply → prove → deliver: from findings to a change that is in the work tree, or to the reason why it is not. */
import { join } from 'node:path';
import type { Finding, Sha256 } from '@breakwater/model';
import { BreakwaterError, shortId } from '@breakwater/model';
import { parse } from 'ini';
import { registryOptions } from '../extractors/sources/npmrc.ts';
import { adviceFor } from './advice.ts';
import { contentId, deliverToBranch } from './deliver/branch.ts';
import { keepPatch } from './deliver/keep.ts';
import { unifiedDiff } from './deliver/patch.ts';
import { openRepository } from './deliver/repository.ts';
import { refuseUncommitted } from './deliver/state.ts';
import { deliverToTree } from './deliver/tree.ts';
import { copyProject, readIfThere, readInside } from './files.ts';
import type { Applied, FileEdit } from './npm/apply.ts';
import { applyPlan } from './npm/apply.ts';
import type { Patch } from './npm/item.ts';
import type { NpmOptions } from './npm/registry.ts';
import { openRegistry } from './npm/registry.ts';
import { folderOf } from './npm/targets.ts';
import type { Market } from './npm/versions.ts';
import { DAY, openMarket } from './npm/versions.ts';
import type { NpmPlan } from './npm/workspace.ts';
import { planNpm } from './npm/workspace.ts';
import type { TestJob } from './prove/baseline.ts';
import { openBaseline } from './prove/baseline.ts';
import { addedBy, alertsOf, findingGone, idempotent, lockfileSound, nothingNew, parses, policyUntouched } from './prove/gates.ts';
import { proveTests } from './prove/tests.ts';
import type { Proof, RemedyItem, RemedyReport, RemedyRequest } from './remedy.ts';
import { applyNote, blockedBy, changedFiles, fixesOf, planNote } from './report.ts';
import { discard, openScratch } from './scratch.ts';
import type { StepLog } from './steps.ts';
import { stepLog } from './steps.ts';

interface Session {
  readonly request: RemedyRequest;
  readonly npm: NpmOptions;
  readonly market: Market;
  readonly log: StepLog;
  readonly cooldownDays: number;
  readonly started: number;
}

const COOLDOWN_DAYS = 3;

/**
 * Nothing is written to the project unless every gate holds. Throws BW6030 when the files to be changed have uncommitted changes,
 * other BW603x when delivery fails, and what `signal` was aborted with. Everything else that cannot be done is in the report.
 */
export const remediate = async (request: RemedyRequest): Promise<RemedyReport> => {
  const session = await openSession(request);
  const plan = await session.log.run('plan', async () => {
    const value = await planNpm({
      ...session,
      findings: request.findings,
      allowMajor: request.options?.allowMajor === true,
      read: readFrom(request.root),
    });
    return { value, note: planNote(value.items) };
  });
  request.signal?.throwIfAborted();
  const items = [...plan.items, ...plan.others.map((finding) => adviceFor(finding, request.rules ?? []))];
  if (!items.some((item) => item.kind === 'patch')) return plannedOnly(session, items);
  const scratch = await openScratch();
  try {
    return await applyAndProve(session, plan, items, scratch);
  } finally {
    discard(scratch);
  }
};

const openSession = async (request: RemedyRequest): Promise<Session> => {
  const started = performance.now();
  const npm = request.npm ?? (await registryOptions());
  const cooldownDays = request.options?.cooldownDays ?? COOLDOWN_DAYS;
  const registry = openRegistry(npm, request.signal);
  const market = openMarket({ registry, isVulnerable: request.isVulnerable, now: Date.now(), cooldownDays });
  return { request, npm, market, cooldownDays, started, log: stepLog(request.onStep) };
};

const readFrom = (root: string) => (uri: string) => readInside(root, uri);

const plannedOnly = (session: Session, items: readonly RemedyItem[]): RemedyReport => ({
  outcome: 'planned-only',
  items,
  fixes: fixesOf(items, []),
  files: [],
  patch: '',
  steps: session.log.done,
  durationMs: performance.now() - session.started,
});

const applyAndProve = async (session: Session, plan: NpmPlan, items: readonly RemedyItem[], scratch: string): Promise<RemedyReport> => {
  const { request } = session;
  const manifests = plan.projects.filter((p) => p.items.some((item) => item.kind === 'patch')).map((p) => p.manifest);
  const lenient = new Set<string>();
  for (const manifest of manifests) if (await usesLegacyPeers(request.root, folderOf(manifest))) lenient.add(manifest);
  const legacyPeerDeps = (manifest: string): boolean => lenient.has(manifest);
  await Promise.all(['before', 'after'].map((name) => copyProject(request.root, join(scratch, name), request.signal)));
  const { npm, log } = session;
  const job: TestJob = {
    root: request.root,
    scratch,
    manifests,
    npm,
    legacyPeerDeps,
    options: request.options ?? {},
    log,
    ...(request.cache !== undefined && { cache: request.cache }),
    ...(request.signal && { signal: request.signal }),
  };
  let applied: readonly Applied[];
  try {
    applied = await applyAll(session, plan, manifests, scratch, legacyPeerDeps);
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof BreakwaterError)
      return plannedOnly(
        session,
        items.map((item) => blockedBy(item, error.message)),
      );
    throw error;
  }
  const edits = applied.flatMap((one) => one.edits);
  if (edits.length === 0) return plannedOnly(session, items);
  await preflight(session, edits);
  const baseline = openBaseline(job);
  baseline.catch(() => undefined);
  const scanned = await scanBoth(session, scratch);
  const tests = await proveTests(job, await baseline, applied);
  request.signal?.throwIfAborted();
  const proof = await judge(session, items, applied, scanned, tests);
  return deliver(session, items, edits, proof);
};

/** Of the project's .npmrc nothing counts but this one word, which changes no address and starts no program. */
const usesLegacyPeers = async (root: string, folder: string): Promise<boolean> => {
  const text = (await readIfThere(root, folder === '' ? '.npmrc' : `${folder}/.npmrc`)) ?? '';
  const value: unknown = parse(text)['legacy-peer-deps'];
  return value === true || value === 'true';
};

const applyAll = (
  session: Session,
  plan: NpmPlan,
  manifests: readonly string[],
  scratch: string,
  legacy: (manifest: string) => boolean,
): Promise<readonly Applied[]> =>
  session.log.run('apply', async () => {
    const applied: Applied[] = [];
    for (const project of plan.projects.filter((p) => manifests.includes(p.manifest))) {
      applied.push(
        await applyPlan({
          plan: project,
          before: join(scratch, 'before'),
          after: join(scratch, 'after'),
          npm: session.npm,
          legacyPeerDeps: legacy(project.manifest),
          read: readFrom(session.request.root),
          ...(session.cooldownDays > 0 && { cooldownBefore: new Date(Date.now() - session.cooldownDays * DAY) }),
        }),
      );
    }
    return { value: applied, note: applyNote(applied.flatMap((one) => one.edits)) };
  });

/** Refused before the long part of the work rather than after it. */
const preflight = async ({ request }: Session, edits: readonly FileEdit[]): Promise<void> => {
  if (request.options?.dryRun === true) return;
  const repository = await openRepository(request.root);
  if (repository) await refuseUncommitted(repository, edits);
};

interface Scanned {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
}

const scanBoth = ({ request, log }: Session, scratch: string): Promise<Scanned> =>
  log.run('scan', async () => {
    const before = request.before ?? (await request.scan(join(scratch, 'before')));
    const after = await request.scan(join(scratch, 'after'));
    return { value: { before, after }, note: 'same rules, same advisories' };
  });

const judge = async (
  session: Session,
  items: readonly RemedyItem[],
  applied: readonly Applied[],
  scanned: Scanned,
  tests: Awaited<ReturnType<typeof proveTests>>,
): Promise<Proof> => {
  const edits = applied.flatMap((one) => one.edits);
  const targets = patchesOf(items).flatMap((item) => item.findings);
  const added = addedBy(scanned.before, scanned.after);
  const gates = [
    parses(edits),
    findingGone(targets, scanned.after),
    nothingNew(added, scanned.after),
    tests.gate,
    lockfileSound(applied),
    idempotent(await leftOver(session, targets, edits)),
    policyUntouched(edits),
  ];
  const mayMiss = session.request.options?.noTests === true;
  return {
    proven: gates.every((gate) => gate.result === 'ok' || gate.result === 'none' || (gate.result === 'not-run' && mayMiss)),
    gates,
    alerts: { before: alertsOf(scanned.before).length, after: alertsOf(scanned.after).length },
    added,
    packagesChanged: new Set(applied.flatMap((one) => one.changed.map((place) => `${one.manifest}#${place}`))).size,
    ...(tests.tests && { tests: tests.tests }),
  };
};

const patchesOf = (items: readonly RemedyItem[]): readonly Patch[] => items.flatMap((item) => (item.kind === 'patch' ? [item] : []));

/** Planned once more over the result: what would still be changed. */
const leftOver = async (session: Session, targets: readonly Sha256[], edits: readonly FileEdit[]): Promise<readonly string[]> => {
  const { request, market } = session;
  const findings = request.findings.filter((finding) => targets.includes(finding.fingerprint));
  const changed = new Map(edits.map((edit) => [edit.uri, edit.after]));
  const read = async (uri: string): Promise<string> => changed.get(uri) ?? readInside(request.root, uri);
  const again = await planNpm({ findings, market, allowMajor: request.options?.allowMajor === true, read });
  return again.items.flatMap((item) => (item.kind === 'patch' ? [item.name] : []));
};

const deliver = async (session: Session, items: readonly RemedyItem[], edits: readonly FileEdit[], proof: Proof): Promise<RemedyReport> => {
  const { root, options } = session.request;
  const patch = unifiedDiff(edits);
  const report = { items, fixes: fixesOf(items, edits), proof, files: changedFiles(edits), patch, steps: session.log.done };
  const base = { ...report, outcome: proof.proven ? 'proven' : 'not-proven' } as const;
  const ended = (): { durationMs: number } => ({ durationMs: performance.now() - session.started });
  if (options?.dryRun === true) return { ...base, ...ended() };
  if (!proof.proven) return { ...base, patchFile: await keepPatch(root, patchId(items, edits), patch), ...ended() };
  const subjects = patchesOf(items).map((item) => item.summary);
  const delivered =
    options?.branch === true ? await deliverToBranch(root, edits, titleOf(items), subjects.join('\n')) : await deliverToTree(root, edits);
  return { ...base, delivered, ...ended() };
};

const titleOf = (items: readonly RemedyItem[]): string => {
  const patches = patchesOf(items).filter((item) => item.strategy !== 'with-another');
  const [only] = patches;
  return patches.length === 1 && only
    ? `Fix ${only.name} ${only.from.join(', ')} → ${only.to.join(', ')}`
    : `Fix ${patches.length} vulnerable packages`;
};

const patchId = (items: readonly RemedyItem[], edits: readonly FileEdit[]): string => {
  const findings = patchesOf(items).flatMap((item) => item.findings);
  const [only] = findings;
  return findings.length === 1 && only ? shortId(only) : contentId(edits);
};
