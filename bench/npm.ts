/** npm as a person would run it, without anything of the packages running. */
import { spawnSync } from 'node:child_process';

/** Throws npm's words when it fails. */
export const npmInstall = (cwd: string, ...more: readonly string[]): void => {
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...more];
  const ended = spawnSync('npm', options, { cwd, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`npm install in ${cwd}: ${ended.stderr}`);
};
