/** The place where a project's own code may run: no network, no credentials, a read-only machine, limits. */
import { chmod, lchown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, Ended, Limits } from './process.ts';
import { run } from './process.ts';
import type { Tools } from './tools.ts';
import { findTools, which } from './tools.ts';
import { LIMITS, NOBODY, unshareCommand } from './unshare.ts';

export interface Sandbox {
  readonly kind: 'bubblewrap' | 'unshare' | 'bare';
  readonly tools: Tools;
  /** Runs a command in a project folder, which it may change. `folder` is an absolute path below a folder that only we write to. */
  run(folder: string, command: readonly string[], limits: Limits, signal?: AbortSignal): Promise<Ended>;
}

export interface NoSandbox {
  readonly kind: 'none';
  readonly reason: string;
}

type Wrap = (folder: string, command: readonly string[]) => Promise<Command>;

/** Inside, a project stands at the same path before and after the change, so that outputs compare. */
const PROJECT = '/project';

/** The first that works on this machine, found by trying. `trust` chooses none at all: the code runs with the rights of the caller. */
export const openSandbox = async (scratch: string, trust: boolean): Promise<Sandbox | NoSandbox> => {
  const tools = await findTools();
  if (trust) return { kind: 'bare', tools, run: (folder, command, limits, signal) => run(bare(tools, folder, command), limits, signal) };
  const reasons: string[] = [];
  for (const [kind, make] of [
    ['bubblewrap', bubblewrap],
    ['unshare', unshare],
  ] as const) {
    const wrap = await make(tools, scratch);
    if (typeof wrap === 'string') reasons.push(wrap);
    else {
      const trial = await attempt(wrap, tools, scratch);
      if (trial === undefined)
        return { kind, tools, run: async (folder, command, limits, signal) => run(await prepared(wrap, folder, command), limits, signal) };
      reasons.push(`${kind}: ${trial}`);
    }
  }
  return { kind: 'none', reason: reasons.join('; ') };
};

const attempt = async (wrap: Wrap, tools: Tools, scratch: string): Promise<string | undefined> => {
  const folder = join(scratch, 'trial');
  await mkdir(folder, { recursive: true });
  const ended = await run(await prepared(wrap, folder, [tools.node, '-e', '']), { milliseconds: 20_000, outputBytes: 4096 });
  return ended.exit === 0 ? undefined : (ended.output.trim().split('\n').at(-1) ?? ended.ended);
};

/** As root, the folder goes to the user that the code runs as. */
const prepared = async (wrap: Wrap, folder: string, command: readonly string[]): Promise<Command> => {
  if (isRoot()) await giveAway(folder);
  return wrap(folder, command);
};

const isRoot = (): boolean => process.getuid?.() === 0;

/** One process for the whole tree; links themselves, never what they lead to. */
const giveAway = async (folder: string): Promise<void> => {
  const args = ['-R', '-h', '-P', `${NOBODY}:${NOBODY}`, '--', folder];
  await run({ file: 'chown', args, cwd: '/', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } }, { milliseconds: 60_000, outputBytes: 4096 });
};

/** The whole environment of a test run. */
const environment = (tools: Tools, home: string): Readonly<Record<string, string>> => ({
  PATH: tools.path,
  LANG: 'C.UTF-8',
  HOME: home,
  TMPDIR: home,
  CI: 'true',
  NODE_ENV: 'test',
  NO_COLOR: '1',
  npm_config_update_notifier: 'false',
});

const bare = (tools: Tools, folder: string, command: readonly string[]): Command => {
  const [file = '', ...args] = command;
  return { file, args, cwd: folder, env: environment(tools, folder) };
};

const confined = (tools: Tools, words: readonly string[]): Command => {
  const [file = '', ...args] = words;
  return { file, args, cwd: '/', env: environment(tools, '/tmp/home') };
};

const unshare = async (tools: Tools, scratch: string): Promise<Wrap | string> => {
  const [program, setpriv, prlimit] = await Promise.all([which('unshare'), which('setpriv'), which('prlimit')]);
  if (!program || !setpriv || !prlimit) return 'unshare, setpriv or prlimit is not installed';
  const root = join(scratch, 'root');
  await mkdir(root, { recursive: true });
  if (isRoot()) await open(scratch);
  if (isRoot()) await lchown(root, NOBODY, NOBODY);
  return async (project, command) =>
    confined(tools, unshareCommand(tools, { unshare: program, setpriv, prlimit }, { root, project }, isRoot(), command));
};

/** The other user must be able to pass through our folder, not to list it. */
const open = (scratch: string): Promise<void> => chmod(scratch, 0o711);

const bubblewrap = async (tools: Tools, scratch: string): Promise<Wrap | string> => {
  const [bwrap, setpriv, prlimit] = await Promise.all([which('bwrap'), which('setpriv'), which('prlimit')]);
  if (!bwrap) return 'bubblewrap is not installed';
  if (!prlimit || (isRoot() && !setpriv)) return 'bubblewrap: prlimit or setpriv is not installed';
  if (isRoot()) await open(scratch);
  return async (project, command) =>
    confined(tools, [
      ...(isRoot() && setpriv ? [setpriv, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all', '--'] : []),
      ...[bwrap, '--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
      ...tools.shown.flatMap((path) => ['--ro-bind', path, path]),
      ...tools.blank.flatMap((path) => ['--ro-bind', '/dev/null', path]),
      ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--dir', '/tmp/home'],
      ...['--bind', project, PROJECT, '--remount-ro', '/', '--chdir', PROJECT, '--', prlimit, ...LIMITS, '--', ...command],
    ]);
};
