/** The worker's side of a thread: what it was given, how it speaks, and how it hears that it must stop. */
import { parentPort, workerData } from 'node:worker_threads';

export const thread = {
  data: workerData as unknown,
  say: (message: unknown): void => parentPort?.postMessage(message),
  /** The only word a worker ever hears is to stop. */
  onStop: (stop: () => void): void => void parentPort?.once('message', stop),
  close: (): void => parentPort?.close(),
};
