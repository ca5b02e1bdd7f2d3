/** A judged change goes where the caller wants it, or, unproven, into a patch file. */
import { shortId } from '@breakwater/model';
import type { FileEdit } from '../npm/apply.ts';
import type { Proof, RemedyItem, RemedyReport } from '../remedy.ts';
import { changedFiles, fixesOf, patchesOf } from '../report.ts';
import type { Session } from '../session.ts';
import { contentId, deliverToBranch } from './branch.ts';
import { keepPatch } from './keep.ts';
import { unifiedDiff } from './patch.ts';
import { openRepository } from './repository.ts';
import { refuseUncommitted } from './state.ts';
import { deliverToTree } from './tree.ts';

/** Refused before the long part of the work rather than after it. Throws BW6030. */
export const preflight = async ({ request }: Session, edits: readonly FileEdit[]): Promise<void> => {
  if (request.options?.dryRun === true) return;
  const repository = await openRepository(request.root);
  if (repository) await refuseUncommitted(repository, edits);
};

export const deliver = async (
  session: Session,
  items: readonly RemedyItem[],
  edits: readonly FileEdit[],
  proof: Proof,
): Promise<RemedyReport> => {
  const patch = unifiedDiff(edits);
  const went = await send(session, items, edits, proof, patch);
  return {
    outcome: proof.proven ? 'proven' : 'not-proven',
    items,
    fixes: fixesOf(items, edits),
    proof,
    files: changedFiles(edits),
    patch,
    ...went,
    steps: session.log.done,
    durationMs: performance.now() - session.started,
  };
};

const send = async (
  { request: { root, options } }: Session,
  items: readonly RemedyItem[],
  edits: readonly FileEdit[],
  proof: Proof,
  patch: string,
): Promise<Pick<RemedyReport, 'delivered' | 'patchFile'>> => {
  if (options?.dryRun === true) return {};
  if (!proof.proven) return { patchFile: await keepPatch(root, patchId(items, edits), patch) };
  if (options?.branch !== true) return { delivered: await deliverToTree(root, edits) };
  const body = patchesOf(items).map((item) => item.summary);
  return { delivered: await deliverToBranch(root, edits, titleOf(items), body.join('\n')) };
};

const titleOf = (items: readonly RemedyItem[]): string => {
  const patches = patchesOf(items).filter((item) => item.strategy !== 'with-another');
  const [only] = patches;
  if (patches.length !== 1 || only === undefined) return `Fix ${patches.length} vulnerable packages`;
  return `Fix ${only.name} ${only.from.join(', ')}${only.to.length > 0 ? ` → ${only.to.join(', ')}` : ''}`;
};

const patchId = (items: readonly RemedyItem[], edits: readonly FileEdit[]): string => {
  const findings = patchesOf(items).flatMap((item) => item.findings);
  const [only] = findings;
  return findings.length === 1 && only ? shortId(only) : contentId(edits);
};
