/** A large real application as it is published: Ghost, some 1,600 packages and its own 1,500 modules. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from './npm.ts';

const VERSION = '5.130.5';

/** Functions as advisories of these packages name them, or could. */
export const GHOST_FLAWS: readonly (readonly [name: string, fn: string])[] = [
  ['lodash', 'template'],
  ['lodash', 'merge'],
  ['express', 'response.redirect'],
  ['qs', 'parse'],
  ['body-parser', 'urlencoded'],
  ['moment', 'createLocal'],
  ['knex', 'Builder.where'],
  ['jsonwebtoken', 'verify'],
  ['semver', 'Range.parseRange'],
  ['juice', 'juiceDocument'],
  ['cheerio', 'load'],
  ['nodemailer', 'createTransport'],
  ['got', 'create'],
  ['sanitize-html', 'sanitizeHtml'],
  ['handlebars', 'compile'],
  ['ws', 'WebSocketServer.handleUpgrade'],
  ['path-to-regexp', 'pathToRegexp'],
  ['tough-cookie', 'Cookie.parse'],
  ['cookie', 'serialize'],
  ['mysql2', 'createConnection'],
];

/** Unpacks and installs it once below `kept`; what only its developers need stays out. Returns its folder. */
export const installGhost = (kept: string): string => {
  const folder = join(kept, 'ghost/package');
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  mkdirSync(join(kept, 'ghost'), { recursive: true });
  const script = `npm pack ghost@${VERSION} --silent && tar xzf ghost-${VERSION}.tgz`;
  const ended = spawnSync('sh', ['-c', script], { cwd: join(kept, 'ghost'), encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`ghost: ${ended.stderr}`);
  const {
    devDependencies: _development,
    resolutions: _resolutions,
    ...manifest
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  // its own lockfile is for the workspace that it was published from
  rmSync(join(folder, 'yarn.lock'));
  npmInstall(folder, '--omit=dev', '--legacy-peer-deps');
  return folder;
};
