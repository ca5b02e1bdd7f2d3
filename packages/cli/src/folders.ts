/** Where Breakwater keeps things of the user: caches, the built advisory index, signing keys (XDG base directories). */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = NodeJS.ProcessEnv;

const set = (value: string | undefined): string | undefined => (value === undefined || value === '' ? undefined : value);

/** Content-addressed; may be deleted at any time. */
export const cacheFolder = (environment: Environment): string =>
  resolve(set(environment['BREAKWATER_CACHE']) ?? join(set(environment['XDG_CACHE_HOME']) ?? join(homedir(), '.cache'), 'breakwater'));

/** The private signing key never lies in a repository. */
export const keyFolder = (environment: Environment): string =>
  resolve(
    set(environment['BREAKWATER_KEYS']) ?? join(set(environment['XDG_CONFIG_HOME']) ?? join(homedir(), '.config'), 'breakwater', 'keys'),
  );

/** Where `advisories build` puts the index. */
export const builtIndexFolder = (environment: Environment): string =>
  resolve(
    set(environment['BREAKWATER_DATA']) ?? join(set(environment['XDG_DATA_HOME']) ?? join(homedir(), '.local', 'share'), 'breakwater'),
    'advisories',
  );

export const hasIndex = (folder: string): boolean => existsSync(join(folder, 'meta.json'));
