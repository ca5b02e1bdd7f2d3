import { appendFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openIndex } from './open.ts';
import { snapshotFolder } from './snapshot.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breakwater-index-'));
  await cp(snapshotFolder, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const edit = async (name: string, change: (text: string) => string): Promise<void> =>
  writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')));

describe('openIndex', () => {
  it('opens the snapshot that ships with the product', async () => {
    const index = await openIndex(snapshotFolder);
    expect(index.meta).toMatchObject({ origin: 'snapshot', ecosystems: ['Go', 'PyPI', 'crates.io', 'npm'] });
    expect(index.meta.packages).toBeGreaterThan(1000);
    expect((await index.exploited()).since.size).toBe(index.meta.exploited);
    const ejs = (await index.advisoriesOf('npm', ['ejs'])).get('ejs') ?? [];
    expect(ejs.find((facts) => facts.aliases.includes('CVE-2022-29078'))).toMatchObject({ severity: 'critical', severityStated: true });
    expect((await index.show('CVE-2021-23337')).map((s) => s.package)).toEqual(['lodash', 'lodash-es', 'lodash.template']);
    await index.close();
  });

  it('says that there is none', () =>
    expect(openIndex(join(folder, 'none'))).rejects.toMatchObject({ code: 'BW4001', hint: 'breakwater advisories update, or build DIR' }));

  it.each(['advisories.ndjson', 'index.tsv', 'exploited.tsv'])('says that %s is missing or longer', async (name) => {
    await appendFile(join(folder, name), '\n');
    await expect(openIndex(folder)).rejects.toMatchObject({ code: 'BW4002' });
    await rm(join(folder, name));
    await expect(openIndex(folder)).rejects.toMatchObject({ code: 'BW4002' });
  });

  it.each([
    ['text', () => 'x'],
    ['no version', (text: string) => text.replace('"formatVersion": 2', '"formatVersion": "2"')],
    ['another digest', (text: string) => text.replace(/sha256:./, 'sha256:f0')],
  ])('refuses a meta.json with %s', async (_, change) => {
    await edit('meta.json', change);
    await expect(openIndex(folder)).rejects.toMatchObject({ code: 'BW4002' });
  });

  it('says that the index was built by another version', async () => {
    await edit('meta.json', (text) => text.replace('"formatVersion": 2', '"formatVersion": 1'));
    await expect(openIndex(folder)).rejects.toMatchObject({
      code: 'BW4007',
      message: 'The advisory index has format 1, this version of Breakwater reads format 2',
      hint: 'Build it again: breakwater advisories update, or build DIR',
    });
  });

  it('notices one changed character of a package that is asked for', async () => {
    await edit('advisories.ndjson', (text) => text.replace('"package":"ejs","id":"GHSA-', '"package":"ejs","id":"GHSB-'));
    const index = await openIndex(folder);
    expect((await index.advisoriesOf('npm', ['lodash'])).size).toBe(1);
    await expect(index.advisoriesOf('npm', ['lodash', 'ejs'])).rejects.toMatchObject({ code: 'BW4002' });
    await index.close();
  });

  it('notices a file that shrinks while it is open', async () => {
    const index = await openIndex(folder);
    await truncate(join(folder, 'advisories.ndjson'), 1000);
    await expect(index.advisoriesOf('npm', ['ejs'])).rejects.toMatchObject({ code: 'BW4002' });
    await index.close();
  });
});
