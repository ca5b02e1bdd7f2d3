/** The commit and branch that a run speaks about. */
import { git } from '../../lib/io/git.ts';

export interface Revision {
  readonly commit?: string;
  readonly branch?: string;
}

export const readRevision = async (root: string, signal: AbortSignal): Promise<Revision> => {
  const [commit, branch] = await Promise.all([
    git(root, ['rev-parse', 'HEAD'], signal),
    git(root, ['symbolic-ref', '--short', '-q', 'HEAD'], signal),
  ]);
  return { ...(commit.ok && { commit: commit.stdout.trim() }), ...(branch.ok && { branch: branch.stdout.trim() }) };
};
