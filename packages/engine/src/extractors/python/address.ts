/** Addresses and paths of packages: what may be shown of them. An address may carry the password of a private index. */

const USER_INFO = /^([A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/)[^/?#]*@/;

/** Without user, password, query and fragment. */
export const withoutSecrets = (address: string): string => address.replace(USER_INFO, '$1').split(/[?#]/, 1)[0] ?? '';

/** The last part of a path or address, for messages: at most 100 characters, never empty. */
export const shortName = (address: string): string => {
  const path = withoutSecrets(address).replaceAll('\\', '/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return (parts.at(-1) ?? '.').slice(0, 100);
};

/** `.` and `./lib/` → '' and `lib`. */
export const folderName = (path: string): string => {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts.filter((part, index) => part !== '.' && (part !== '' || index === 0)).join('/');
};

const ARCHIVE = /\.(?:whl|zip|egg|tar|tgz|tar\.(?:gz|bz2|xz|zst))$/i;

/** By its name; everything else is a folder. */
export const isArchive = (path: string): boolean => ARCHIVE.test(withoutSecrets(path));
