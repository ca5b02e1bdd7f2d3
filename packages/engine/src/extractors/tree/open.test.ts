import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Reading } from '../reading.ts';
import { openReading, takeInventory } from './open.ts';

const signal = new AbortController().signal;
const root = mkdtempSync(join(tmpdir(), 'breakwater-open-'));
const nothing = (): void => undefined;
let reading: Reading | undefined;

beforeAll(async () => {
  writeFileSync(join(root, 'ten'), '0123456789');
  const inventory = await takeInventory(root, signal);
  const options = { root, inventory, config: {}, control: 'x', offline: true, cache: '', advisories: '', signal };
  reading = openReading({ ...options, problem: nothing, progress: nothing, looked: nothing });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it.each([
  [0, 4, '0123'],
  [8, 4, '89'],
  [10, 4, ''],
  [99, 4, ''],
  [0, Number.MAX_SAFE_INTEGER, '0123456789'],
  [3, 0, ''],
])('a range from %i of %i bytes ends with the file: %j', async (offset, length, text) => {
  expect((await reading?.readRange('ten', offset, length))?.toString()).toBe(text);
});

it('bytes are bounded, and only files of the target are read', async () => {
  expect((await reading?.readBytes('ten', 10))?.toString()).toBe('0123456789');
  await expect(reading?.readBytes('ten', 9)).rejects.toMatchObject({ code: 'BW3004' });
  for (const uri of ['../etc/passwd', 'eleven', '/etc/passwd']) {
    await expect(reading?.readBytes(uri, 10)).rejects.toMatchObject({ code: 'BW3003' });
    await expect(reading?.readRange(uri, 0, 1)).rejects.toMatchObject({ code: 'BW3003' });
  }
});
