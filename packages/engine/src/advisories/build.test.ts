import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeRegistries, registryWith } from '../../../../tests/support/npm-registry.ts';
import { record, zip, zipOf } from '../../../../tests/support/zip.ts';
import type { BuildOptions } from './build.ts';
import { buildIndex } from './build.ts';
import { openIndex } from './open.ts';

let home = '';
let to = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'breakwater-advisories-'));
  to = join(home, 'index');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const source = async (bytes: Buffer, name = 'npm'): Promise<string> => {
  await mkdir(join(home, 'osv', name), { recursive: true });
  await writeFile(join(home, 'osv', name, 'all.zip'), bytes);
  return join(home, 'osv');
};

const build = (from: string, more: Partial<BuildOptions> = {}) => buildIndex({ from, to, signal: new AbortController().signal, ...more });

const idsOf = async (name: string): Promise<readonly string[]> => {
  const index = await openIndex(to);
  const found = await index.advisoriesOf('npm', [name]);
  await index.close();
  return (found.get(name) ?? []).map((facts) => facts.id);
};

describe('buildIndex', () => {
  it('reads the layout of the OSV bucket, joins aliases and finds KEV beside it', async () => {
    const two = {
      affected: [...(record('x', 'a') as { affected: object[] }).affected, ...(record('x', 'b') as { affected: object[] }).affected],
    };
    const from = await source(
      zipOf([record('GHSA-2', 'a', two), record('GHSA-1', 'a'), record('CVE-2024-1001', 'b', { aliases: ['GHSA-2'] })]),
    );
    await writeFile(join(home, 'kev.json'), JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-1001', dateAdded: '2024-06-01' }] }));
    const report = await build(from);
    expect(report.meta).toMatchObject({
      records: 3,
      facts: 3,
      packages: 2,
      ecosystems: ['npm'],
      exploited: 1,
      asOf: '2024-05-01T00:00:00Z',
    });
    const index = await openIndex(to);
    const found = await index.advisoriesOf('npm', ['b', 'a', 'none', 'a']);
    expect([...found].map(([name, list]) => [name, list.map((f) => [f.id, f.aliases])])).toEqual([
      [
        'a',
        [
          ['GHSA-1', []],
          ['GHSA-2', []],
        ],
      ],
      ['b', [['GHSA-2', ['CVE-2024-1001']]]],
    ]);
    expect((await index.exploited()).since.get('CVE-2024-1001')).toBe('2024-06-01');
    expect((await index.show('cve-2024-1001')).map((s) => [s.package, s.advisory.id])).toEqual([['b', 'GHSA-2']]);
    expect(await index.show('GHSA')).toEqual([]);
    expect((await index.advisoriesOf('PyPI', ['a'])).size).toBe(0);
    await index.close();
  });

  it('reads a single zip, stored or packed, and a folder of JSON files, with the same digest', async () => {
    const records = [record('GHSA-1', 'a'), record('GHSA-2', 'b')];
    const digests: string[] = [];
    for (const method of [0, 8] as const) {
      const from = await source(zipOf(records, method));
      digests.push((await build(join(from, 'npm', 'all.zip'))).meta.digest);
    }
    const folder = join(home, 'deep', 'er');
    await mkdir(folder, { recursive: true });
    for (const [index, r] of records.entries()) await writeFile(join(folder, `${9 - index}.json`), JSON.stringify(r));
    await symlink('/', join(folder, 'out'));
    digests.push((await build(join(home, 'deep'))).meta.digest);
    expect(new Set(digests).size).toBe(1);
  });

  it('counts and names bad records, leaves out withdrawn, refused and empty ones', async () => {
    const from = await source(
      zip({
        'good.json': JSON.stringify(record('GHSA-1', 'a')),
        '../../evil\u001b.json': '{',
        '/absolute.json': '{"id":"x"}',
        'control.json': JSON.stringify(record('GHSA-7', 'a\tb')),
        'withdrawn.json': JSON.stringify(record('GHSA-2', 'a', { withdrawn: '2024-01-01T00:00:00Z' })),
        'refused.json': JSON.stringify(record('GHSA-3', 'a')),
        'git.json': JSON.stringify({
          id: 'GHSA-4',
          modified: '2024-01-01T00:00:00Z',
          affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }],
        }),
        'readme.txt': 'not a record',
      }),
    );
    const report = await build(from, { keep: (r) => r.id !== 'GHSA-3' });
    expect(report).toMatchObject({ withdrawn: 1, refused: 1, empty: 1, bad: { count: 3 } });
    expect(report.bad.first.map((b) => b.name).sort()).toEqual(['../../evil?.json', '/absolute.json', 'control.json']);
    expect(await idsOf('a')).toEqual(['GHSA-1']);
    expect(await readdir(home)).toEqual(['index', 'osv']);
  });

  it('keeps only function names that an advisory states', async () => {
    const withFunctions = (precision: string | undefined) => ({
      affected: [
        {
          package: { ecosystem: 'npm', name: 'a' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
          ecosystem_specific: { affected_functions: ['a.run'] },
          database_specific: precision === undefined ? {} : { functions_precision: precision },
        },
      ],
    });
    const from = await source(zipOf([undefined, 'advisory', 'poc'].map((p, i) => record(`GHSA-${i}`, 'a', withFunctions(p)))));
    await build(from);
    const index = await openIndex(to);
    expect((await index.advisoriesOf('npm', ['a'])).get('a')?.map((f) => f.functions)).toEqual([['a.run'], ['a.run'], []]);
    await index.close();
  });

  it('finds scores and KEV beside the data, unless it is told otherwise', async () => {
    const from = await source(zipOf([record('GHSA-1', 'a')]));
    const scores = (chance: number) => `#score_date:2026-11-2${chance * 10}T00:00:00Z\ncve,epss,percentile\nCVE-2024-1001,${chance},0.5\n`;
    await writeFile(join(from, 'epss_scores-2026-11-21.csv'), scores(0.1));
    await writeFile(join(from, 'epss_scores-2026-11-22.csv.gz'), gzipSync(scores(0.2)));
    expect((await build(from)).meta.epss).toMatchObject({ count: 1, asOf: '2026-11-22' });
    const index = await openIndex(to);
    const exploited = await index.exploited();
    expect([exploited.epss('CVE-2024-1001'), exploited.epss('CVE-2024-1002'), exploited.epssAsOf]).toEqual([0.2, undefined, '2026-11-22']);
    await writeFile(join(to, 'epss.tsv'), 'CVE-2024-1001\t0.9\n');
    await expect(index.exploited()).rejects.toMatchObject({ code: 'BW4002' });
    expect((await index.advisoriesOf('npm', ['a'])).size).toBe(1);
    await index.close();
    expect((await build(from, { epss: false })).meta.epss).toBeUndefined();
    expect(await readdir(to)).not.toContain('epss.tsv');
    await expect(build(from, { epss: join(home, 'none.csv') })).rejects.toMatchObject({ code: 'BW4004' });
    await writeFile(join(from, 'epss_scores-2026-11-23.csv'), 'cve\n');
    await expect(build(from)).rejects.toMatchObject({ code: 'BW4004', message: expect.stringContaining('EPSS') });
  });

  it('takes null for nothing, as some databases write it', async () => {
    const nulls = { aliases: null, severity: null, database_specific: { cwe_ids: null } };
    const { bad } = await build(await source(zipOf([record('GHSA-1', 'a', nulls)])));
    expect(bad.count).toBe(0);
    expect(await idsOf('a')).toEqual(['GHSA-1']);
  });

  it('misses nothing that it must hold', async () => {
    const from = await source(zipOf([record('GHSA-1', 'a')]));
    await expect(build(from, { expect: ['npm', 'Go'] })).rejects.toMatchObject({ code: 'BW4004', message: expect.stringContaining('Go') });
  });

  describe('hostile archives', () => {
    beforeEach(async () => {
      await build(await source(zipOf([record('GHSA-old', 'a')])));
    });
    const refuses = async (bytes: Buffer, code: string, more: Partial<BuildOptions> = {}): Promise<void> => {
      await expect(build(await source(bytes), more)).rejects.toMatchObject({ code });
      expect(await idsOf('a')).toEqual(['GHSA-old']);
      expect(await readdir(home)).toEqual(['index', 'osv']);
    };
    const limits = { entryBytes: 4 << 20, totalBytes: 10_000, entries: 5, ratio: 200 };

    it('refuses a file packed beyond reason', () => refuses(zip({ 'a.json': Buffer.alloc(3 << 20) }), 'BW4003'));
    it('refuses a file above the limit', () => refuses(zip({ 'a.json': Buffer.alloc(5 << 20) }, 0), 'BW4003', { limits }));
    it('refuses too many bytes in all', () =>
      refuses(zipOf(Array.from({ length: 4 }, (_, i) => record(`GHSA-${i}`, 'x'.repeat(4000)))), 'BW4003', { limits }));
    it('refuses too many files', () => refuses(zipOf(Array.from({ length: 6 }, (_, i) => record(`GHSA-${i}`, 'a'))), 'BW4003', { limits }));
    it('refuses a file larger than its archive says', () => {
      const bytes = zipOf([record('GHSA-1', 'a', { x: 'y'.repeat(5000) })]);
      bytes.writeUInt32LE(100, bytes.indexOf('PK\u0001\u0002') + 24);
      return refuses(bytes, 'BW4003');
    });
    it('refuses an archive that is cut off', () => refuses(zipOf([record('GHSA-1', 'a')]).subarray(0, -30), 'BW4004'));
    it('refuses what is no archive', () => refuses(Buffer.from('<html>'), 'BW4004'));
    it('refuses to put nothing in the place of something', () => refuses(zipOf([]), 'BW4004'));
    it('refuses a folder that is not there', () => expect(build(join(home, 'nowhere'))).rejects.toMatchObject({ code: 'BW4004' }));
    it('refuses a KEV file that is not one', async () => {
      await writeFile(join(home, 'osv', 'kev.json'), '[]');
      await expect(build(join(home, 'osv'))).rejects.toMatchObject({ code: 'BW4004' });
    });
    it('names a file whose checksum is wrong and goes on', async () => {
      const bytes = zipOf([record('GHSA-1', 'a'), record('GHSA-2', 'a')]);
      bytes.writeUInt32LE(1, bytes.indexOf('PK\u0001\u0002') + 16);
      expect((await build(await source(bytes))).bad).toMatchObject({ count: 1, first: [{ name: '0.json' }] });
      expect(await idsOf('a')).toEqual(['GHSA-2']);
    });
  });

  it('leaves the old index when it is interrupted, at the start and midway', async () => {
    const from = await source(zipOf([record('GHSA-old', 'a')]));
    await build(from);
    await source(zipOf(Array.from({ length: 1500 }, (_, i) => record(`GHSA-${i}`, 'a'))));
    const early = AbortSignal.abort(new Error('stop'));
    await expect(build(from, { signal: early })).rejects.toThrow('stop');
    const midway = new AbortController();
    await expect(build(from, { signal: midway.signal, onProgress: () => midway.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await idsOf('a')).toEqual(['GHSA-old']);
    expect(await readdir(home)).toEqual(['index', 'osv']);
  });

  it('picks up after a builder that died between the two renames', async () => {
    const from = await source(zipOf([record('GHSA-old', 'a')]));
    await build(from, { to: `${to}.previous` });
    await mkdir(`${to}.building-1`);
    expect(await idsOf('a')).toEqual(['GHSA-old']);
    await source(zipOf([]));
    await expect(build(from)).rejects.toMatchObject({ code: 'BW4004' });
    expect(await readdir(home)).toEqual(['index', 'osv']);
    expect(await idsOf('a')).toEqual(['GHSA-old']);
  });

  it('refuses to replace a folder that is no index', async () => {
    const from = await source(zipOf([record('GHSA-1', 'a')]));
    await mkdir(to);
    await writeFile(join(to, 'thesis.txt'), 'years of work');
    await expect(build(from)).rejects.toMatchObject({ code: 'BW4006' });
    expect(await readFile(join(to, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  describe('two builders', () => {
    const DEAD = 2 ** 22 - 7; // beyond the largest pid that Linux hands out
    const lockedBy = (holder: unknown) => writeFile(`${to}.lock`, typeof holder === 'string' ? holder : JSON.stringify(holder));

    it('lets one of two go on', async () => {
      const from = await source(zipOf([record('GHSA-1', 'a')]));
      const outcomes = await Promise.allSettled([build(from), build(from), build(from)]);
      expect(outcomes.filter((o) => o.status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
      for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toMatchObject({ code: 'BW4005' });
      expect(await idsOf('a')).toEqual(['GHSA-1']);
    });
    it('waits for nobody who is alive, and leaves his lock', async () => {
      await lockedBy({ pid: process.ppid, host: hostname() });
      await expect(build(await source(zipOf([record('GHSA-1', 'a')])))).rejects.toMatchObject({ code: 'BW4005' });
      expect(await readdir(home)).toEqual(['index.lock', 'osv']);
    });
    it('respects a young lock of another host', async () => {
      await lockedBy({ pid: DEAD, host: 'elsewhere' });
      await expect(build(await source(zipOf([record('GHSA-1', 'a')])))).rejects.toMatchObject({ code: 'BW4005' });
    });
    it.each([[{ pid: DEAD, host: hostname() }], [{ pid: process.pid, host: hostname() }], ['torn']])(
      'takes over the lock %j',
      async (holder) => {
        await lockedBy(holder);
        await build(await source(zipOf([record('GHSA-1', 'a')])));
        expect(await readdir(home)).toEqual(['index', 'osv']);
      },
    );
  });
});

describe('buildIndex with derived functions', () => {
  afterEach(closeRegistries);
  const files = (body: string) => ({ 'index.js': `exports.f = (a) => ${body}` });
  const fixedIn = (id: string, name: string) =>
    record(id, name, {
      affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.1' }] }] }],
    });

  it('stores them beside each npm advisory that has a fix, and opens without them', async () => {
    const unfixed = { affected: [{ package: { ecosystem: 'npm', name: 'b' }, versions: ['1.0.0'] }] };
    const { env } = await registryWith({ a: { '1.0.0': files('run(a)'), '1.0.1': files('run(check(a))') } });
    const from = await source(zipOf([fixedIn('GHSA-1', 'a'), record('GHSA-2', 'b', unfixed)]));
    const report = await build(from, { derive: { cache: join(home, 'cache'), env, pause: 1 } });
    expect(report.derived).toEqual({ asked: 1, functions: 1, moduleOnly: 0, nothing: 0, failed: 0 });
    const index = await openIndex(to);
    const found = await index.advisoriesOf('npm', ['a', 'b']);
    await index.close();
    expect(found.get('a')?.[0]?.derived).toMatchObject({ pair: { vulnerable: '1.0.0', fixed: '1.0.1' }, functions: [{ name: 'f' }] });
    expect(found.get('b')?.[0]?.derived).toBeUndefined();
    await build(from);
    expect(await idsOf('a')).toEqual(['GHSA-1']);
  });

  it('leaves the old index as it was when the registry cannot be asked', async () => {
    await build(await source(zipOf([record('GHSA-9', 'a')])));
    const { env } = await registryWith({}, 1_000);
    const many = Array.from({ length: 10 }, (_, at) => fixedIn(`GHSA-${at}`, `p${at}`));
    const derive = { cache: join(home, 'cache'), env, pause: 1 };
    await expect(build(await source(zipOf(many)), { derive })).rejects.toMatchObject({ code: 'BW4011' });
    expect(await idsOf('a')).toEqual(['GHSA-9']);
  });
});
