/** package.json of an installed package: its name and version, what it asks for, and what it does when it is installed. */
import { Declarations, type LockEntry } from '../../npm/entry.ts';
import { JsonCursor, JsonError } from '../../npm/json-cursor.ts';

const RUN_AT_INSTALL = new Set(['preinstall', 'install', 'postinstall']);

const hasInstallScript = (cursor: JsonCursor): boolean => {
  let found = false;
  if (cursor.next !== '{') return false;
  cursor.object((key) => {
    if (RUN_AT_INSTALL.has(key)) found = true;
  });
  return found;
};

const read = (text: string, place: string, own: boolean): LockEntry => {
  const cursor = new JsonCursor(text);
  const declarations = new Declarations();
  const found: { -readonly [K in 'name' | 'version' | 'license']: string | undefined } = {
    name: undefined,
    version: undefined,
    license: undefined,
  };
  let scripts = false;
  cursor.object((key) => {
    if (key === 'name' || key === 'version' || key === 'license') found[key] = cursor.text();
    else if (key === 'scripts') scripts = hasInstallScript(cursor);
    else if (own ? key !== 'peerDependencies' : key !== 'devDependencies') declarations.take(key, cursor);
  });
  cursor.end();
  return {
    place,
    region: { startLine: 1 },
    ...found,
    resolved: undefined,
    integrity: undefined,
    link: false,
    flags: { dev: false, optional: false, devOptional: false },
    hasInstallScript: scripts && !own,
    declares: declarations.all(),
  };
};

/** `own`: of a project, whose devDependencies are installed too. undefined when it is no JSON object. */
export const installedEntry = (text: string, place: string, own: boolean): LockEntry | undefined => {
  try {
    return read(text, place, own);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
};
