import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runWorker } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'breakwater-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (name: string, code: string): URL => {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads';\n${code}\n`);
  return pathToFileURL(file);
};
const never = new AbortController().signal;
const limits = { timeoutMs: 20_000, memoryMb: 64 };
const run = (url: URL, over: Partial<typeof limits> = {}, signal: AbortSignal = never, heard: unknown[] = []) =>
  runWorker(url, { word: 'hello' }, { ...limits, ...over }, signal, (message) => heard.push(message));

describe('a worker', () => {
  it('is given its job, speaks, and ends', async () => {
    const heard: unknown[] = [];
    expect(await run(entry('good', 'parentPort.postMessage(workerData.word)'), {}, never, heard)).toEqual({ kind: 'done' });
    expect(heard).toEqual(['hello']);
  });
  it('that throws takes nothing along', async () => {
    expect(await run(entry('throws', "throw new Error('bad input')"))).toEqual({ kind: 'crashed', message: 'bad input' });
  });
  it('that exits on its own is a crash', async () => {
    expect(await run(entry('exits', 'process.exit(7)'))).toMatchObject({ kind: 'crashed' });
  });
  it('that never ends is stopped, even in a busy loop', async () => {
    expect(await run(entry('hangs', 'for (;;) {}'), { timeoutMs: 300 })).toEqual({ kind: 'timed-out', afterMs: 300 });
  });
  it('that takes all memory is stopped alone', async () => {
    expect(await run(entry('eats', 'const a = []; for (;;) a.push(new Array(1e5).fill(a.length))'), { memoryMb: 32 })).toEqual({
      kind: 'out-of-memory',
      limitMb: 32,
    });
  });
  it('hears that it must stop, so that what it started can end first', async () => {
    const stop = new AbortController();
    const heard: unknown[] = [];
    const url = entry(
      'polite',
      "const t = setInterval(() => {}, 1e6); parentPort.postMessage('up'); parentPort.once('message', (m) => { parentPort.postMessage(m); clearInterval(t); parentPort.close(); })",
    );
    const end = runWorker(url, {}, limits, stop.signal, (message) => {
      heard.push(message);
      if (message === 'up') stop.abort();
    });
    expect(await end).toEqual({ kind: 'cancelled' });
    expect(heard).toEqual(['up', { kind: 'cancel' }]);
  });
  it('is not even begun when the run was stopped before', async () => {
    expect(await run(entry('late', 'setInterval(() => {}, 1e6)'), {}, AbortSignal.abort())).toEqual({ kind: 'cancelled' });
  });
});
