/** `breakwater advisories` against a bucket on the loopback: loaded, shown, used by the next scan; cut off, the old index stays. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '@breakwater/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bucket, headersOf, openBucket } from '../support/bucket.ts';
import { BIN, openWorld, type World } from '../support/command.ts';
import { osvOf, POLYGLOT, putFiles } from '../support/polyglot.ts';
import { zipOf } from '../support/zip.ts';

const flaw = (id: string, name: string, modified: string): object =>
  osvOf({ id, ecosystem: 'crates.io', name, fixed: '9.0.0' }, { aliases: ['CVE-2026-0005'], modified });
const OLD = flaw('RUSTSEC-2026-0001', 'bw_bytes', '2026-11-20T00:00:00Z');
const NEW = flaw('RUSTSEC-2026-0002', 'bw_parse', '2026-11-23T00:00:00Z');

let world: World;
let bucket: Bucket;
beforeEach(async () => {
  world = openWorld();
  bucket = await openBucket();
  bucket.files.set('crates.io/all.zip', zipOf([OLD]));
  bucket.files.set(
    'kev.json',
    Buffer.from(JSON.stringify({ catalogVersion: '2026.11.24', vulnerabilities: [{ cveID: 'CVE-2026-0005', dateAdded: '2026-11-22' }] })),
  );
  putFiles(world.folder, { 'Cargo.toml': POLYGLOT['engine/Cargo.toml'] ?? '', 'Cargo.lock': POLYGLOT['engine/Cargo.lock'] ?? '' });
});
afterEach(async () => {
  await bucket.close();
  world.remove();
});

const updateArgs = (): readonly string[] => [
  'advisories',
  'update',
  ...['--from', bucket.base, '--ecosystem', 'crates.io', '--kev', `${bucket.base}/kev.json`, '--epss', 'none'],
];
const scan = async (): Promise<Run> =>
  JSON.parse((await world.run(['scan', '--offline', '--only', 'dependencies', '--no-evidence', '--format', 'json'])).stdout);
const idsOf = (run: Run): readonly (string | undefined)[] => run.findings.map(({ vulnerability }) => vulnerability?.id).sort();

/** Ends the command without a chance to clean up, as soon as the bucket is asked for `path`, half of which it then gives. */
const killedWhileLoading = (path: string): Promise<void> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...updateArgs()], { cwd: world.folder, env: world.environment, stdio: 'ignore' });
    child.on('close', () => resolve());
    bucket.faults.set(path, [
      (_, response, file) => {
        response.writeHead(200, { ...headersOf(file), 'content-length': file.length });
        response.write(file.subarray(0, file.length >> 1), () => setTimeout(() => child.kill('SIGKILL'), 100));
        return true;
      },
    ]);
  });

describe('advisories', () => {
  it('are loaded, shown, and used by the next scan, which names their day', async () => {
    const updated = await world.run(updateArgs());
    expect([updated.code, updated.stderr]).toEqual([0, '']);
    expect(updated.stdout).toContain('used from now on');
    const status = await world.run(['advisories', 'status']);
    expect(status.stdout).toMatch(/1 advisory of 1 package, newest 20 Nov 2026[\s\S]*updated 24 Nov 2026/);
    expect(status.stdout).toContain('crates.io');
    const show = await world.run(['advisories', 'show', 'CVE-2026-0005']);
    expect([show.code, show.stdout]).toEqual([
      0,
      expect.stringMatching(/RUSTSEC-2026-0001 crates\.io bw_bytes · critical[\s\S]*KEV[\s\S]*22 Nov/),
    ]);
    expect((await world.run(['advisories', 'show', 'CVE-1999-1'])).code).toBe(3);
    const pretty = await world.run(['scan', '--offline', '--only', 'dependencies', '--format', 'json=run.json']);
    expect([pretty.code, pretty.stdout]).toEqual([1, expect.stringMatching(/advisories 20 Nov 2026/)]);
    const run: Run = JSON.parse(readFileSync(join(world.folder, 'run.json'), 'utf8'));
    expect([idsOf(run), run.advisories?.asOf, run.advisories?.origin]).toEqual([['RUSTSEC-2026-0001'], '2026-11-20T00:00:00Z', 'built']);
  });

  it('stay as they were when an update is killed; the next one finishes', async () => {
    await world.run(updateArgs());
    bucket.files.set('crates.io/all.zip', zipOf([OLD, NEW]));
    await killedWhileLoading('crates.io/all.zip');
    expect(idsOf(await scan())).toEqual(['RUSTSEC-2026-0001']);
    bucket.faults.clear();
    expect((await world.run(updateArgs())).code).toBe(0);
    const run = await scan();
    expect([idsOf(run), run.advisories?.asOf]).toEqual([['RUSTSEC-2026-0001', 'RUSTSEC-2026-0002'], '2026-11-23T00:00:00Z']);
  });

  it('stay as they were where the bucket is gone, and the update does not end well', async () => {
    await world.run(updateArgs());
    const { code, stdout, stderr } = await world.run([...updateArgs(), '--offline']);
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain('--offline');
    expect(idsOf(await scan())).toEqual(['RUSTSEC-2026-0001']);
  });

  it('are built from data at hand, of which a broken record is said', async () => {
    putFiles(join(world.folder, '../osv'), { 'crates.io/1.json': JSON.stringify(OLD), 'crates.io/2.json': JSON.stringify(NEW) });
    const built = await world.run(['advisories', 'build', '../osv', '--to', '../index']);
    expect([built.code, built.stdout]).toEqual([0, expect.stringContaining('2')]);
    const status = await world.run(['advisories', 'status', '--advisories', '../index']);
    expect(status.stdout).toContain('crates.io');
    putFiles(join(world.folder, '../osv'), { 'crates.io/3.json': '{' });
    const again = await world.run(['advisories', 'build', '../osv', '--to', '../index']);
    expect([again.code, again.stdout]).toEqual([4, expect.stringContaining('3.json')]);
  });
});
