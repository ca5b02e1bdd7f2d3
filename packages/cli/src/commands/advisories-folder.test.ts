import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndex } from '@breakwater/engine/advisories/build';
import { snapshotFolder } from '@breakwater/engine/advisories/snapshot';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { advisoriesFolder } from './advisories-folder.ts';

const signal = new AbortController().signal;
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'breakwater-folder-'));
  vi.stubEnv('BREAKWATER_DATA', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const built = () => join(home, 'advisories');
const build = async (ecosystem: string, modified: string, at?: string) => {
  const affected = [{ package: { ecosystem, name: 'a' }, versions: ['1.0.0'] }];
  writeFileSync(join(home, 'X-1.json'), JSON.stringify({ id: 'X-1', modified, affected }));
  const update = at === undefined ? {} : { update: { at, from: 'https://mirror.example.com', ecosystems: [ecosystem], kept: [] } };
  await buildIndex({ from: join(home, 'X-1.json'), to: built(), signal, ...update });
};

it('is the snapshot until something else is there', async () => expect(await advisoriesFolder(undefined, signal)).toBe(snapshotFolder));
it('is the newer one of two that hold the same', async () => {
  await build('npm', '2020-01-01T00:00:00Z');
  expect(await advisoriesFolder(undefined, signal)).toBe(snapshotFolder);
  await build('npm', '2090-01-01T00:00:00Z');
  expect(await advisoriesFolder(undefined, signal)).toBe(built());
});
it('goes by the day of an update, not by the day of what came', async () => {
  await build('npm', '2020-01-01T00:00:00Z', '2090-01-01T00:00:00Z');
  expect(await advisoriesFolder(undefined, signal)).toBe(built());
});
it('never changes to a snapshot that lacks an ecosystem', async () => {
  await build('Maven', '2020-01-01T00:00:00Z');
  expect(await advisoriesFolder(undefined, signal)).toBe(built());
});
it('says that an index of another version is one, instead of leaving it out', async () => {
  await build('npm', '2020-01-01T00:00:00Z');
  writeFileSync(join(built(), 'meta.json'), '{"formatVersion": 1}');
  await expect(advisoriesFolder(undefined, signal)).rejects.toMatchObject({ code: 'BW4007' });
});
