/** Where a package comes from: only what the registry published has a version that advisories speak of. */
export type Origin = 'registry' | 'git' | 'file' | 'remote' | 'unreadable';

const GIT = ['git+', 'git:', 'git@', 'ssh:', 'github:', 'gitlab:', 'bitbucket:', 'gist:'];
const FILE = ['file:', 'link:', './', '../', '/', '~/'];

const startsWithAny = (text: string, prefixes: readonly string[]): boolean => prefixes.some((prefix) => text.startsWith(prefix));

/** Of the range or address that somebody depends on: `^1.2.0`, `npm:other@1`, `user/repo`, `https://…`. */
export const originOfRange = (range: string): Origin => {
  if (!range.includes('/') && !range.includes(':')) return 'registry';
  if (range.startsWith('npm:')) return 'registry';
  if (startsWithAny(range, GIT)) return 'git';
  if (startsWithAny(range, FILE)) return 'file';
  if (range.startsWith('http:') || range.startsWith('https:')) return range.includes('.git') ? 'git' : 'remote';
  return range.includes('/') ? 'git' : 'registry'; // `user/repo` is short for GitHub; `workspace:*` names a version
};

/** Of what the lockfile recorded. An address is the registry's unless a dependent asked for an address; none at all is the registry's. */
export const originOfEntry = (version: string, resolved: string | undefined): Origin => {
  const byVersion = originOfRange(version); // version 1 writes the address in place of the version
  if (byVersion !== 'registry') return byVersion;
  if (resolved === undefined) return 'registry';
  return startsWithAny(resolved, GIT) ? 'git' : startsWithAny(resolved, FILE) ? 'file' : 'registry';
};

const NAME = /^(?:@[\w.~!'()*-]+\/)?[\w.~!'()*-]{1,214}$/;
const VERSION = /^[\x21-\x7e]{1,256}$/;

/** `…/-/name-1.0.0.tgz`: how registries address a published version; settles it even when an override replaced a wish for an address. */
export const isRegistryTarball = (resolved: string | undefined): boolean =>
  resolved !== undefined && (resolved.startsWith('https:') || resolved.startsWith('http:')) && resolved.includes('/-/');

/** Names and versions go into messages and package URLs: what npm could not publish is not passed on. */
export const isPublishable = (name: string, version: string): boolean => NAME.test(name) && VERSION.test(version);
