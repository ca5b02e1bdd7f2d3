/** git for writing: plumbing only, so that no hook, filter, monitor or helper that the repository names is ever started. */
import { spawn } from 'node:child_process';

export interface GitResult {
  readonly ok: boolean;
  readonly out: string;
}

export interface GitInput {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Repository {
  /** Absolute path of the work tree. */
  readonly top: string;
  /** Path of the project within it, `/`-ended, or empty. */
  readonly prefix: string;
  run(args: readonly string[], input?: GitInput): Promise<GitResult>;
}

/** Answers to questions on hooks and helpers that win over the repository's own configuration. */
const HARDENING = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.untrackedCache=false',
  'protocol.allow=never',
  'core.pager=cat',
  'gc.auto=0',
];

/** undefined when the folder is under no version control, or git is not installed. */
export const openRepository = async (root: string): Promise<Repository | undefined> => {
  const top = await gitIn(root, ['rev-parse', '--show-toplevel']);
  const prefix = await gitIn(root, ['rev-parse', '--show-prefix']);
  if (!top.ok || !prefix.ok) return undefined;
  const folder = top.out.replace(/\n$/, '');
  return { top: folder, prefix: prefix.out.replace(/\n$/, ''), run: (args, input) => gitIn(folder, args, input) };
};

const gitIn = (folder: string, args: readonly string[], input: GitInput = {}): Promise<GitResult> =>
  new Promise((resolve) => {
    const env = { ...inherited(), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C', ...input.env };
    const child = spawn('git', [...HARDENING.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve({ ok: false, out: '' }));
    child.on('close', (code) => resolve({ ok: code === 0, out: Buffer.concat(chunks).toString('utf8') }));
    child.stdin.end(input.stdin ?? '');
  });

/** Our own GIT_DIR and kin, set inside a hook for instance, would point every command elsewhere. */
const inherited = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || /^GIT_(AUTHOR|COMMITTER)_/.test(name)));
