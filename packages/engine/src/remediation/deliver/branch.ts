/** Proven edits committed onto a branch of their own: the work tree, its index and the present branch stay as they are. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { sha256 } from '../../lib/digest.ts';
import type { FileEdit } from '../npm/apply.ts';
import type { Repository } from './repository.ts';
import { openRepository } from './repository.ts';
import { refuseUncommitted } from './state.ts';

export interface OnBranch {
  readonly kind: 'branch';
  /** `breakwater/npm/1f0c2a9b77de` */
  readonly name: string;
  readonly commit: string;
  /** The branch held this very change already. */
  readonly unchanged: boolean;
}

/** Marks our own commits; a branch that someone else went on with is left alone. */
const TRAILER = 'Breakwater-Fix';

/** Throws BW6032 outside of a repository or without a commit, BW6030 over uncommitted changes, BW6033 when the branch belongs to someone else. */
export const deliverToBranch = async (root: string, edits: readonly FileEdit[], subject: string, body: string): Promise<OnBranch> => {
  const repository = await openRepository(root);
  const head = repository && (await repository.run(['rev-parse', '--verify', '-q', 'HEAD^{commit}']));
  if (!repository || !head?.ok)
    throw new BreakwaterError('BW6032', 'there is no commit to branch from', 'Run the command in a git repository, or without --branch.');
  await refuseUncommitted(repository, edits);
  const id = contentId(edits);
  const name = `breakwater/npm/${id}`;
  const parent = head.out.trim();
  const tree = await treeWith(repository, parent, edits);
  const present = await tip(repository, name);
  if (present?.tree === tree && present.parent === parent) return { kind: 'branch', name, commit: present.commit, unchanged: true };
  if (present !== undefined && present.fix !== id) {
    throw new BreakwaterError('BW6033', `the branch ${name} has commits of others`, 'Merge or delete it, then run the command again.');
  }
  const commit = await write(repository, ['commit-tree', tree, '-p', parent], {
    stdin: `${subject}\n\n${body}\n\n${TRAILER}: ${id}\n`,
    env: await identity(repository),
  });
  await write(repository, ['update-ref', `refs/heads/${name}`, commit, present?.commit ?? '0'.repeat(commit.length)]);
  return { kind: 'branch', name, commit, unchanged: false };
};

/** The same change has the same name, on whatever commit it stands. */
export const contentId = (edits: readonly FileEdit[]): string =>
  sha256(edits.flatMap((edit) => [edit.uri, edit.after]).join('\0')).slice('sha256:'.length, 'sha256:'.length + 12);

/** A temporary index: the user's own is never opened for writing. */
const treeWith = async (repository: Repository, parent: string, edits: readonly FileEdit[]): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'breakwater-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    await write(repository, ['read-tree', parent], { env });
    for (const edit of edits) {
      const path = `${repository.prefix}${edit.uri}`;
      const mode = (await repository.run(['ls-tree', parent, '--', path])).out.startsWith('100755') ? '100755' : '100644';
      const blob = await write(repository, ['hash-object', '-w', '--no-filters', '--stdin'], { stdin: edit.after });
      await write(repository, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], { env });
    }
    return await write(repository, ['write-tree'], { env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const write = async (repository: Repository, args: readonly string[], input?: Parameters<Repository['run']>[1]): Promise<string> => {
  const result = await repository.run(args, input);
  if (result.ok) return result.out.trim();
  throw new BreakwaterError('BW6034', `git ${args[0]} failed`, 'See whether the repository can be written to: git fsck');
};

const tip = async (
  repository: Repository,
  name: string,
): Promise<{ commit: string; tree: string; parent: string; fix: string | undefined } | undefined> => {
  const shown = await repository.run(['log', '-1', '--no-show-signature', '--format=%H%n%T%n%P%n%B', `refs/heads/${name}`, '--']);
  if (!shown.ok) return undefined;
  const [commit = '', tree = '', parent = '', ...body] = shown.out.split('\n');
  return { commit, tree, parent, fix: body.find((line) => line.startsWith(`${TRAILER}: `))?.slice(TRAILER.length + 2) };
};

/** The user's own name where git knows one. */
const identity = async (repository: Repository): Promise<Readonly<Record<string, string>>> => {
  const known = await repository.run(['var', 'GIT_COMMITTER_IDENT']);
  const author = await repository.run(['var', 'GIT_AUTHOR_IDENT']);
  if (known.ok && author.ok) return {};
  const [name, email] = ['Breakwater', 'breakwater@localhost'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
};
