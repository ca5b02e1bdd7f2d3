/** Proven edits written into the work tree: all of them or none, each file replaced at once. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BreakwaterError } from '@breakwater/model';
import { readInside } from '../files.ts';
import type { FileEdit } from '../npm/apply.ts';
import { openRepository } from './repository.ts';
import { refuseUncommitted } from './state.ts';

export interface InTree {
  readonly kind: 'tree';
  readonly files: readonly string[];
  /** false when nothing keeps the old state but the patch. */
  readonly versioned: boolean;
}

/** Throws BW6030 over changes that are not committed and BW6031 when a file is not as it was when it was planned; nothing is written then. */
export const deliverToTree = async (root: string, edits: readonly FileEdit[]): Promise<InTree> => {
  const repository = await openRepository(root);
  if (repository) await refuseUncommitted(repository, edits);
  await writeAll(root, edits);
  return { kind: 'tree', files: edits.map((edit) => edit.uri), versioned: repository !== undefined };
};

const writeAll = async (root: string, edits: readonly FileEdit[]): Promise<void> => {
  const staged: { readonly edit: FileEdit; readonly file: string }[] = [];
  const done: FileEdit[] = [];
  try {
    for (const edit of edits) staged.push({ edit, file: await stage(root, edit.uri, edit.after) });
    for (const edit of edits) await refuseMoved(root, edit);
    for (const { edit, file } of staged) {
      await rename(file, join(root, edit.uri));
      done.push(edit);
    }
  } catch (error) {
    for (const edit of done) await rename(await stage(root, edit.uri, edit.before), join(root, edit.uri));
    throw error;
  } finally {
    await Promise.all(staged.map(({ file }) => rm(file, { force: true })));
  }
};

const refuseMoved = async (root: string, edit: FileEdit): Promise<void> => {
  if ((await readInside(root, edit.uri)) === edit.before) return;
  throw new BreakwaterError('BW6031', `${edit.uri} was changed while the fix was proven`, 'Run the command again.');
};

/** Beside its target, so that the rename stays within one file system; the rights are those of the file it replaces. */
const stage = async (root: string, uri: string, text: string): Promise<string> => {
  const target = join(root, uri);
  const { mode } = await stat(target);
  const file = join(dirname(target), `.breakwater-${randomBytes(6).toString('hex')}`);
  const handle = await open(file, 'wx', mode & 0o777);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return file;
};
