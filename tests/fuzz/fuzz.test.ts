/** A small part of what `npm run fuzz` does at length. */
import { expect, it } from 'vitest';
import { fuzz } from './manifests.ts';
import { fuzzRecords } from './records.ts';
import { SEEDS } from './seeds.ts';

it('damaged manifests crash no reader and lose no package without a word', async () => {
  const { crashes, lost, said } = await fuzz(SEEDS, 2000);
  expect({ crashes, lost }).toEqual({ crashes: [], lost: [] });
  expect(said).toBeGreaterThan(1000);
});

it('damaged records are counted, or answer as a plain search does', async () => {
  const { records, taken, bad, crashes, wrong } = await fuzzRecords(500);
  expect({ records, crashes, wrong }).toEqual({ records: 500, crashes: [], wrong: [] });
  expect(taken).toBeGreaterThan(50);
  expect(bad).toBeGreaterThan(50);
});
