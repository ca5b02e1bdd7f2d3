/** Whether the files to be changed stand in the work tree exactly as they were committed. */
import { BreakwaterError } from '@breakwater/model';
import type { FileEdit } from '../npm/apply.ts';
import type { Repository } from './repository.ts';

/** Throws BW6030 naming the first file with changes that are not committed, in the index or in the tree. A file that git ignores is free. */
export const refuseUncommitted = async (repository: Repository, edits: readonly FileEdit[]): Promise<void> => {
  for (const edit of edits) {
    const path = `${repository.prefix}${edit.uri}`;
    const ignored = (await repository.run(['check-ignore', '-q', '--', path])).ok;
    if (!ignored && !(await isCommitted(repository, path, edit.before))) {
      throw new BreakwaterError(
        'BW6030',
        `${edit.uri} has changes that are not committed`,
        'Commit or stash them, then run the command again.',
      );
    }
  }
};

/** Compared by object id, without git's filters: `git status` would start a clean filter that the repository names. */
const isCommitted = async (repository: Repository, path: string, text: string): Promise<boolean> => {
  const committed = await repository.run(['rev-parse', '--verify', '-q', `HEAD:${path}`]);
  const staged = await repository.run(['ls-files', '-s', '--', path]);
  if (!committed.ok || !staged.ok) return false;
  const id = committed.out.trim();
  if (staged.out.split(/\s/)[1] !== id) return false;
  const ids = await Promise.all([text, text.replaceAll('\r\n', '\n')].map((form) => blobId(repository, form)));
  return ids.includes(id);
};

const blobId = async (repository: Repository, text: string): Promise<string> =>
  (await repository.run(['hash-object', '--no-filters', '--stdin'], { stdin: text })).out.trim();
