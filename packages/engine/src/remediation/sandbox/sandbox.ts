/** The place where a project's own code may run: no network, no credentials, a read-only machine, limits. */
import { chmod, lchown, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, Ended, Limits } from './process.ts';
import { run } from './process.ts';
import type { Tools } from './tools.ts';
import { findTools, which } from './tools.ts';
import { LIMITS, NOBODY, unshareCommand } from './unshare.ts';

export interface Sandbox {
  readonly kind: 'bubblewrap' | 'unshare' | 'bare';
  /** What a run writes lies in a layer of its own that goes with it: the folder stays as it is, even where it shares files with another. */
  readonly layered: boolean;
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

/** Preferred first. A layer saves copying what is installed; old kernels and old versions of bubblewrap have none. */
const CHOICES = [
  ['bubblewrap', true],
  ['unshare', true],
  ['bubblewrap', false],
  ['unshare', false],
] as const;

/** The first that works on this machine, found by trying. `trust` chooses none at all: the code runs with the rights of the caller. */
export const openSandbox = async (scratch: string, trust: boolean): Promise<Sandbox | NoSandbox> => {
  const tools = await findTools();
  if (trust)
    return {
      kind: 'bare',
      layered: false,
      tools,
      run: (folder, command, limits, signal) => run(bare(tools, folder, command), limits, signal),
    };
  const reasons = new Set<string>();
  for (const [kind, layered] of CHOICES) {
    const wrap = await (kind === 'unshare' ? unshare : bubblewrap)(tools, scratch, layered);
    const trial = typeof wrap === 'string' ? wrap : await attempt(wrap, tools, scratch, layered);
    if (typeof wrap !== 'string' && trial === undefined)
      return {
        kind,
        layered,
        tools,
        run: async (folder, command, limits, signal) => run(await prepared(wrap, folder, command), limits, signal),
      };
    reasons.add(trial === wrap ? trial : `${kind}: ${trial}`);
  }
  return { kind: 'none', reason: [...reasons].join('; ') };
};

/** Writes, and takes a file away; in a layer neither may show outside. */
const TRIAL = `const fs = require('fs'); fs.writeFileSync('new', ''); fs.unlinkSync('old');`;

const attempt = async (wrap: Wrap, tools: Tools, scratch: string, layered: boolean): Promise<string | undefined> => {
  const folder = await mkdtemp(join(scratch, 'trial-'));
  await writeFile(join(folder, 'old'), '');
  const ended = await run(await prepared(wrap, folder, [tools.node, '-e', TRIAL]), { milliseconds: 20_000, outputBytes: 4096 });
  if (ended.exit !== 0) return ended.output.trim().split('\n').at(-1) ?? ended.ended;
  return (await readdir(folder)).join() === (layered ? 'old' : 'new') ? undefined : 'writes do not land where they should';
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

const unshare = async (tools: Tools, scratch: string, layered: boolean): Promise<Wrap | string> => {
  if (layered && UNFIT_FOR_A_LAYER.test(scratch)) return 'the temporary folder has a name that cannot be a layer';
  const [program, setpriv, prlimit] = await Promise.all([which('unshare'), which('setpriv'), which('prlimit')]);
  if (!program || !setpriv || !prlimit) return 'unshare, setpriv or prlimit is not installed';
  const root = join(scratch, 'root');
  await mkdir(root, { recursive: true });
  if (isRoot()) await open(scratch);
  if (isRoot()) await lchown(root, NOBODY, NOBODY);
  return async (project, command) =>
    confined(tools, unshareCommand(tools, { unshare: program, setpriv, prlimit }, { root, project, layered }, isRoot(), command));
};

/** Marks that separate the options of an overlay. */
const UNFIT_FOR_A_LAYER = /[:,\\]/;

/** The other user must be able to pass through our folder, not to list it. */
const open = (scratch: string): Promise<void> => chmod(scratch, 0o711);

const bubblewrap = async (tools: Tools, scratch: string, layered: boolean): Promise<Wrap | string> => {
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
      ...(layered ? ['--overlay-src', project, '--tmp-overlay', PROJECT] : ['--bind', project, PROJECT]),
      ...['--remount-ro', '/', '--chdir', PROJECT, '--', prlimit, ...LIMITS, '--', ...command],
    ]);
};
