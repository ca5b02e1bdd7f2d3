/** Runs the built `breakwater` command as a user does, in a world of its own: no caches, keys or colours of the machine. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BIN = join(import.meta.dirname, '../../packages/cli/bin/breakwater.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  /** Where commands run; the home folder lies beside it. */
  readonly folder: string;
  /** Environment of every command in it. */
  readonly environment: NodeJS.ProcessEnv;
  run(
    args: readonly string[],
    options?: {
      readonly cwd?: string;
      readonly environment?: NodeJS.ProcessEnv;
      readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
    },
  ): Promise<Ended>;
  remove(): void;
}

/** SOURCE_DATE_EPOCH: 24 Nov 2026, 09:14 UTC. */
const NOW = '1795511640';

export const openWorld = (): World => {
  const base = mkdtempSync(join(tmpdir(), 'breakwater-e2e-'));
  const folder = join(base, 'shop');
  const home = join(base, 'home');
  for (const path of [folder, home]) mkdirSync(path);
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    SOURCE_DATE_EPOCH: NOW,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.data'),
    GIT_AUTHOR_NAME: 'Ann',
    GIT_AUTHOR_EMAIL: 'ann@shop.example',
    GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@shop.example',
  };
  return {
    folder,
    environment,
    run: (args, options = {}) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [BIN, ...args], {
          cwd: options.cwd ?? folder,
          env: { ...environment, ...options.environment },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let stdout = '';
        let stderr = '';
        child.stdout.on('data', (chunk) => (stdout += chunk));
        child.stderr.on('data', (chunk) => {
          stderr += chunk;
          options.onStderr?.(String(chunk), (signal) => child.kill(signal));
        });
        child.on('close', (code) => resolve({ code, stdout, stderr }));
      }),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
};
