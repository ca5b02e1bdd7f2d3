/** Every planned project applied in the second of two copies of the whole. */
import { join } from 'node:path';
import { parse } from 'ini';
import { copyProject, readIfThere, readInside } from './files.ts';
import type { Applied } from './npm/apply.ts';
import { applyPlan } from './npm/apply.ts';
import { folderOf } from './npm/targets.ts';
import { DAY } from './npm/versions.ts';
import type { NpmPlan } from './npm/workspace.ts';
import { applyNote } from './report.ts';
import type { Session } from './session.ts';

export interface Ground {
  readonly scratch: string;
  /** Lockfiles that change. */
  readonly manifests: readonly string[];
  readonly legacyPeerDeps: (manifest: string) => boolean;
}

/** Copies the project to `before` and `after` in the scratch folder. */
export const layGround = async (session: Session, plan: NpmPlan, scratch: string): Promise<Ground> => {
  const { root } = session.request;
  const manifests = plan.projects.filter((p) => p.items.some((item) => item.kind === 'patch')).map((p) => p.manifest);
  const lenient = new Set<string>();
  for (const manifest of manifests) if (await usesLegacyPeers(root, folderOf(manifest))) lenient.add(manifest);
  await Promise.all(['before', 'after'].map((name) => copyProject(root, join(scratch, name), session.signal)));
  return { scratch, manifests, legacyPeerDeps: (manifest) => lenient.has(manifest) };
};

/** Of the project's .npmrc nothing counts but this one word, which changes no address and starts no program. */
const usesLegacyPeers = async (root: string, folder: string): Promise<boolean> => {
  const text = (await readIfThere(root, folder === '' ? '.npmrc' : `${folder}/.npmrc`)) ?? '';
  const value: unknown = parse(text)['legacy-peer-deps'];
  return value === true || value === 'true';
};

/** Throws BW6014 or BW6015 when a project cannot be changed as planned. */
export const applyAll = (session: Session, plan: NpmPlan, ground: Ground): Promise<readonly Applied[]> =>
  session.log.run('apply', async () => {
    const applied: Applied[] = [];
    for (const project of plan.projects.filter((p) => ground.manifests.includes(p.manifest))) {
      applied.push(
        await applyPlan({
          plan: project,
          before: join(ground.scratch, 'before'),
          after: join(ground.scratch, 'after'),
          npm: session.npm,
          legacyPeerDeps: ground.legacyPeerDeps(project.manifest),
          read: (uri) => readInside(session.request.root, uri),
          ...(session.cooldownDays > 0 && { cooldownBefore: new Date(Date.now() - session.cooldownDays * DAY) }),
        }),
      );
    }
    return { value: applied, note: applyNote(applied.flatMap((one) => one.edits)) };
  });
