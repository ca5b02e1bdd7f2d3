/** Starts a program in its own process group, with bounded time and output; the group ends with it. */
import { spawn } from 'node:child_process';

export interface Limits {
  readonly milliseconds: number;
  /** Output kept, from its end; sixteen times as much ends the program. */
  readonly outputBytes: number;
}

export interface Ended {
  /** undefined when a signal ended it. */
  readonly exit: number | undefined;
  readonly output: string;
  readonly ended: 'by-itself' | 'timeout' | 'aborted' | 'too-much-output' | 'not-started';
  readonly durationMs: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing of ours is handed down. */
  readonly env: Readonly<Record<string, string>>;
}

/** Never rejects. */
export const run = (command: Command, limits: Limits, signal?: AbortSignal): Promise<Ended> =>
  new Promise((resolve) => {
    const started = performance.now();
    const output = new Tail(limits.outputBytes);
    let ended: Ended['ended'] = 'by-itself';
    const child = spawn(command.file, [...command.args], {
      cwd: command.cwd,
      env: { ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const stop = (why: Ended['ended']): void => {
      if (ended === 'by-itself') ended = why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => stop('timeout'), limits.milliseconds);
    const abort = (): void => stop('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    const take = (chunk: Buffer): void => {
      output.add(chunk);
      if (output.seen > 16 * limits.outputBytes) stop('too-much-output');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let failure: string | undefined;
    child.on('error', (error) => {
      failure = error.message;
      finish(null);
    });
    child.on('close', (code) => finish(code));
    // A process that left the group may hold the pipe open for ever.
    child.on('exit', (code) => {
      killGroup(child.pid);
      setTimeout(() => finish(code), 2_000).unref();
    });
    let done = false;
    const finish = (code: number | null): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      child.stdout.destroy();
      child.stderr.destroy();
      const text = failure ?? output.text();
      resolve({
        exit: code ?? undefined,
        output: text,
        ended: failure === undefined ? ended : 'not-started',
        durationMs: performance.now() - started,
      });
    };
    if (signal?.aborted) abort();
  });

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the group has ended already
  }
};

/** The last bytes of a stream. */
class Tail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #held = 0;
  seen = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.seen += chunk.length;
    this.#held += chunk.length;
    this.#chunks.push(chunk);
    while (this.#held - (this.#chunks[0]?.length ?? 0) > this.#limit) this.#held -= this.#chunks.shift()?.length ?? 0;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-this.#limit).toString('utf8');
  }
}
