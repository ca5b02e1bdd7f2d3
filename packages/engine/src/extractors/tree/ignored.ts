/** Which untracked files git ignores: build output and caches are not part of what the team ships. */
import { git } from '../../lib/io/git.ts';

/** Ignored paths relative to the root; folders end in `/`. Empty when the root is not under git. */
export const ignoredPaths = async (root: string, signal: AbortSignal): Promise<readonly string[]> => {
  const answer = await git(root, ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z', '--', '.'], signal);
  if (!answer.ok) return [];
  // `./` alone: the root itself lies in an ignored folder. The user named it, so it is looked at.
  return answer.stdout.split('\0').filter((path) => path !== '' && path !== './' && path !== '.');
};

export const isIgnored = (ignored: readonly string[]): ((uri: string) => boolean) => {
  const folders = ignored.filter((path) => path.endsWith('/'));
  const files = new Set(ignored.filter((path) => !path.endsWith('/')));
  return (uri) => files.has(uri) || folders.some((folder) => uri.startsWith(folder));
};
