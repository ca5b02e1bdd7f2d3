/** The `git` binary, hardened: the repository is hostile, so no hook, monitor, pager or helper that it names may start. */
import { execFile } from 'node:child_process';

export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
}

/**
 * core.fsmonitor and core.hooksPath run programs that the repository names (CVE-2022-24765 and kin); protocol.allow stops any fetch
 * through a promisor remote; GIT_OPTIONAL_LOCKS keeps a scan from writing the index.
 */
const HARDENING = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'protocol.allow=never',
];
const ENVIRONMENT = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
  GIT_NO_LAZY_FETCH: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C',
};

/** Never throws; `ok: false` when git is missing, the folder is no work tree, or the command fails. At most 64 MB of output. */
export const git = (folder: string, args: readonly string[], signal?: AbortSignal): Promise<GitAnswer> =>
  new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...ENVIRONMENT }, ...(signal && { signal }) };
    execFile('git', [...HARDENING, ...args], options, (error, stdout) => resolve({ ok: error === null, stdout }));
  });
