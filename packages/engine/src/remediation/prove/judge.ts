/** All gates over one applied change. */
import { join } from 'node:path';
import type { Finding, Sha256 } from '@breakwater/model';
import { readInside } from '../files.ts';
import type { Applied, FileEdit } from '../npm/apply.ts';
import { planNpm } from '../npm/workspace.ts';
import type { Proof, RemedyItem } from '../remedy.ts';
import { patchesOf } from '../report.ts';
import type { Session } from '../session.ts';
import { addedBy, alertsOf, findingGone, idempotent, lockfileSound, nothingNew, parses, policyUntouched } from './gates.ts';
import type { TestProof } from './tests.ts';

export interface Scanned {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
}

/** Both copies lack the same things (history, installed packages), so that their findings compare. */
export const scanBoth = ({ request, log }: Session, scratch: string): Promise<Scanned> =>
  log.run('scan', async () => {
    const before = await request.scan(join(scratch, 'before'));
    const after = await request.scan(join(scratch, 'after'));
    return { value: { before, after }, note: 'same rules, same advisories' };
  });

export const judge = async (
  session: Session,
  items: readonly RemedyItem[],
  applied: readonly Applied[],
  { before, after }: Scanned,
  tests: TestProof,
): Promise<Proof> => {
  const edits = applied.flatMap((one) => one.edits);
  const targets = patchesOf(items).flatMap((item) => item.findings);
  const added = addedBy(before, after);
  const gates = [
    parses(edits),
    findingGone(targets, before, after),
    nothingNew(added, after),
    tests.gate,
    lockfileSound(applied),
    idempotent(await leftOver(session, targets, edits)),
    policyUntouched(edits),
  ];
  const mayMiss = session.request.options?.noTests === true;
  return {
    proven: gates.every((gate) => gate.result === 'ok' || gate.result === 'none' || (gate.result === 'not-run' && mayMiss)),
    gates,
    alerts: { before: alertsOf(before).length, after: alertsOf(after).length },
    added,
    packagesChanged: new Set(applied.flatMap((one) => one.changed.map((place) => `${one.manifest}#${place}`))).size,
    ...(tests.tests && { tests: tests.tests }),
  };
};

/** Planned once more over the result: what would still be changed. */
const leftOver = async (session: Session, targets: readonly Sha256[], edits: readonly FileEdit[]): Promise<readonly string[]> => {
  const { request, market, allowMajor } = session;
  const findings = request.findings.filter((finding) => targets.includes(finding.fingerprint));
  const changed = new Map(edits.map((edit) => [edit.uri, edit.after]));
  const read = async (uri: string): Promise<string> => changed.get(uri) ?? readInside(request.root, uri);
  const again = await planNpm({ findings, market, allowMajor, read });
  return again.items.flatMap((item) => (item.kind === 'patch' ? [item.name] : []));
};
