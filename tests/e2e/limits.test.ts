/** A step that runs out of time makes the run incomplete and is named; a stopped run gives no verdict. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotFolder } from '../../packages/engine/src/advisories/snapshot.ts';
import type { ScanOptions } from '../../packages/engine/src/pipeline/options.ts';

/** Workers are started from the built files, so the built pipeline is what is tested. */
const built: { scan: typeof import('../../packages/engine/src/pipeline/scan.ts').scan } = await import(
  '../../packages/engine/dist/pipeline/scan.js' as string
);

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'breakwater-limits-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'Dockerfile'), 'FROM node:latest\nUSER root\n');
  for (let i = 0; i < 200; i += 1) writeFileSync(join(root, `src/f${i}.js`), 'export const a = 1;\n'.repeat(5_000));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const options = (over: Partial<ScanOptions> = {}): ScanOptions => ({
  root,
  uri: 'app',
  offline: true,
  advisories: snapshotFolder,
  cache: join(root, '.cache'),
  jobs: 2,
  timeoutMs: 60_000,
  memoryMb: 512,
  signal: new AbortController().signal,
  now: () => '2026-11-24T09:00:00Z',
  clock: () => performance.now(),
  onEvent: () => undefined,
  ...over,
});

describe('limits', () => {
  it('without any, the run is complete', async () => {
    const run = await built.scan(options());
    expect([run.outcome, run.problems]).toEqual(['passed', []]);
  });

  it('a step that is out of time is named, and the run is no pass', async () => {
    const run = await built.scan(options({ timeoutMs: 1 }));
    expect(run.outcome).toBe('incomplete');
    expect(run.problems.map(({ code, source, incomplete }) => [code, source, incomplete])).toEqual([
      ['BW5004', 'infrastructure', true],
      ['BW5004', 'secrets', true],
    ]);
    expect(
      run.steps
        .filter((step) => step.kind === 'control')
        .map((step) => step.status)
        .sort(),
    ).toEqual(['not-applicable', 'timed-out', 'timed-out']);
  });

  it('a step that is out of memory is named, and the others stand', async () => {
    const run = await built.scan(options({ memoryMb: 4 }));
    expect(run.outcome).toBe('incomplete');
    for (const problem of run.problems) expect(['BW5003', 'BW5005']).toContain(problem.code);
  });

  it('a stopped run throws and leaves no worker behind', async () => {
    const stop = new AbortController();
    const scanning = built.scan(options({ signal: stop.signal, onEvent: () => stop.abort() }));
    await expect(scanning).rejects.toThrow(/abort/i);
  });
});
