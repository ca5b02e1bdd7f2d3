/** The programs and folders of the machine that a test run may see, read-only. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

export interface Tools {
  readonly node: string;
  /** npm's script, to be run by node; undefined when npm is not installed. */
  readonly npm: string | undefined;
  /** Absolute paths shown inside, in this order. */
  readonly shown: readonly string[];
  /** Files shown empty: npm's global configuration may hold tokens. */
  readonly blank: readonly string[];
  readonly path: string;
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const SETTINGS = [
  'alternatives',
  'ca-certificates',
  'fonts',
  'group',
  'host.conf',
  'hosts',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'nsswitch.conf',
  'os-release',
  'passwd',
  'protocols',
  'services',
  'ssl/certs',
  'ssl/openssl.cnf',
].map((name) => `/etc/${name}`);

export const findTools = async (env: NodeJS.ProcessEnv = process.env): Promise<Tools> => {
  const node = await realpath(process.execPath);
  const npm = await which('npm', env);
  const homes = [dirname(dirname(node)), ...(npm === undefined ? [] : [npmHome(npm)])].filter(
    (path) => path !== '/' && !path.startsWith('/usr'),
  );
  const shown = await present([...SYSTEM, ...SETTINGS, ...new Set(homes)]);
  const configs = ['/usr/etc/npmrc', '/usr/local/etc/npmrc', join(dirname(dirname(node)), 'etc/npmrc')];
  return {
    node,
    npm,
    shown,
    blank: await present([...new Set(configs)]),
    path: [...new Set([dirname(node), '/usr/local/bin', '/usr/bin', '/bin'])].join(':'),
  };
};

/** `/opt/x/lib/node_modules/npm/bin/npm-cli.js` → `/opt/x/lib/node_modules/npm`. */
const npmHome = (script: string): string => dirname(dirname(script));

/** First of that name on the absolute folders of the PATH, links followed; a relative folder could be the scanned project. */
export const which = async (name: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> => {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((f) => f.startsWith('/'))) {
    const file = join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => realpath(file),
      () => undefined,
    );
    if (found !== undefined && (await stat(found)).isFile()) return found;
  }
  return undefined;
};

const present = async (paths: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return found.filter((path) => path !== undefined);
};
