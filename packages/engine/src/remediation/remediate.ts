/** plan → apply → prove → deliver: from findings to a change that is in the work tree, or to the reason why it is not. */
import { BreakwaterError } from '@breakwater/model';
import { adviceFor } from './advice.ts';
import type { Ground } from './apply-all.ts';
import { applyAll, layGround } from './apply-all.ts';
import { deliver, preflight } from './deliver/deliver.ts';
import { readInside } from './files.ts';
import type { Applied } from './npm/apply.ts';
import type { NpmPlan } from './npm/workspace.ts';
import { planNpm } from './npm/workspace.ts';
import type { TestJob } from './prove/baseline.ts';
import { openBaseline } from './prove/baseline.ts';
import { judge, scanBoth } from './prove/judge.ts';
import { proveTests } from './prove/tests.ts';
import type { RemedyItem, RemedyReport, RemedyRequest } from './remedy.ts';
import { blockedBy, planNote } from './report.ts';
import { discard, openScratch } from './scratch.ts';
import type { Session } from './session.ts';
import { openSession, plannedOnly } from './session.ts';

/**
 * Nothing is written to the project unless every gate holds. Throws BW6030 when the files to be changed have uncommitted changes,
 * other BW603x when delivery fails, what `scan` throws, and what `signal` was aborted with. Everything else is in the report.
 */
export const remediate = async (request: RemedyRequest): Promise<RemedyReport> => {
  const session = await openSession(request);
  const plan = await session.log.run('plan', async () => {
    const { market, allowMajor } = session;
    const value = await planNpm({ findings: request.findings, market, allowMajor, read: (uri) => readInside(request.root, uri) });
    return { value, note: planNote(value.items) };
  });
  session.signal.throwIfAborted();
  const items = [...plan.items, ...plan.others.map((finding) => adviceFor(finding, request.rules ?? []))];
  if (!items.some((item) => item.kind === 'patch')) return plannedOnly(session, items);
  const scratch = await openScratch();
  try {
    return await inScratch(session, plan, items, scratch);
  } finally {
    discard(scratch);
  }
};

const inScratch = async (session: Session, plan: NpmPlan, items: readonly RemedyItem[], scratch: string): Promise<RemedyReport> => {
  const ground = await layGround(session, plan, scratch);
  try {
    const applied = await applyAll(session, plan, ground);
    return await prove(session, items, applied, ground);
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof BreakwaterError) || !CANNOT_APPLY.has(error.code)) throw error;
    return plannedOnly(
      session,
      items.map((item) => blockedBy(item, error.message)),
    );
  }
};

/** npm refuses the change, or package.json and the lockfile disagree: a reason to report, not a failure of ours. */
const CANNOT_APPLY: ReadonlySet<string> = new Set(['BW6010', 'BW6014', 'BW6015']);

const prove = async (
  session: Session,
  items: readonly RemedyItem[],
  applied: readonly Applied[],
  ground: Ground,
): Promise<RemedyReport> => {
  const edits = applied.flatMap((one) => one.edits);
  if (edits.length === 0) return plannedOnly(session, items);
  await preflight(session, edits);
  const job = jobOf(session, ground);
  const baseline = openBaseline(job);
  try {
    const scanned = await scanBoth(session, ground.scratch);
    const tests = await proveTests(job, await baseline, applied);
    session.signal.throwIfAborted();
    return await deliver(session, items, edits, await judge(session, items, applied, scanned, tests));
  } catch (error) {
    // Whatever still runs beside us works in a folder that is about to go.
    if (!session.signal.aborted) session.stop();
    await baseline.catch(() => undefined);
    throw error;
  }
};

const jobOf = ({ request, npm, log, signal }: Session, { scratch, manifests, legacyPeerDeps }: Ground): TestJob => ({
  root: request.root,
  scratch,
  manifests,
  npm,
  legacyPeerDeps,
  options: request.options ?? {},
  log,
  signal,
  ...(request.cache !== undefined && { cache: request.cache }),
});
