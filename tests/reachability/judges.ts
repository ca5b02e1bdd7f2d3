/** A few judging processes; one that hangs or dies is replaced, and its case says so. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Answer } from './judge.ts';
import type { Question } from './verdict.ts';

const SECONDS = 180;
const HEAP_MB = 2048;

export class Judge {
  #child: ChildProcess | undefined;
  /** The end of what it said on standard error. */
  #said = '';

  ask(question: Question): Promise<Answer> {
    const child = this.#child ?? this.#start();
    this.#child = child;
    return new Promise((resolve) => {
      const end = (answer: Answer): void => {
        clearTimeout(timer);
        child.removeAllListeners('message');
        child.removeAllListeners('exit');
        resolve(answer);
      };
      const give = (error: string): void => {
        this.#child = undefined;
        child.kill('SIGKILL');
        end({ error, ms: 0, peakMb: 0 });
      };
      const timer = setTimeout(() => give(`no answer within ${SECONDS} s`), SECONDS * 1000);
      child.once('message', (answer: Answer) => end(answer));
      child.once('exit', (code) => give(`the process ended with ${code}: ${this.#said.trim().split('\n').slice(-12).join(' ')}`));
      child.send(question);
    });
  }

  close(): void {
    this.#child?.removeAllListeners('exit');
    this.#child?.kill();
  }

  #start(): ChildProcess {
    const execArgv = ['--conditions=source', '--import', 'tsx', `--max-old-space-size=${HEAP_MB}`];
    const child = fork(join(import.meta.dirname, 'judge.ts'), { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#said = '';
    child.stderr?.on('data', (chunk) => {
      this.#said = (this.#said + String(chunk)).slice(-4000);
    });
    return child;
  }
}
