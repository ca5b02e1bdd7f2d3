/** One job in one worker thread, with an end in time and in memory; it can crash without taking the run along. */
import { Worker } from 'node:worker_threads';

export interface WorkerLimits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export type WorkerEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'out-of-memory'; readonly limitMb: number }
  | { readonly kind: 'crashed'; readonly message: string };

/** The thread is told to stop first, so that programs it started end too; then it is ended. */
const GRACE_MS = 400;

export const runWorker = (
  entry: URL,
  data: unknown,
  limits: WorkerLimits,
  signal: AbortSignal,
  onMessage: (message: unknown) => void,
): Promise<WorkerEnd> =>
  new Promise((resolve) => {
    const worker = new Worker(entry, {
      workerData: data,
      execArgv: [], // flags of the process that embeds us are not for what reads hostile files
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
      stdout: true,
      stderr: true,
    });
    let ending: WorkerEnd | undefined;
    const stop = (end: WorkerEnd): void => {
      if (ending !== undefined) return;
      ending = end;
      worker.postMessage({ kind: 'cancel' });
      setTimeout(() => void worker.terminate(), GRACE_MS).unref();
    };
    const timer = setTimeout(() => stop({ kind: 'timed-out', afterMs: limits.timeoutMs }), limits.timeoutMs);
    const cancel = (): void => stop({ kind: 'cancelled' });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    worker.on('message', onMessage);
    worker.on('error', (error: NodeJS.ErrnoException) => {
      ending ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { kind: 'out-of-memory', limitMb: limits.memoryMb }
          : { kind: 'crashed', message: error.message };
    });
    worker.on('exit', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(ending ?? (code === 0 ? { kind: 'done' } : { kind: 'crashed', message: `the worker ended with code ${code}` }));
    });
  });
