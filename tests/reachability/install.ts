/** Installs the package of each fact with npm, once: later runs find it in the work folder. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from './facts.ts';
import { slugOf } from './facts.ts';

export type Installed = { readonly ok: true; readonly folder: string } | { readonly ok: false; readonly why: string };

const MINUTES = 3;

/** A failure is kept too, so that it is listed each time and not tried again; `--retry` of the run removes it. */
export const install = async (work: string, { id, package: name, version }: Fact, retry: boolean): Promise<Installed> => {
  const folder = join(work, 'installs', slugOf(id));
  const failure = join(work, 'installs', `${slugOf(id)}.failed`);
  if (existsSync(join(folder, 'package-lock.json')) && existsSync(join(folder, 'node_modules'))) return { ok: true, folder };
  if (existsSync(failure) && !retry) return { ok: false, why: readFileSync(failure, 'utf8') };
  rmSync(failure, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'application', version: '1.0.0', private: true, dependencies: { [name]: version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const error = await npmInstall(folder);
  if (error === undefined && existsSync(join(folder, 'node_modules', name))) return { ok: true, folder };
  rmSync(folder, { recursive: true, force: true });
  const why = error ?? 'npm ended well without installing it';
  writeFileSync(failure, why);
  return { ok: false, why };
};

/** undefined = done, else npm's first words on why not. */
const npmInstall = (cwd: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
    const child = spawn('npm', options, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: MINUTES * 60_000 });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : firstWords(said) || `npm ended with ${code}`));
  });

const firstWords = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.startsWith('npm error') && !/^npm error (A complete log|code)/.test(line))
    .slice(0, 2)
    .map((line) => line.slice('npm error '.length))
    .join('; ');
