/** Folders of the target, as prefixes of uris: `` is the root. */
export const folderOf = (uri: string): string => uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));

export const nameOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** Either may be '', the folder itself. */
export const inFolder = (folder: string, path: string): string => (folder === '' || path === '' ? folder + path : `${folder}/${path}`);

/** The folder itself, then its parents up to the root. */
export const upward = (folder: string): readonly string[] => {
  const folders = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
};

export const isInstalled = (uri: string): boolean => `/${uri}`.includes('/node_modules/');
