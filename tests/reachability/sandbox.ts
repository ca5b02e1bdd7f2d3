/** Runs a program of a corpus: another user, no network, own processes, bounded in time and memory, under V8's coverage. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  /** Texts of V8's coverage files, one a process that ended in order. */
  readonly coverage: readonly string[];
  readonly timedOut: boolean;
  /** First lines of what it said on standard error. */
  readonly said: string;
}

const SECONDS = 10;
const ENOUGH_MS = 4000;
const HEAP_MB = 512;

/** What the program meets besides itself: errors that do not end it, a visitor for each server it opens, and an end. */
const PRELOAD = `const started = Date.now();
process.on('uncaughtException', (error) => process.stderr.write(String(error && error.stack) + '\\n'));
process.on('unhandledRejection', () => {});
setTimeout(() => process.exit(0), ${ENOUGH_MS}).unref();
const programs = require('node:child_process');
for (const name of ['execSync', 'execFileSync', 'spawnSync']) {
  const original = programs[name];
  programs[name] = (...given) => {
    if (Date.now() - started > ${ENOUGH_MS}) throw new Error('enough');
    return original(...given);
  };
}
const http = require('node:http');
const get = http.get;
const read = require('node:fs').readFileSync;
const visited = new Set();
setInterval(() => {
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of read(table, 'utf8').split('\\n')) {
      const port = /^ *\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F:]+ 0A /.exec(line)?.[1];
      if (port === undefined || visited.has(port)) continue;
      visited.add(port);
      for (const path of ['/', '/file.txt', '/../file.txt', '/nothing.html', '/%2e%2e/file.txt']) {
        get({ host: 'localhost', port: parseInt(port, 16), path }, (answer) => answer.resume()).on('error', () => {});
      }
    }
  }
}, 300).unref();
`;

/** Text that readers of many formats take. */
const SAMPLE = '[section]\na = 1\nb.c = 2\nlist[] = 3\nlist[x] = 4\n';

/** nobody, in a user, network and process namespace of its own: it can neither write outside of the scratch folder nor signal anybody. */
const CAGE = ['--reuid=65534', '--regid=65534', '--clear-groups', 'unshare', '-r', '-n', '-p', '-f', '--kill-child', '--mount-proc'];

/** Throws where the cage does not work: a program of the corpus is never run outside of it. Linux, as root. */
export const runCaged = async (entry: string): Promise<Ran> => {
  const scratch = mkdtempSync(join(tmpdir(), 'bw-reach-run-'));
  try {
    const coverage = join(scratch, 'coverage');
    const cwd = join(scratch, 'cwd');
    for (const folder of [coverage, cwd]) mkdirSync(folder);
    for (const folder of [scratch, coverage, cwd]) chmodSync(folder, 0o777);
    writeFileSync(join(cwd, 'file.txt'), SAMPLE, { mode: 0o666 });
    writeFileSync(join(scratch, 'preload.cjs'), PRELOAD);
    const limits = ['prlimit', '--nproc=1000', '--fsize=100000000', `--cpu=${SECONDS}`, '--core=0'];
    const node = [process.execPath, `--max-old-space-size=${HEAP_MB}`, '--require', join(scratch, 'preload.cjs'), entry];
    // the loopback device of the new network namespace is down
    const ended = await run('setpriv', [...CAGE, 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...limits, ...node], cwd, coverage);
    const files = readdirSync(coverage).sort();
    return { ...ended, coverage: files.map((file) => readFileSync(join(coverage, file), 'utf8')) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const run = (command: string, args: readonly string[], cwd: string, coverage: string): Promise<Pick<Ran, 'timedOut' | 'said'>> =>
  new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, LANG: 'C.UTF-8', NODE_V8_COVERAGE: coverage };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL'); // unshare takes its children along
    }, SECONDS * 1000);
    child.stderr.on('data', (chunk) => {
      if (said.length < 4000) said += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      if (/^(setpriv|unshare|prlimit):/m.test(said)) reject(new Error(`the cage does not work here: ${said.split('\n')[0]}`));
      else resolve({ timedOut, said });
    });
  });
