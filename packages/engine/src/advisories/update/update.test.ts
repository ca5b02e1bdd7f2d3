import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, headersOf, status } from '../../../../../tests/support/bucket.ts';
import type { Updater } from '../../../../../tests/support/updater.ts';
import { affected, always, openUpdater, sixty } from '../../../../../tests/support/updater.ts';
import { record, zipOf } from '../../../../../tests/support/zip.ts';
import { openIndex } from '../open.ts';
import type { UpdateOptions, UpdateProgress } from './update.ts';
import { updateIndex } from './update.ts';

let bw: Updater;
beforeEach(async () => {
  bw = await openUpdater();
});
afterEach(() => bw.close());

const again = async (more: Partial<UpdateOptions> = {}) => {
  bw.bucket.asked.length = 0;
  return bw.update(more);
};

describe('updateIndex', () => {
  it('loads, builds and says from where and when; unchanged archives are not loaded again', async () => {
    const seen: UpdateProgress[] = [];
    const first = await bw.update({ onProgress: (progress) => seen.push(progress) });
    expect(first.outcomes.map((o) => [o.name, o.state])).toEqual([
      ['npm', 'new'],
      ['PyPI', 'new'],
    ]);
    expect(first.meta).toMatchObject({
      records: 61,
      ecosystems: ['PyPI', 'npm'],
      coverage: { npm: { packages: 1, facts: 60 }, PyPI: { packages: 1, facts: 1 } },
      update: { at: '2026-11-24T08:00:00Z', from: `${bw.bucket.base}/`, ecosystems: ['npm', 'PyPI'], kept: [] },
    });
    expect(await bw.idsOf('flask.thing', 'PyPI')).toEqual(['PYSEC-1']);
    expect(new Set(seen.map((p) => p.phase))).toEqual(new Set(['load', 'loaded', 'build']));
    const second = await again();
    expect(second.outcomes.map((o) => o.state)).toEqual(['unchanged', 'unchanged']);
    expect(second.meta.digest).toBe(first.meta.digest);
    expect((await readdir(join(bw.home, 'cache'))).sort()).toEqual(['PyPI.zip', 'PyPI.zip.json', 'npm.zip', 'npm.zip.json']);
  });

  it('loads anew what changed there, and what changed on our disk', async () => {
    await bw.update();
    bw.bucket.files.set('npm/all.zip', zipOf([record('NEW-1', 'a')]));
    expect((await again()).outcomes.map((o) => o.state)).toEqual(['new', 'unchanged']);
    expect(await bw.idsOf('a')).toEqual(['NEW-1']);
    await writeFile(join(bw.home, 'cache', 'npm.zip'), sixty('rotten'));
    expect((await again()).outcomes.map((o) => o.state)).toEqual(['new', 'unchanged']);
    expect(bw.bucket.asked.find((a) => a.path === 'npm/all.zip')?.headers['if-none-match']).toBeUndefined();
    expect(await bw.idsOf('a')).toEqual(['NEW-1']);
  });

  it('spells names of ecosystems as the bucket does, and takes from each archive only its own', async () => {
    bw.bucket.files.set(
      'Debian:12/all.zip',
      zipOf([record('DEBIAN-CVE-2024-1001', 'x', { affected: [...affected('Debian:12', 'curl'), ...affected('Debian:11', 'curl')] })]),
    );
    bw.bucket.files.set('GitHub Actions/all.zip', zipOf([record('GHSA-1', 'x', { affected: affected('GitHub Actions', 'Some/Action') })]));
    const { meta } = await bw.update({ ecosystems: ['Debian:12', 'GitHub Actions'] });
    expect(meta.ecosystems).toEqual(['Debian:12', 'GitHub Actions']);
    expect(await bw.idsOf('some/action', 'GitHub Actions')).toEqual(['GHSA-1']);
    const index = await openIndex(join(bw.home, 'index'));
    expect((await index.show('CVE-2024-1001')).map((s) => [s.ecosystem, s.advisory.id])).toEqual([['Debian:12', 'DEBIAN-CVE-2024-1001']]);
    await index.close();
  });

  describe('what it keeps', () => {
    it('uses what it loaded before when an archive cannot be had, and says since when', async () => {
      await bw.update();
      bw.fault('PyPI/all.zip', ...always(status(503)));
      const report = await bw.update({ now: () => '2026-11-30T08:00:00Z' });
      const kept = { name: 'PyPI', since: '2026-11-24T08:00:00Z' };
      expect(report.outcomes[1]).toMatchObject({ ...kept, state: 'kept', reason: 'the host answers 503' });
      expect(report.meta.update?.kept).toEqual([kept]);
      expect(await bw.idsOf('flask-thing', 'PyPI')).toEqual(['PYSEC-1']);
    });
    it('does not take what another address once gave', async () => {
      await bw.update();
      await expect(bw.update({ base: `${bw.bucket.base}/mirror` })).rejects.toMatchObject({ code: 'BW4009' });
    });
    it('asks for all that the index has when no list is given', async () => {
      for (const name of ['Go', 'crates.io', 'Maven', 'Packagist', 'RubyGems', 'NuGet', 'Pub', 'Hex', 'GitHub Actions', 'Debian:12'])
        bw.bucket.files.set(`${name}/all.zip`, zipOf([record(`X-${name}`, 'x', { affected: affected(name, 'p') })]));
      const own = await bw.update({ ecosystems: ['Debian:12', 'npm'] });
      expect(own.dropped).toEqual([]);
      const { ecosystems: _own, ...byDefault } = bw.options;
      const { meta } = await updateIndex(byDefault);
      expect(meta.ecosystems).toContain('Debian:12');
      expect(meta.ecosystems.length).toBe(12);
      expect((await bw.update({ ecosystems: ['npm'] })).dropped).toContain('Debian:12');
    });
    it('takes an archive that lost its records for an error', async () => {
      await bw.update();
      bw.bucket.files.set('PyPI/all.zip', zipOf([record('GHSA-1', 'only-npm')]));
      await expect(bw.update()).rejects.toMatchObject({ code: 'BW4004', message: expect.stringContaining('PyPI') });
      expect(await bw.idsOf('flask-thing', 'PyPI')).toEqual(['PYSEC-1']);
    });
  });

  describe('stopped', () => {
    it('leaves the old index and goes on with what is there', async () => {
      await bw.update({ ecosystems: ['PyPI'] });
      const stop = new AbortController();
      bw.fault('npm/all.zip', (_, response, file) => {
        response.writeHead(200, { ...headersOf(file), 'content-length': file.length }).write(file.subarray(0, 5000));
        return true;
      });
      const onProgress = (p: UpdateProgress): void => {
        if (p.phase === 'load' && p.received >= 5000) stop.abort(new Error('Ctrl-C'));
      };
      await expect(bw.update({ signal: stop.signal, onProgress })).rejects.toThrow('Ctrl-C');
      expect(await bw.idsOf('flask-thing', 'PyPI')).toEqual(['PYSEC-1']);
      expect((await stat(join(bw.home, 'cache', 'npm.zip.part'))).size).toBe(5000);
      await again();
      expect(bw.rangesAsked('npm/all.zip')).toEqual(['bytes=5000-']);
      expect((await bw.idsOf('a')).length).toBe(60);
      expect((await readdir(join(bw.home, 'cache'))).filter((name) => name.includes('part'))).toEqual([]);
    });
    it('leaves the old index when it is stopped while it builds', async () => {
      await bw.update({ ecosystems: ['PyPI'] });
      const stop = new AbortController();
      const onProgress = (p: UpdateProgress): void => void (p.phase === 'build' && stop.abort(new Error('Ctrl-C')));
      await expect(bw.update({ signal: stop.signal, onProgress })).rejects.toThrow('Ctrl-C');
      expect(await bw.idsOf('flask-thing', 'PyPI')).toEqual(['PYSEC-1']);
      expect(await readdir(bw.home)).toEqual(['cache', 'index']);
      expect((await again()).outcomes.map((o) => o.state)).toEqual(['unchanged', 'unchanged']);
    });
    it('lets one of two updaters go on', async () => {
      const outcomes = await Promise.allSettled([bw.update(), bw.update()]);
      expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const o of outcomes) if (o.status === 'rejected') expect(o.reason).toMatchObject({ code: 'BW4005' });
      expect((await bw.idsOf('a')).length).toBe(60);
    });
    it('takes over from an updater that was killed, part and all', async () => {
      const cache = join(bw.home, 'cache');
      await mkdir(cache);
      const file = bw.bucket.files.get('npm/all.zip') ?? Buffer.alloc(0);
      await writeFile(join(cache, 'update.lock'), JSON.stringify({ pid: 2 ** 22 - 7, host: hostname() }));
      await writeFile(join(cache, 'npm.zip.part'), file.subarray(0, 777));
      const validator = headersOf(file)['etag'];
      await writeFile(
        join(cache, 'npm.zip.part.json'),
        JSON.stringify({ url: `${bw.bucket.base}/npm/all.zip`, validator, total: file.length }),
      );
      await writeFile(join(cache, 'PyPI.zip.part'), 'without a note');
      await bw.update();
      expect(bw.rangesAsked('npm/all.zip')).toEqual(['bytes=777-']);
      expect(bw.rangesAsked('PyPI/all.zip')).toEqual([undefined]);
      expect((await bw.idsOf('a')).length).toBe(60);
    });
  });

  describe('lists', () => {
    const kev = Buffer.from(JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-1001', dateAdded: '2024-06-01' }] }));
    const epss = gzipSync('#model_version:v2025.03.14,score_date:2026-11-22T00:00:00Z\ncve,epss,percentile\nCVE-2024-1001,0.93,0.99\n');
    it('come from addresses and from files', async () => {
      bw.bucket.files.set('lists/kev', kev);
      await writeFile(join(bw.home, 'scores.csv.gz'), epss);
      const { meta } = await bw.update({ kev: `${bw.bucket.base}/lists/kev`, epss: join(bw.home, 'scores.csv.gz') });
      expect(meta).toMatchObject({ exploited: 1, epss: { count: 1, asOf: '2026-11-22' } });
      const index = await openIndex(join(bw.home, 'index'));
      const exploited = await index.exploited();
      expect([exploited.epss('CVE-2024-1001'), exploited.epssAsOf]).toEqual([0.93, '2026-11-22']);
      await index.close();
    });
    it('are not given up by themselves', async () => {
      await expect(bw.update({ epss: `${bw.bucket.base}/none` })).rejects.toMatchObject({
        code: 'BW4009',
        hint: expect.stringContaining('--epss none'),
      });
      bw.bucket.files.set('scores', Buffer.from('<html>'));
      await expect(bw.update({ epss: `${bw.bucket.base}/scores` })).rejects.toMatchObject({
        message: expect.stringContaining('EPSS: it is damaged'),
      });
    });
  });

  it('refuses to be offline, wrong addresses and wrong names before anything is asked', async () => {
    await expect(bw.update({ offline: true })).rejects.toMatchObject({ code: 'BW4008' });
    for (const base of ['ftp://x/y', 'osv', 'http://', 'file:///etc'])
      await expect(bw.update({ base })).rejects.toMatchObject({ code: 'BW4010' });
    for (const name of ['../npm', '', 'a/b', 'n\u001bpm', '..'])
      await expect(bw.update({ ecosystems: [name] })).rejects.toMatchObject({ code: 'BW4010' });
    expect(bw.bucket.asked).toEqual([]);
  });
});

/** Beside the checkout, where the data of the project lies. */
const SHARED = join(import.meta.dirname, '../../../../../../shared/advisories');

it.skipIf(!existsSync(SHARED))('loads the real archives from a bucket', async () => {
  const ecosystems = ['npm', 'PyPI', 'Go', 'crates.io', 'Debian:12', 'Alpine:v3.15'];
  for (const name of ecosystems) bw.bucket.files.set(`${name}/all.zip`, await readFile(join(SHARED, 'osv', name, 'all.zip')));
  bw.fault('Go/all.zip', cut);
  bw.fault('npm/all.zip', status(500));
  await cp(join(SHARED, 'kev.json'), join(bw.home, 'kev.json'));
  const { meta, bad } = await bw.update({ ecosystems, kev: join(bw.home, 'kev.json') });
  expect(bad.count).toBe(0);
  expect(meta.ecosystems).toEqual([...ecosystems].sort());
  expect((await bw.idsOf('golang.org/x/net', 'Go')).length).toBeGreaterThan(10);
  const index = await openIndex(join(bw.home, 'index'));
  const functions = [...(await index.advisoriesOf('Go', ['gopkg.in/yaml.v2'])).values()].flat().flatMap((facts) => facts.functions);
  expect(functions).toContain('gopkg.in/yaml.v2.Unmarshal');
  await index.close();
});
